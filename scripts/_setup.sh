# Sourced by the scripts beside it: goes to the repository's root and offers
#
#   setup runtime    .venv holds what a build needs (requirements.txt)
#   setup dev        .venv also holds what the tests need (requirements-dev.txt)
#   setup docs       .venv also holds what the API reference needs (requirements-docs.txt)
#   setup benchmark  $VENV holds what a build needs and the peers it is compared with (requirements-benchmark.txt)
#   say, stop        one line to the user; `stop` also ends the script
#
# A .venv counts as good only with a stamp that is written last and names this folder, its Python and the
# locks. So a set-up that was cut short is made anew, and where nothing changed it costs a fraction of a second.
# shellcheck shell=bash

unset CDPATH PYTHONHOME PYTHONPATH PYTHONSTARTUP VIRTUAL_ENV
[ -n "${HOME:-}" ] || unset HOME # an empty one would put caches into the root folder

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
SETUP_LOG=$ROOT/.cache/setup.log
BIN=bin # the folder of a virtual environment's programs
case ${OSTYPE:-} in msys* | cygwin*) BIN=Scripts ;; esac
cd -- "$ROOT"

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "$*"
  exit 1
}

need_git() {
  command -v git >/dev/null 2>&1 && return
  say "Git is needed and was not found."
  stop "Install it and run this again: 'apt install git' on Debian or Ubuntu, 'brew install git' on macOS."
}

# Sets PYTHON to the first Python that is new enough and can make virtual environments.
find_python() {
  local name bare=
  for name in ${PYTHON:+"$PYTHON"} python3.14 python3.13 python3.12 python3.11 python3; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
      PYTHON=$name
      return
    fi
    bare=${bare:-$name}
  done
  if [ -n "$bare" ]; then
    say "$bare is new enough, but its 'venv' module is missing."
    stop "Install it and run this again: 'apt install python3-venv' on Debian or Ubuntu."
  fi
  say "Python 3.11 or newer is needed and was not found."
  stop "Install it and run this again: 'apt install python3 python3-venv' on Debian or Ubuntu, 'brew install python' on macOS. PYTHON=/path/to/python names one that is elsewhere."
}

# What a good .venv is stamped with: this folder, the Python inside, and the bytes of the named files.
stamp_of() {
  local python
  python=$("$VENV/$BIN/python" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null) || return 1
  printf '%s|%s|%s\n' "$ROOT" "$python" "$(cat -- "$@" | cksum)"
}

stamped() { # stamped NAME FILE...
  local stamp=$VENV/.stamp-$1
  shift
  [ -f "$stamp" ] && [ "$(cat -- "$stamp")" = "$(stamp_of "$@")" ]
}

write_stamp() { # write_stamp NAME FILE...
  local stamp=$VENV/.stamp-$1
  shift
  stamp_of "$@" >"$stamp.new" && mv -f -- "$stamp.new" "$stamp"
}

# Runs a command quietly; where it fails, shows the end of what it said and ends the script.
quietly() {
  "$@" >"$SETUP_LOG" 2>&1 </dev/null && return
  tail -n 20 -- "$SETUP_LOG" >&2
  stop "The set-up failed; the lines above say why, and .cache/setup.log holds all of them. Run this again once it is fixed."
}

# Installs exactly what a lock lists, every file by its hash, and looks nothing else up: no dependency is resolved, and
# nothing is compiled, since that would fetch build tools from outside the lock. With uv where it is on the PATH, else
# with the pip that came with Python.
install_lock() { # install_lock FILE
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$VENV/$BIN/python" --no-deps --require-hashes --only-binary :all: -r "$1" \
      >"$SETUP_LOG" 2>&1 </dev/null && return
    say "uv could not install $1: $(tail -n 1 -- "$SETUP_LOG") Trying pip…"
  fi
  quietly pip install --no-deps --require-hashes --only-binary :all: -r "$1"
}

# pip without the settings of this machine that would install elsewhere or something else.
pip() {
  env -u PIP_USER -u PIP_TARGET -u PIP_PREFIX -u PIP_REQUIRE_HASHES -u PIP_PRE -u PIP_NO_DEPS PIP_CONSTRAINT= \
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 "$VENV/$BIN/python" -m pip "$@"
}

setup() { # setup runtime|dev|docs|benchmark
  need_git
  mkdir -p -- "$ROOT/.cache"
  if command -v flock >/dev/null 2>&1; then # two scripts at once: the second waits for the first
    exec 9>"$ROOT/.cache/setup.lock"
    flock 9
  fi

  local first=requirements.txt more= group
  case $1 in
    benchmark) first=requirements-benchmark.txt ;;
    dev | docs) more=$1 ;;
  esac
  # A changed lock means a new .venv: what an old one left behind could hide that something is missing.
  local good=yes
  stamped runtime "$first" || good=
  for group in dev docs; do
    [ ! -f "$VENV/.stamp-$group" ] || stamped "$group" "requirements-$group.txt" || good=
  done
  if [ -z "$good" ]; then
    find_python
    say "Setting up ${VENV#"$ROOT/"} (about a minute)…"
    rm -f -- "$VENV"/.stamp-*
    quietly "$PYTHON" -m venv --clear -- "$VENV"
    if [ -n "$more" ]; then install_lock "requirements-$more.txt"; else install_lock "$first"; fi
    [ -z "$more" ] || write_stamp "$more" "requirements-$more.txt"
    write_stamp runtime "$first"
  elif [ -n "$more" ] && ! stamped "$more" "requirements-$more.txt"; then
    say "Adding the tools of '$more' to ${VENV#"$ROOT/"}…"
    rm -f -- "$VENV/.stamp-project" # the whole is checked again
    install_lock "requirements-$more.txt"
    write_stamp "$more" "requirements-$more.txt"
  fi
  if ! stamped project pyproject.toml; then
    quietly pip install --no-build-isolation --no-deps --editable .
    quietly pip check
    write_stamp project pyproject.toml
  fi
  exec 9>&-
}
