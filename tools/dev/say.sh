# shellcheck shell=bash
# How ./dev talks.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "./dev: $*"
  exit 2
}

trim() {
  local text=$1
  text=${text#"${text%%[![:space:]]*}"}
  printf '%s' "${text%"${text##*[![:space:]]}"}"
}
