# shellcheck shell=bash
# The commands of ./dev, except test (test.sh) and help.

cmd_run() {
  need_packages build
  build_preset release throngd
  build_page
  exec build/release/throngd "$@"
}

cmd_build() {
  local preset=${1:-debug}
  shift || true
  grep -q "\"name\": \"$preset\", \"inherits\"" CMakePresets.json || die "there is no preset '$preset' in CMakePresets.json"
  case "$preset" in
    asan | tsan | fuzz) need_packages test ;;
    *) need_packages build ;;
  esac
  build_preset "$preset" "$@"
}

cmd_bench() {
  need_packages build
  build_preset bench
  if [[ ${1:-} == compare ]]; then
    shift
    npm_packages bench/colyseus
    node bench/compare.mjs "$@"
    return
  fi
  if [[ ${1:-} == loot ]]; then
    shift
    node bench/loot.mjs "$@"
    return
  fi
  if [[ ${1:-} == store ]]; then
    shift
    node bench/store.mjs build/bench/throng-store-bench "$@"
    return
  fi
  node bench/micro.mjs build/bench/throng-micro "$@"
}

cmd_bots() {
  need_packages build
  build_preset release throng-bots
  exec build/release/throng-bots "$@"
}

cmd_fuzz() {
  local seconds=${1:-60} only=${2:-}
  [[ $seconds =~ ^[0-9]+$ ]] || die "usage: ./dev fuzz [seconds] [target]"
  need_packages test
  build_fuzzers fuzz
  run_fuzzers fuzz "$seconds" "$only"
}

cmd_soak() {
  need_packages test
  run_soak "$@"
}

cmd_chaos() {
  need_packages test
  run_durability "$@"
}

cmd_gen() {
  need_packages build
  build_preset debug throng_schema_gen
  "$(built_program debug throng_schema_gen)" .
  if command -v git >/dev/null; then git status --short -- docs web/shared clients config/schema; fi
}

# Where the build put a program; targets of sub-folders lie in sub-folders.
built_program() {  # built_program <preset> <name>
  local found
  found=$(find "build/$1" -maxdepth 3 -type f -name "$2" -perm -u+x -print -quit)
  [[ -n $found ]] || die "build/$1 holds no program $2"
  printf '%s' "$found"
}

cpp_files() { find src tests bench tools -name node_modules -prune -o \( -name '*.cpp' -o -name '*.h' \) -print; }
shell_files() { printf '%s\n' dev .ci/run tools/dev/*.sh; }

cmd_fmt() {
  need_packages test
  cpp_files | xargs -r clang-format-19 -i
}

cmd_lint() {
  need_packages test
  local failed=0
  python3 tools/tidy || failed=1
  check_shell || failed=1
  check_format || failed=1
  check_clang_tidy "$@" || failed=1
  return "$failed"
}

check_shell() { shell_files | xargs shellcheck -x; }

check_format() {
  if cpp_files | xargs -r clang-format-19 --dry-run -Werror; then return; fi
  say "Formatting differs from .clang-format: ./dev fmt mends it"
  return 1
}

# clang-tidy takes seconds per file, so without arguments it reads only what differs from the last commit.
check_clang_tidy() {
  local -a files=("$@")
  if ((${#files[@]} == 0)); then
    mapfile -t files < <({ git diff --name-only --diff-filter=d HEAD; git ls-files --others --exclude-standard; } |
      grep -E '^(src|tests|bench|tools)/.*\.cpp$' | sort -u)
  fi
  ((${#files[@]} > 0)) || return 0
  say "clang-tidy on ${#files[@]} files"
  # Flags by hand: the compile commands are g++'s, which clang does not all know.
  printf '%s\0' "${files[@]}" | xargs -0 -P "$(build_jobs)" -I '{}' clang-tidy-19 --quiet '{}' -- \
    -std=c++20 -Isrc -I. -Itests 2> >(grep -v ' warnings\? generated' >&2)
}
