# shellcheck shell=sh disable=SC2154 # python and python_version come from find-python.sh, log from set-up.sh

# .venv/made-from is written last and tells what .venv was made from. A .venv without it was interrupted; one that
# tells of other locks is out of date; one that tells of another folder was moved, and its scripts with it.
venv_is_whole() {
    [ -x .venv/bin/python ] && [ "$(cat .venv/made-from 2>/dev/null)" = "$(made_from)" ] || return 1
    [ -z "${PYTHON-}" ] || [ "$(describe_python .venv/bin/python)" = "$(describe_python "$PYTHON")" ]
}

made_from() {
    cksum requirements.lock environment/build-tools.lock
    pwd -P
}

# pip's own settings and environment say where packages come from; nothing here overrules them.
pip_install() {
    .venv/bin/python -I -m pip --no-input --no-color install --progress-bar off \
        --no-deps --no-compile --require-hashes "$@" >>"$log" 2>&1 ||
        stop "pip could not install the packages: $(grep '^ *ERROR' "$log" | tail -n 1) (all it said: $log)"
}

# Always from nothing: pip's cache makes that quick, and what an interrupted pip left is not to be trusted.
make_venv() {
    say "making .venv with Python $python_version"
    rm -rf .venv
    "$python" -I -m venv .venv >>"$log" 2>&1 || stop "no virtual environment: $(tail -n 1 "$log")"

    say "installing $(grep -c == requirements.lock) Python packages into .venv (half a minute)"
    # The pinned pip first: the one that Python brings may be too old for --build-constraint.
    awk '/^pip==/ { found = 1 } found { print; if (!/\\$/) exit }' requirements.lock >.venv/pip.lock
    pip_install --requirement .venv/pip.lock
    pip_install --requirement requirements.lock --build-constraint environment/build-tools.lock

    # With -I Python heeds no PYTHONDONTWRITEBYTECODE, which would make every later import of manim three times slower.
    .venv/bin/python -I -c 'import contourpy, hypothesis, manim, pytest, sympy, typst' >>"$log" 2>&1 ||
        stop "the installed packages do not import: $(tail -n 1 "$log") (all of it: $log)"
    made_from >.venv/made-from.new
    mv .venv/made-from.new .venv/made-from
}
