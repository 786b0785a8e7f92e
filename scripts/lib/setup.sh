# Sourced by scripts/demo, scripts/test and .ci/run: gets from a bare machine to a built and installed Poultice.
# Every step is skipped when its work is already there.
#
#   POULTICE_VENV     where Python and the installed package go   (default: .venv)
#   POULTICE_OFFLINE  1: do not ask PyPI for anything
#   POULTICE_WARNINGS_AS_ERRORS  ON: a compiler's warning fails the build, as in .ci/run

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
venv=${POULTICE_VENV:-$root/.venv}
build=$root/build/release

source "$root/scripts/lib/system_packages.sh"
source "$root/scripts/lib/python.sh"

say() { printf '== %s\n' "$*"; }

# Runs a command quietly; shows what it said only if it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    printf '!! failed: %s\n' "$*" >&2
    return 1
  fi
  rm -f "$log"
}

use_ccache() {
  command -v ccache >/dev/null || return 0
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache
  # So that a copy of the tree elsewhere profits too, and precompiled headers are no hindrance.
  export CCACHE_BASEDIR=$root CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
}

# build_release TARGET
build_release() {
  say "Building $1 in $build"
  quietly cmake --preset release -S "$root" -B "$build" "-DPython_EXECUTABLE=$venv/bin/python" \
    "-DPOULTICE_WARNINGS_AS_ERRORS=${POULTICE_WARNINGS_AS_ERRORS:-OFF}"
  cmake --build "$build" --target "$1"
}

# The same way with and without PyPI; `pip install .` is a third, which .ci/run tries.
install_into_venv() {
  say "Installing into $venv"
  quietly cmake --install "$build" --prefix "$venv" --component runtime
}

# set_up TARGET: poultice_runtime, or all with the tests
set_up() {
  cd "$root"
  install_system_packages "${build_packages[@]}"
  use_ccache
  make_venv
  build_release "$1"
  install_into_venv
}
