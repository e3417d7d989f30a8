# Sourced by the scripts beside it: goes to the repository's root and offers
#
#   setup runtime    .venv holds what a build needs (requirements.txt)
#   setup dev        .venv also holds what the tests need (requirements-dev.txt)
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
  for name in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3; do
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
  python=$("$VENV/bin/python" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null) || return 1
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
  local log=$ROOT/.cache/setup.log
  mkdir -p -- "$ROOT/.cache"
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 20 -- "$log" >&2
  stop "The set-up failed; the lines above say why, and .cache/setup.log holds all of them. Run this again once it is mended."
}

install() {
  quietly env -u PIP_USER -u PIP_TARGET -u PIP_PREFIX -u PIP_REQUIRE_HASHES PIP_DISABLE_PIP_VERSION_CHECK=1 \
    "$VENV/bin/python" -m pip install --no-user --no-input "$@"
}

setup() {
  need_git
  if command -v flock >/dev/null 2>&1; then # two scripts at once: the second waits for the first
    mkdir -p -- "$ROOT/.cache"
    exec 9>"$ROOT/.cache/setup.lock"
    flock 9
  fi

  local locks=requirements.txt first=requirements.txt
  [ "$1" != dev ] || locks=requirements-dev.txt
  [ "$1" != benchmark ] || first=requirements-benchmark.txt locks=requirements-benchmark.txt
  if ! stamped runtime "$first" || { [ "$1" = dev ] && [ -f "$VENV/.stamp-dev" ] && ! stamped dev "$locks"; }; then
    find_python
    say "Setting up ${VENV#"$ROOT/"} (about a minute)…"
    rm -f -- "$VENV"/.stamp-*
    quietly "$PYTHON" -m venv --clear -- "$VENV"
    install --no-deps --require-hashes -r "$locks"
    [ "$1" != dev ] || write_stamp dev "$locks"
    write_stamp runtime "$first"
  elif [ "$1" = dev ] && ! stamped dev "$locks"; then
    say "Adding the test tools to .venv…"
    install --no-deps --require-hashes -r "$locks"
    write_stamp dev "$locks"
  fi
  if ! stamped project pyproject.toml; then
    install --no-build-isolation --no-deps --editable .
    write_stamp project pyproject.toml
  fi
  exec 9>&-
}
