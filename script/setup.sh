# Sourced by the other scripts: makes .venv from the lock file with nothing but Python 3.11+ on the machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset PYTHONDONTWRITEBYTECODE # what is compiled once need not be compiled by each process
export UV_PROJECT_ENVIRONMENT="$PWD/.venv" UV_NO_PROGRESS=1

# Every Python of this machine that is new enough. The distribution's own comes first: it is built with optimisation,
# those of version managers mostly without (the suite took a quarter longer with one).
pythons() {
  local candidate
  for candidate in /usr/bin/python3.1{1,2,3,4} python3.1{1,2,3,4} python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$candidate"
    fi
  done
}

# The package manager into .venv: with its own pip, else, where the distribution left that out, with another Python's.
install_uv() {
  local python
  .venv/bin/python -m ensurepip >/dev/null 2>&1 || true
  for python in .venv/bin/python $(pythons); do
    if "$python" -m pip --version >/dev/null 2>&1; then
      "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check "uv>=0.13,<0.14" && return
    fi
  done
  echo "Không cài được uv: Python cần có pip. (Python needs pip to install uv.)" >&2
  exit 1
}

# make_environment GROUP...: install the locked packages and those of the named groups; quick when nothing changed.
make_environment() {
  local wanted stamp=".venv/.locked"
  wanted="$(cat uv.lock pyproject.toml | cksum) $*"
  if [ -x .venv/bin/khuyencong ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  local python uv=.venv/bin/uv groups=()
  if ! [ -x .venv/bin/python ]; then
    python="$(pythons)"
    python="${python%%$'\n'*}"
    if [ -z "$python" ]; then
      echo "Cần Python 3.11 trở lên. (Python 3.11 or newer is needed.)" >&2
      exit 1
    fi
    "$python" -m venv --without-pip .venv
  fi
  [ -x "$uv" ] || install_uv
  for group in "$@"; do groups+=(--group "$group"); done
  # --inexact keeps uv itself, and the test tools when only the product is asked for.
  "$uv" sync --quiet --frozen --inexact "${groups[@]+"${groups[@]}"}"
  echo "$wanted" >"$stamp"
}
