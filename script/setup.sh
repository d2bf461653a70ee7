# Sourced by the other scripts: makes .venv from the lock file with nothing but Python 3.11+ on the machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export UV_PROJECT_ENVIRONMENT="$PWD/.venv" UV_NO_PROGRESS=1

find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3.14 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
  echo "Cần Python 3.11 trở lên. (Python 3.11 or newer is needed.)" >&2
  exit 1
}

# make_environment GROUP...: install the locked packages and those of the named groups; quick when nothing changed.
make_environment() {
  local wanted stamp=".venv/.locked"
  wanted="$(cat uv.lock pyproject.toml | cksum) $*"
  if [ -x .venv/bin/khuyencong ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  local python uv=.venv/bin/uv groups=()
  python=$(find_python)
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  [ -x "$uv" ] || .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
  [ -x "$uv" ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"
  for group in "$@"; do groups+=(--group "$group"); done
  # --inexact keeps uv itself, and the test tools when only the product is asked for.
  "$uv" sync --quiet --frozen --inexact "${groups[@]+"${groups[@]}"}"
  echo "$wanted" >"$stamp"
}
