# shellcheck shell=bash
# What ./dev test runs, in this order.

# name | paths that must exist | command. A step whose paths are missing fails as "missing": it is a promise
# that is not kept yet. Steps that need a build make it themselves, so that each can be run alone.
ALL_LAYERS="base content sim protocol net room gateway services app"
# The others have one thread, and the tests of sim count allocations with an operator new that the sanitizer has too.
# shellcheck disable=SC2034
THREADED_LAYERS="base net room gateway services app"
# shellcheck disable=SC2034  # test.sh reads it
STEPS=(
  "tidy         | tools/tidy                 | python3 tools/tidy"
  "shell        | dev .ci/run                | check_shell"
  "format       | .clang-format              | check_format"
  "tools        | tests/tools                | python3 -B -m unittest discover -s tests/tools -p '*_test.py'"
  "bench-tools  | tests/bench                | node --test tests/bench/"
  "debug        | tests/base                 | build_preset debug"
  "unit         | tests/base                 | run_units debug $ALL_LAYERS bench"
  "page         | web/client/package.json    | test_page"
  "decoders     | tests/integration/decoders | run_npm_suite tests/integration/decoders debug interest_stream"
  "sdk-postgres | tests/integration/sdk      | run_sdk_on_postgres debug"
  "traces       | tests/integration/observe  | run_npm_suite tests/integration/observe debug throngd"
  "release      | src/app/main.cpp           | build_preset release throngd throng-bots"
  "unit-release | tests/sim                  | run_units release sim protocol"
  "browser      | tests/integration/browser  | run_npm_suite tests/integration/browser release throngd"
  "observe      | tests/integration/observe  | run_scripts tests/integration/observe release throngd throng-bots"
  "reload       | tests/integration/reload   | run_scripts tests/integration/reload release throngd"
  "soak         | tests/integration/soak     | run_soak --seconds 20"
  "durability   | tests/integration/durability | run_durability --runs 8"
  "kill-postgres | tests/integration/durability | run_durability --runs 6 --database postgres --faults"
  "unit-asan    | tests/base                 | run_units asan $ALL_LAYERS"
  "sdk          | tests/integration/sdk      | run_npm_suite tests/integration/sdk asan throngd"
  "load         | tests/integration/load     | build_preset debug throngd; build_preset asan throngd; run_scripts tests/integration/load release throngd throng-bots"
  "unit-tsan    | tests/net                  | run_units tsan $THREADED_LAYERS"
  "fuzz         | tests/fuzz                 | smoke_fuzz"
)
