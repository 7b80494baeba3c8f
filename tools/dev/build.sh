# shellcheck shell=bash
# From sources to programs and pages. Each function is quick when there is nothing to do.

# A g++ process takes up to 1.1 GB; leave the machine usable.
build_jobs() {
  local cores memory_gb by_memory
  cores=$(nproc)
  memory_gb=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo)
  by_memory=$((memory_gb * 2 / 3))
  ((by_memory >= 1)) || by_memory=1
  printf '%s' "${THRONG_JOBS:-$((cores < by_memory ? cores : by_memory))}"
}

configure_preset() {
  local preset=$1 folder=build/$1
  if [[ ! -f $folder/build.ninja || CMakePresets.json -nt $folder/build.ninja ]]; then
    say "Configuring build/$preset"
    local -a fresh=()
    [[ ! -f $folder/CMakeCache.txt ]] || fresh=(--fresh)
    mkdir -p build
    if ! cmake "${fresh[@]}" --preset "$preset" >"build/configure-$preset.log" 2>&1; then
      tail -n 30 "build/configure-$preset.log" >&2
      die "cmake --preset $preset failed; the whole log is build/configure-$preset.log"
    fi
  fi
  [[ $preset != debug ]] || ln -sfn build/debug/compile_commands.json compile_commands.json
}

build_preset() {  # build_preset <preset> [target...]
  local preset=$1
  shift
  configure_preset "$preset"
  ninja -C "build/$preset" -j "$(build_jobs)" "$@"
}

# The targets of this list that the configured preset really has.
existing_targets() {  # existing_targets <preset> <target...>
  local preset=$1
  shift
  ninja -C "build/$preset" -t targets all |
    awk -v wanted="$*" 'BEGIN {n = split(wanted, w, " "); for (i = 1; i <= n; i++) want[w[i]] = 1}
                        {sub(/:.*/, "")} $0 in want && !($0 in seen) {seen[$0] = 1; print}'
}

# npm ci, but only when the lock file or the Node version is another one than last time.
npm_packages() {  # npm_packages <folder>
  local folder=$1 stamp want
  stamp=build/npm/${folder//\//-}.stamp
  want="$(node --version) $(sha256sum <"$folder/package-lock.json")"
  if [[ -d $folder/node_modules && -f $stamp && $(<"$stamp") == "$want" ]]; then return; fi
  say "Installing the npm packages of $folder"
  mkdir -p build/npm
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
  printf '%s' "$want" >"$stamp"
}

build_page() {
  local page=web/client built=web/client/dist/index.html
  [[ -f $page/package.json ]] || die "web/client is not there"
  npm_packages "$page"
  if [[ -f $built && -z $(find web -newer "$built" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit) ]]; then
    return
  fi
  say "Building the page"
  npm run --silent --prefix "$page" build
}
