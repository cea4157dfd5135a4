# shellcheck shell=sh disable=SC2154 # python, python_name: find-python.sh; log: set-up.sh

# manim draws with cairo and sets text with Pango. Linux has no wheels of their Python bindings, so
# these are built here; macOS has one of ManimPango.
missing_libraries() {
    # shellcheck disable=SC2086 # CC may be two words: ccache gcc
    ${CC:-cc} -fsyntax-only -include stdio.h -x c /dev/null 2>/dev/null || echo compiler
    command -v pkg-config >/dev/null || echo pkg-config
    pkg-config --exists 'cairo >= 1.15.10' 2>/dev/null || echo cairo
    [ "$(uname)" = Darwin ] || pkg-config --exists 'pangocairo >= 1.30' 2>/dev/null || echo pango
    if [ -z "$python" ]; then
        echo python
        return
    fi
    "$python" -I -c '
import os, sysconfig
raise SystemExit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))
' || echo headers
    "$python" -I -c 'import venv, ensurepip' 2>/dev/null || echo venv
}

in_words() {
    case $1 in
    compiler) echo 'a C compiler' ;;
    cairo) echo 'the headers of cairo' ;;
    pango) echo 'the headers of Pango' ;;
    python) echo 'Python 3.11 or newer' ;;
    headers) echo "the headers of $python_name" ;;
    venv) echo "the venv module of $python_name" ;;
    *) echo "$1" ;;
    esac
}

package_manager() {
    managers='apt-get dnf pacman zypper apk brew'
    if [ "$(uname)" = Darwin ]; then managers=brew; fi
    for manager in $managers; do
        if command -v "$manager" >/dev/null; then
            echo "$manager"
            return
        fi
    done
}

# What a package manager calls a missing thing.
packages_of() {
    case $1:$2 in
    apt-get:compiler) echo build-essential ;;
    apt-get:pkg-config) echo pkg-config ;;
    apt-get:cairo) echo libcairo2-dev ;;
    apt-get:pango) echo libpango1.0-dev ;;
    apt-get:python) echo python3 python3-dev python3-venv ;;
    apt-get:headers) echo "$python_name-dev" ;;
    apt-get:venv) echo "$python_name-venv" ;;

    dnf:compiler | zypper:compiler) echo gcc gcc-c++ ;;
    dnf:pkg-config | zypper:pkg-config) echo pkgconf-pkg-config ;;
    dnf:cairo | zypper:cairo) echo cairo-devel ;;
    dnf:pango | zypper:pango) echo pango-devel ;;
    dnf:python | zypper:python) echo python3 python3-devel ;;
    dnf:headers) echo "$python_name-devel" ;;
    dnf:venv) echo "$python_name" ;;
    # openSUSE leaves the dot out: python311
    zypper:headers) echo "$python_name-devel" | sed 's/3\./3/' ;;
    zypper:venv) echo "$python_name" | sed 's/3\./3/' ;;

    apk:compiler) echo build-base ;;
    apk:pkg-config) echo pkgconf ;;
    apk:cairo) echo cairo-dev ;;
    apk:pango) echo pango-dev ;;
    apk:*) echo python3 python3-dev ;;

    pacman:compiler) echo base-devel ;;
    *:pkg-config) echo pkgconf ;;
    *:cairo | *:pango) echo "$2" ;;
    *) echo python ;;
    esac
}

install_command() {
    manager=$1 sudo=${2:+$2 }
    shift 2
    case $manager in
    apt-get) echo "${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends $*" ;;
    dnf) echo "${sudo}dnf install -y $*" ;;
    pacman) echo "${sudo}pacman -Sy --needed --noconfirm $*" ;;
    zypper) echo "${sudo}zypper --non-interactive install $*" ;;
    apk) echo "${sudo}apk add --update-cache $*" ;;
    brew) echo "brew install $*" ;;
    esac
}

# Installs what is missing and nothing else, or stops with what is missing and what installs it.
install_missing_libraries() {
    missing=$(missing_libraries)
    if [ -z "$missing" ]; then return; fi
    manager=$(package_manager)
    words=$(for thing in $missing; do in_words "$thing"; done | paste -s -d , - | sed 's/,/, /g')
    if [ -z "$manager" ]; then
        stop "missing: $words
    No package manager known here (apt-get, dnf, pacman, zypper, apk, brew): install these by hand"
    fi
    case $(uname):$missing in
    Darwin:compiler*) stop "missing: $words
    For the compiler have this run, then make again:  xcode-select --install" ;;
    esac
    # Two missing things may come in one package.
    packages=$(for thing in $missing; do packages_of "$manager" "$thing"; done |
        tr ' ' '\n' | sort -u | paste -s -d ' ' -)
    if [ "$manager" = brew ] || [ "$(id -u)" = 0 ]; then
        sudo=''
    elif sudo -n true 2>/dev/null; then
        sudo='sudo -n'
    else
        stop "missing: $words
    Neither root nor password-less sudo here: have this run, then make again
    $(install_command "$manager" sudo "$packages")"
    fi

    command=$(install_command "$manager" "$sudo" "$packages")
    say "missing: $words"
    say "installing $packages (half a minute)"
    # Without the lock of alone.py: a package manager could start something that never ends.
    DEBIAN_FRONTEND=noninteractive sh -c "$command" >>"$log" 2>&1 </dev/null 9>&- ||
        stop "could not install them: $(tail -n 1 "$log")
    All that was said stands in $log. The command was
    $command"
    if [ -z "$python" ]; then find_python; fi
    missing=$(missing_libraries | paste -s -d ' ' -)
    if [ -n "$missing" ]; then stop "still missing after that: $missing (see $log)"; fi
}
