#!/bin/sh
# Makes .venv from requirements.lock, with the system libraries that it builds against, or says in
# one message what has to be done by hand. Every make target that needs Python calls this first: it
# has to be quick when there is nothing to do, and right after whatever interrupted it.
#
#   PYTHON=python3.12   the Python to make .venv with (otherwise the first of 3.11 or later on PATH)
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

say() { printf 'set-up: %s\n' "$*" >&2; }
stop() {
    say "$*"
    exit 1
}

. environment/find-python.sh
. environment/system-libraries.sh
. environment/python-packages.sh

if venv_is_whole; then exit 0; fi

find_python
if [ -n "$python" ] && [ "${1-}" != alone ]; then
    exec "$python" -I environment/alone.py sh environment/set-up.sh alone
fi
started=$(date +%s)
mkdir -p build
log=build/set-up.log
: >"$log"
install_missing_libraries
# With a Python there is a lock: from the top, alone.
if [ "${1-}" != alone ]; then exec sh environment/set-up.sh; fi
make_venv
say "ready after $(($(date +%s) - started)) s"
