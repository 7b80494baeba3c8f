# shellcheck shell=bash
# Runs the steps of steps.sh, each with its log, and sums up.

LOGS=build/test-logs

step_field() {  # step_field <entry> <1..3>
  trim "$(cut -d '|' -f "$2" <<<"$1")"
}

step_names() {
  local entry
  local -a names=()
  for entry in "${STEPS[@]}"; do names+=("$(step_field "$entry" 1)"); done
  printf '%s' "${names[*]}"
}

cmd_test() {
  local -a chosen=()
  choose_steps "$@"
  need_packages test
  export THRONG_TEST_PATIENCE=${THRONG_TEST_PATIENCE:-4}  # how many times longer than usual a test waits before it fails
  # Otherwise what sanitizers find has no names.
  export TSAN_OPTIONS=${TSAN_OPTIONS-external_symbolizer_path=/usr/bin/llvm-symbolizer-19}
  export ASAN_OPTIONS=${ASAN_OPTIONS-external_symbolizer_path=/usr/bin/llvm-symbolizer-19}
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
  local passed=0 failed=0 bad_steps=0 began=$SECONDS
  local -a table=() bad_names=()
  local entry
  for entry in "${chosen[@]}"; do run_step "$entry"; done
  summarise
  ((bad_steps == 0))
}

# Fills `chosen` of the caller.
choose_steps() {
  local name entry found
  if (($# == 0)); then
    chosen=("${STEPS[@]}")
    return
  fi
  for name in "$@"; do
    found=
    for entry in "${STEPS[@]}"; do
      if [[ $(step_field "$entry" 1) == "$name" ]]; then found=$entry; fi
    done
    [[ -n $found ]] || die "there is no test step '$name'; there are: $(step_names)"
    chosen+=("$found")
  done
}

# Adds to passed, failed, bad_steps, bad_names and table of the caller.
run_step() {
  local entry=$1 name needs command path started=$SECONDS result=pass status=0 counts log
  name=$(step_field "$entry" 1)
  needs=$(step_field "$entry" 2)
  command=$(step_field "$entry" 3)
  log=$LOGS/$name.log
  say "== $name"
  for path in $needs; do
    [[ -e $path ]] || {
      result=missing
      printf '%s is not there yet\n' "$path" >>"$log"
    }
  done
  if [[ $result == pass ]]; then
    # Not `run_logged … || status=$?`: bash would then ignore `set -e` in everything that the step runs.
    set +e
    run_logged "$command" "$log"
    status=$?
    set -e
    ((status == 0)) || result=FAIL
  fi
  counts=$(count_tests "$log")
  note_step "$name" "$result" "${counts% *}" "${counts#* }" $((SECONDS - started))
  if [[ $result != pass ]]; then
    tail -n 40 "$log" | sed 's/^/   | /' >&2
  fi
}

# A step that counts nothing counts as one test; one that fails has at least one failure.
note_step() {  # note_step <name> <result> <passed> <failed> <seconds>
  local name=$1 result=$2 step_passed=$3 step_failed=$4 seconds=$5
  if [[ $result == pass ]] && ((step_failed > 0)); then result=FAIL; fi
  if [[ $result != pass ]] && ((step_failed == 0)); then step_failed=1; fi
  if [[ $result == pass ]] && ((step_passed == 0)); then step_passed=1; fi
  if [[ $result != pass ]]; then
    bad_steps=$((bad_steps + 1))
    bad_names+=("$name")
  fi
  passed=$((passed + step_passed))
  failed=$((failed + step_failed))
  table+=("$(printf '%-14s %-8s %7d passed %5d failed %6d s' "$name" "$result" "$step_passed" "$step_failed" "$seconds")")
  say "   $result, $step_passed passed, $step_failed failed, $seconds s"
}

# Runs a command of the table with its output in the log; now and then says that it is still alive. The command
# has its own process group, so that Ctrl-C ends all of it and nothing of it outlives the step.
run_logged() {
  local command=$1 log=$2 runner waited=0 status=0
  set -m
  (
    set +m
    set -euo pipefail
    eval "$command"
  ) </dev/null >>"$log" 2>&1 &
  runner=$!
  set +m
  # shellcheck disable=SC2064  # this runner, now
  trap "kill -TERM -- -$runner 2>/dev/null; exit 130" INT TERM
  while kill -0 "$runner" 2>/dev/null; do
    sleep 0.2
    waited=$((waited + 1))
    if ((waited % 150 == 0)); then say "   $((waited / 5)) s: $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-100)"; fi
  done
  trap - INT TERM
  wait "$runner" || status=$?
  kill -TERM -- "-$runner" 2>/dev/null || true
  return "$status"
}

# The last line is the sum, which other programs read.
summarise() {
  local name
  printf '\n'
  printf '%s\n' "${table[@]}"
  for name in "${bad_names[@]}"; do
    printf '\nfailed in %s:\n' "$name"
    list_failures "$LOGS/$name.log" | sed 's/^/  /'
  done
  printf '\nlogs: %s, %d s in all\n%d passed, %d failed\n' "$LOGS" $((SECONDS - began)) "$passed" "$failed"
}

# The unit test programs of these layers. A layer that has sources but no tests fails the step.
run_units() {  # run_units <preset> <layer...>
  local preset=$1 layer failed=0
  shift
  configure_preset "$preset"
  ninja -C "build/$preset" build.ninja  # so that test files which are new since the last build are seen
  local -a targets=()
  mapfile -t targets < <(existing_targets "$preset" "${@/%/_tests}")
  ((${#targets[@]} == 0)) || build_preset "$preset" "${targets[@]}"
  for layer in "$@"; do
    if [[ " ${targets[*]} " != *" ${layer}_tests "* ]]; then
      [[ -n $(find "src/$layer" "tests/$layer" -name '*.cpp' -print -quit 2>/dev/null) ]] || continue
      printf 'there are no unit tests of %s yet\n0 passed, 1 failed\n' "$layer"
      failed=1
      continue
    fi
    run_unit_program "$preset" "${layer}_tests" || failed=1
  done
  return "$failed"
}

# In as many parts at once as there are cores: most of these tests wait for threads, disks and other programs.
run_unit_program() {  # run_unit_program <preset> <program>
  local program part parts part_status status=0
  local -a with=() running=()
  # Thread sanitizer's runtime needs a memory layout that is not randomised too far; containers may forbid the call.
  if [[ $1 == tsan ]] && setarch "$(uname -m)" -R true 2>/dev/null; then with=(setarch "$(uname -m)" -R); fi
  program=$(built_program "$1" "$2")
  parts=$(nproc)
  printf '\n---- %s, in %d parts at once\n' "$program" "$parts"
  mkdir -p "$LOGS"
  for ((part = 0; part < parts; part++)); do
    GTEST_TOTAL_SHARDS=$parts GTEST_SHARD_INDEX=$part timeout --kill-after=10 "$UNIT_TIMEOUT_S" "${with[@]}" "$program" \
      >"$LOGS/$1-$2-$part.part" 2>&1 &
    running+=($!)
  done
  for ((part = 0; part < parts; part++)); do
    part_status=0
    wait "${running[part]}" || part_status=$?
    cat "$LOGS/$1-$2-$part.part"
    # GoogleTest reports failed tests itself with 1; anything else is a crash or a hang, which it could not count.
    ((part_status <= 1)) || printf '%s ended with status %d\n0 passed, 1 failed\n' "$program" "$part_status"
    ((part_status == 0)) || status=1
  done
  return "$status"
}

UNIT_TIMEOUT_S=600

# An npm suite against the programs of a preset; it finds them in THRONGD and THRONG_BOTS.
run_npm_suite() {  # run_npm_suite <folder> <preset> [target...]
  local folder=$1 preset=$2
  shift 2
  (($# == 0)) || build_preset "$preset" "$@"
  [[ $folder != */browser ]] || build_page
  npm_packages "$folder"
  THRONGD=$PWD/build/$preset/throngd THRONG_BOTS=$PWD/build/$preset/throng-bots \
    timeout --kill-after=10 "$SUITE_TIMEOUT_S" npm test --silent --prefix "$folder"
}

SUITE_TIMEOUT_S=900

# Those of the SDK suite's tests that are about what is kept, on the other database.
run_sdk_on_postgres() {  # run_sdk_on_postgres <preset>
  build_preset "$1" throngd
  npm_packages tests/integration/sdk
  THRONGD=$PWD/build/$1/throngd timeout --kill-after=10 "$SUITE_TIMEOUT_S" \
    node tests/integration/support/on_postgres.mjs node --test --test-concurrency=2 --test-timeout=420000 \
    tests/integration/sdk/test/{auth,characters,mail,store,killed_trade,two_servers}.test.mjs
}

# Every script of a folder, each a test of its own.
run_scripts() {  # run_scripts <folder> <preset> <target...>
  local folder=$1 preset=$2 script passed=0 failed=0
  shift 2
  build_preset "$preset" "$@"
  for script in "$folder"/*.mjs; do
    printf '\n---- %s\n' "$script"
    if THRONGD=$PWD/build/$preset/throngd THRONG_BOTS=$PWD/build/$preset/throng-bots \
      timeout --kill-after=10 "$SUITE_TIMEOUT_S" node "$script"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  done
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0))
}

# Load and reloads for a while: ./dev soak, and a short form of it as a test step.
run_soak() {
  build_preset release throngd throng-bots
  node tests/integration/soak/run.mjs "$@"
}

# Kills the server at random instants while players loot and trade: ./dev chaos, and a short form of it as a test step.
run_durability() {
  build_preset release throngd
  npm_packages tests/integration/sdk
  node tests/integration/durability/kill.mjs "$@"
}

test_page() {
  build_page
  npm run --silent --if-present --prefix web/client test
}

smoke_fuzz() {
  build_fuzzers asan
  run_fuzzers asan 5
}

build_fuzzers() {  # build_fuzzers <preset>
  local -a targets=()
  local source
  for source in tests/fuzz/*_fuzz.cpp; do targets+=("$(basename "$source" .cpp)"); done
  build_preset "$1" "${targets[@]}"
}

# Each fuzz target starts from its committed corpus and keeps what it finds under build/.
run_fuzzers() {  # run_fuzzers <preset> <seconds> [target]
  local preset=$1 seconds=$2 only=${3:-} source name passed=0 failed=0
  for source in tests/fuzz/*_fuzz.cpp; do
    name=$(basename "$source" .cpp)
    if [[ -n $only && $name != "$only" && $name != "${only}_fuzz" ]]; then continue; fi
    if run_fuzzer "$preset" "$name" "$seconds"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  ((passed + failed > 0)) || die "there is no fuzz target '$only' in tests/fuzz"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0))
}

run_fuzzer() {  # run_fuzzer <preset> <name> <seconds>
  local preset=$1 name=$2 seconds=$3 found=build/fuzz-corpus/$2 seeds=tests/fuzz/corpus/${2%_fuzz}
  local -a corpora=("$found")
  mkdir -p "$found" build/fuzz-crashes
  [[ ! -d $seeds ]] || corpora+=("$seeds")
  printf '\n---- %s\n' "$name"
  "$(built_program "$preset" "$name")" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -verbosity=0 -artifact_prefix="build/fuzz-crashes/$name-" "${corpora[@]}"
}
