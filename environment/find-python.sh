# shellcheck shell=sh disable=SC2034 # what find_python sets is for the other files

# Prints "True|False version real-path" for a command that is a Python 3, nothing for one that is
# not. The real path leads out of a virtual environment to the Python that it was made with.
describe_python() {
    "$1" -I -c '
import os, sys
version = "%d.%d.%d" % sys.version_info[:3]
print(sys.version_info >= (3, 11), version, os.path.realpath(sys.executable))
' 2>/dev/null || :
}

# Sets python (a real path; empty if there is no Python at all), python_version, and python_name:
# python3 or python3.N, after which distributions name their packages.
find_python() {
    python='' python_version='' python_name=python3 too_old=''
    # python3 first: its headers are what the package manager has under the plain name.
    set -- python3 python3.14 python3.13 python3.12 python3.11
    if [ -n "${PYTHON-}" ]; then set -- "$PYTHON"; fi
    for candidate in "$@"; do
        read -r recent version path <<DESCRIPTION
$(describe_python "$candidate")
DESCRIPTION
        case $recent in
        True)
            python=$path python_version=$version
            case $candidate in *python3.*) python_name=${candidate##*/} ;; esac
            return
            ;;
        False) too_old="${too_old:-$candidate is Python $version}" ;;
        esac
    done
    needed='Python 3.11 or newer is needed: install one and name it, as in  make PYTHON=python3.12'
    if [ -n "$too_old" ]; then stop "$too_old; $needed"; fi
    if [ -n "${PYTHON-}" ]; then stop "PYTHON=$PYTHON is no Python that runs; $needed"; fi
}
