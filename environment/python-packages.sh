# shellcheck shell=sh disable=SC2154 # python, python_version: find-python.sh; log: set-up.sh

# .venv/made-from is written last and tells what .venv was made from. A .venv without it was
# interrupted; one that tells of other locks is out of date; one that tells of another folder was
# moved, and its scripts with it. Its python is gone when the Python it was made with is.
venv_is_whole() {
    if ! [ -x .venv/bin/python ]; then return 1; fi
    if [ "$(cat .venv/made-from 2>/dev/null)" != "$(made_from)" ]; then return 1; fi
    if [ -n "${PYTHON-}" ]; then
        [ "$(describe_python "$PYTHON")" = "$(describe_python .venv/bin/python)" ]
    fi
}

made_from() {
    cksum requirements.lock environment/build-tools.lock
    pwd -P
}

# pip's own settings and environment say where packages come from; nothing here overrules them.
pip_install() {
    .venv/bin/python -I -m pip --no-input --no-color install --progress-bar off \
        --no-deps --no-compile --require-hashes "$@" >>"$log" 2>&1 ||
        stop "pip could not install the packages: $(grep '^ *ERROR' "$log" | tail -n 1)
    All that it said stands in $log"
}

# Always from nothing: what an interrupted pip left is not to be trusted, and pip's cache is quick.
make_venv() {
    say "making .venv with Python $python_version"
    rm -rf .venv
    "$python" -I -m venv .venv >>"$log" 2>&1 || stop "no virtual environment: $(tail -n 1 "$log")"

    say "installing $(grep -c == requirements.lock) Python packages into .venv (half a minute)"
    # The pinned pip first: Python's own may be too old for --build-constraint.
    awk '/^pip==/ { on = 1 } on { print; if (!/\\$/) exit }' requirements.lock >.venv/pip.lock
    pip_install --requirement .venv/pip.lock
    pip_install --requirement requirements.lock --build-constraint environment/build-tools.lock

    # -I has Python ignore PYTHONDONTWRITEBYTECODE: it would make each later import of manim take
    # three times as long.
    imports='import contourpy, hypothesis, manim, pytest, sympy, typst'
    .venv/bin/python -I -c "$imports" >>"$log" 2>&1 ||
        stop "the installed packages do not import: $(tail -n 1 "$log")
    All that was said stands in $log"
    made_from >.venv/made-from.new
    mv .venv/made-from.new .venv/made-from
}
