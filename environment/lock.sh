#!/bin/sh
# Remakes requirements.lock and the locks in environment/ from pyproject.toml with uv, which is
# fetched for this alone. Locked versions stay where they still fit; UPGRADE=1 takes the newest.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
uv=$(mktemp -d)
trap 'rm -rf "$uv"' EXIT
.venv/bin/python -I -m pip install --quiet --target "$uv" uv

compile() {
    # One version a package for all of Python 3.11 and later; no line says where it was found.
    "$uv/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command 'make lock' ${UPGRADE:+--upgrade} "$@"
}
compile pyproject.toml --extra cluster --group dev --output-file requirements.lock
compile --group build-tools --output-file environment/build-tools.lock
# What is measured against, at the versions that the project itself has of what both need.
compile --group bench --constraint requirements.lock --output-file environment/bench.lock
# What only the slow tests need, likewise.
compile --group ci --constraint requirements.lock --output-file environment/ci.lock
# What the notebook needs, likewise: the extra alone, for what it extends is in requirements.lock.
extra='["project"]["optional-dependencies"]["notebook"]'
.venv/bin/python -I -c "import tomllib
print(*tomllib.load(open('pyproject.toml', 'rb'))$extra, sep='\n')" |
    compile - --constraint requirements.lock --output-file environment/notebook.lock
