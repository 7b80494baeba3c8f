# shellcheck shell=bash
# How many tests a log speaks of.

# Prints "<passed> <failed>", summed over every summary that the known test runners left in the log:
# GoogleTest, node --test (both of its reporters), python's unittest, and our own "N passed, M failed" lines.
count_tests() {  # count_tests <log file>
  sed -e 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^\[  PASSED  \] [0-9]+ test/            {passed += $4}
    /^\[  FAILED  \] [0-9]+ tests?, listed/  {failed += $4}
    /^(#|ℹ) pass [0-9]+$/                    {passed += $3}
    /^(#|ℹ) (fail|cancelled) [0-9]+$/        {failed += $3}
    /^(#|ℹ) (skipped|todo) [0-9]+$/          {failed += $3}
    /^Ran [0-9]+ tests? in /                 {ran = $2; passed += ran}
    /^FAILED \(/ {
      bad = 0; text = $0
      while (match(text, /=[0-9]+/)) { bad += substr(text, RSTART + 1, RLENGTH - 1); text = substr(text, RSTART + RLENGTH) }
      passed -= bad; failed += bad
    }
    /^[0-9]+ passed, [0-9]+ failed$/         {passed += $1; failed += $3}
    END {printf "%d %d\n", passed, failed}'
}
