# shellcheck shell=bash
# Which tests failed, out of a log of any length, so that the end of a run says it even where nobody can read the log.

FAILURES_SHOWN=8   # of one log; the rest is in the log
FAILURE_LINES=14   # of one failure: its last ones of a GoogleTest, its first ones of a node test

# Prints the failures that the known test runners left in the log: GoogleTest's with the end of what the test printed, those of
# node's spec reporter with the beginning of their report, what a sanitizer found, and programs that ended by a crash. Of a log
# without any, such as that of a compiler, the end.
list_failures() {  # list_failures <log file>
  sed -e 's/\x1b\[[0-9;]*m//g' "$1" | awk -v most="$FAILURES_SHOWN" -v lines="$FAILURE_LINES" '
    function show(line) {
      if (failures <= most) print substr(line, 1, 200)
    }
    /^\[ RUN      \] / {kept = 0; next}
    /^\[  FAILED  \] .* \([0-9]+ ms( total)?\)$/ {
      failures++
      show($0)
      for (i = kept > lines ? kept - lines : 0; i < kept; i++) show("  " tail[i % lines])
      kept = 0
      next
    }
    /^SUMMARY: [A-Za-z]+Sanitizer: / || /^.* ended with status [0-9]+$/ {failures++; show($0); next}
    /^✖ failing tests:/ {of_node = 1; next}
    of_node && /^test at / {failures++; left = lines}
    of_node {
      if (left > 0 && $0 != "") {show($0); left--}
      next
    }
    {tail[kept++ % lines] = $0}
    END {
      if (failures > most) printf "… and %d more\n", failures - most
      for (i = kept > lines ? kept - lines : 0; failures == 0 && i < kept; i++) show(tail[i % lines])
    }'
}
