# Which Debian packages Poultice needs, and how they get here.

build_packages=(
  g++ cmake ninja-build
  libsundials-dev libeigen3-dev libhdf5-dev zlib1g-dev libtomlplusplus-dev libcli11-dev libfmt-dev libudunits2-dev libssl-dev
  libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev
  python3 python3-dev python3-venv
)
# What PyPI gives otherwise.
offline_python_packages=(
  python3-numpy python3-h5py python3-h5netcdf python3-xarray python3-matplotlib python3-tqdm
  python3-pandas python3-scipy python3-jsonschema python3-pytest python3-hypothesis python3-mpmath pybind11-dev
)
lint_packages=(clang-format clang-tidy)
# The engines that tests/cluster runs sweeps on. What apt starts by itself is not used: the tests start their own.
cluster_packages=(munge slurmctld slurmd slurm-client openmpi-bin parallel)
offline_cluster_packages=(python3-distributed python3-mpi4py)

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

install_system_packages() {
  local missing as_root=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "This is not a Debian system. Needed, under whatever name they have here: $*"
    return
  fi
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      printf '!! These Debian packages are missing, and you are neither root nor have sudo. Ask for:\n' >&2
      printf '   apt-get install %s\n' "$(echo $missing)" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  say "Installing Debian packages:" $missing
  # Once for a script and all that it calls.
  if [ -z "${POULTICE_APT_UPDATED:-}" ]; then
    quietly "${as_root[@]}" apt-get update
    export POULTICE_APT_UPDATED=1
  fi
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
}
