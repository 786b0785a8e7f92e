# The virtual environment: from PyPI where it can be reached, from Debian's own Python packages elsewhere.

python_requirements=(
  "pybind11>=2.12" numpy h5py h5netcdf xarray pandas scipy matplotlib tqdm pytest hypothesis mpmath jsonschema
)
# For tests/cluster.
cluster_requirements=("distributed>=2024.1" "mpi4py>=4.1")
# One version, so that a newer linter's new opinions arrive by decision.
lint_requirements=("ruff==0.17.*" "mypy==2.4.*" "pybind11-stubgen==3.0.*")
python_files=(
  bindings/python tests/python tests/cluster examples/cluster
  benchmarks docs/figures docs/generate docs/notebooks docs/conf.py scripts/check_*
)

# A Python 3.10 or newer that can make environments and has the headers that the module is compiled with.
usable_python() {
  "$1" - 2>/dev/null <<'PY'
import ensurepip, pathlib, sys, sysconfig, venv
sys.exit(sys.version_info < (3, 10) or not (pathlib.Path(sysconfig.get_path("include")) / "Python.h").exists())
PY
}

find_python() {
  local candidate
  for candidate in python3 /usr/bin/python3; do
    if usable_python "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  printf '!! No Python >= 3.10 with venv and headers (Debian: python3-venv python3-dev)\n' >&2
  return 1
}

pypi_answers() {
  local to=$1/probe answers=0
  "$1/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --retries 0 --timeout 5 \
    --dest "$to" "pybind11>=2.12" >/dev/null 2>&1 || answers=1
  rm -rf "$to"
  return "$answers"
}

make_venv() {
  local wanted
  wanted=$(printf '%s\n' "${python_requirements[@]}")
  if [ "$(cat "$venv/.made-online" 2>/dev/null)" = "$wanted" ] && [ "${POULTICE_OFFLINE:-0}" != 1 ]; then return; fi
  if [ -e "$venv/.made-offline" ]; then
    say "Python packages come from Debian (delete $venv to try PyPI again)"
    install_system_packages "${offline_python_packages[@]}"
    return
  fi

  if [ "${POULTICE_OFFLINE:-0}" != 1 ]; then
    say "Making $venv"
    rm -rf "$venv"
    "$(find_python)" -m venv "$venv"
    if pypi_answers "$venv"; then
      quietly "$venv/bin/python" -m pip install --disable-pip-version-check "${python_requirements[@]}"
      printf '%s\n' "$wanted" >"$venv/.made-online"
      return
    fi
  fi
  say "PyPI cannot be reached: taking Debian's Python packages instead"
  install_system_packages "${offline_python_packages[@]}"
  rm -rf "$venv"
  /usr/bin/python3 -m venv --system-site-packages --without-pip "$venv"
  touch "$venv/.made-offline"
}
