# shellcheck shell=sh disable=SC2034 # what find_python sets is for the other files

# Prints "True|False version real-path" for a command that is a Python 3, nothing for one that is not.
# The real path leads out of a virtual environment to the Python it was made with, and is gone after an upgrade.
describe_python() {
    "$1" -I -c '
import os, sys
print(sys.version_info >= (3, 11), "%d.%d.%d" % sys.version_info[:3], os.path.realpath(sys.executable))
' 2>/dev/null || :
}

# Sets python (a real path, empty if there is no Python at all), python_version and python_name (python3 or
# python3.N: what distributions name their packages after).
find_python() {
    python='' python_name=python3 python_version='' too_old=''
    # The plain python3 first: it is the one whose headers the package manager has under their plain name.
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
    wanted_python="Python 3.11 or newer is needed: install one and name it, as in  make PYTHON=python3.12 render"
    if [ -n "$too_old" ]; then stop "$too_old; $wanted_python"; fi
    if [ -n "${PYTHON-}" ]; then stop "PYTHON=$PYTHON is no Python that runs; $wanted_python"; fi
}
