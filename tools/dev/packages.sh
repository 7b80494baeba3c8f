# shellcheck shell=bash
# What Throng needs from Debian 12, and only here. A package is installed when it is missing; when none is,
# apt is not called at all. Nothing may pull libboost-dev: it conflicts with libboost1.81-dev.

# To build the programs and the page. The test framework is part of it, since one configuration covers both.
BUILD_PACKAGES=(
  g++ cmake ninja-build ccache mold pkg-config git ca-certificates
  libboost1.81-dev nlohmann-json3-dev libspdlog-dev libfmt-dev libcli11-dev
  libssl-dev zlib1g-dev libzstd-dev libpugixml-dev
  libsqlite3-dev libpq-dev libsodium-dev libicu-dev libcurl4-openssl-dev
  prometheus-cpp-dev libdw-dev
  libgtest-dev libgmock-dev libbenchmark-dev
)

# On top of these, to check and test.
TEST_PACKAGES=(
  clang-19 libclang-rt-19-dev llvm-19 clang-tidy-19 clang-format-19 python3 shellcheck chromium openssl postgresql
  prometheus
)

# What a machine needs that only runs build/release/throngd (a container image, for instance).
RUN_PACKAGES=(
  libspdlog1.10 libfmt9 libssl3 zlib1g libzstd1 libpugixml1v5
  libsqlite3-0 libpq5 libsodium23 libicu72 libcurl4 libprometheus-cpp-core1.0 libdw1 ca-certificates tzdata
)

# Programs that may also come from elsewhere, such as a newer Node: the package is taken only if the program
# is absent.
BUILD_PROGRAMS=("node:nodejs" "npm:npm")

need_packages() {  # need_packages build|test|run
  local -a wanted=()
  case "$1" in
    build) wanted=("${BUILD_PACKAGES[@]}") ;;
    test) wanted=("${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}") ;;
    run) wanted=("${RUN_PACKAGES[@]}") ;;
    *) die "there is no package group '$1'" ;;
  esac
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is not Debian, so nothing is installed. Needed, by Debian's names: ${wanted[*]} nodejs npm"
    return
  fi
  local -a missing
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  [[ $1 == run ]] || mapfile -t -O "${#missing[@]}" missing < <(missing_programs)
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

missing_packages() {
  local installed
  # dpkg-query fails when one of the names is unknown to it; that one is missing all the same.
  # shellcheck disable=SC2016  # dpkg-query expands these, not the shell
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' || true)
  comm -23 <(printf '%s\n' "$@" | sort) <(sort <<<"$installed")
}

missing_programs() {
  local entry
  for entry in "${BUILD_PROGRAMS[@]}"; do
    command -v "${entry%%:*}" >/dev/null || printf '%s\n' "${entry##*:}"
  done
}

install_packages() {
  local -a as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "these packages are missing, and there is neither root nor sudo to install them:
  apt-get install --no-install-recommends $*"
    as_root=(sudo)
  fi
  [[ " $* " != *" postgresql "* ]] || no_postgres_cluster "${as_root[@]}"
  mkdir -p build
  say "Installing $# Debian packages: $*"
  local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; } >build/apt.log 2>&1; then
    tail -n 20 build/apt.log >&2
    die "apt-get could not install them; the whole log is build/apt.log"
  fi
}

# Debian's postgresql makes a cluster and starts it as a service, unless it is told beforehand. Tests start servers of their
# own, and on somebody's machine there should be no other. Whoever has said something about clusters already is obeyed.
no_postgres_cluster() {  # no_postgres_cluster [command that makes root]
  local settings=${POSTGRES_CLUSTER_SETTINGS:-/etc/postgresql-common/createcluster.conf}
  [[ ! -e $settings ]] || return 0
  "$@" mkdir -p "$(dirname "$settings")"
  printf '# Written by ./dev: no cluster of its own with a new version of PostgreSQL.\ncreate_main_cluster = false\n' |
    "$@" tee "$settings" >/dev/null
}
