# shellcheck shell=sh disable=SC2154 # python and python_name come from find-python.sh, log from set-up.sh

# manim draws with cairo and sets text with Pango. Linux has no wheels of their Python bindings, so these are
# built here; macOS has one of ManimPango.
missing_libraries() {
    # shellcheck disable=SC2086 # CC may be two words: ccache gcc
    echo '#include <stdio.h>' | ${CC:-cc} -fsyntax-only -x c - 2>/dev/null || echo compiler
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
    case $(uname) in Darwin) managers=brew ;; *) managers='apt-get dnf pacman zypper apk brew' ;; esac
    for manager in $managers; do
        if command -v "$manager" >/dev/null; then
            echo "$manager"
            return
        fi
    done
}

# What a package manager calls a missing thing, as "manager thing".
package_of() {
    case $1:$2 in
    apt-get:compiler) echo build-essential ;;
    dnf:compiler | zypper:compiler) echo gcc gcc-c++ ;;
    pacman:compiler) echo base-devel ;;
    apk:compiler) echo build-base ;;
    apt-get:pkg-config) echo pkg-config ;;
    dnf:pkg-config | zypper:pkg-config) echo pkgconf-pkg-config ;;
    *:pkg-config) echo pkgconf ;;
    apt-get:cairo) echo libcairo2-dev ;;
    apt-get:pango) echo libpango1.0-dev ;;
    dnf:cairo | zypper:cairo) echo cairo-devel ;;
    dnf:pango | zypper:pango) echo pango-devel ;;
    apk:cairo) echo cairo-dev ;;
    apk:pango) echo pango-dev ;;
    *:cairo | *:pango) echo "$2" ;;
    apt-get:python) echo python3 python3-dev python3-venv ;;
    dnf:python | zypper:python) echo python3 python3-devel ;;
    apk:python) echo python3 python3-dev ;;
    *:python) echo python ;;
    apt-get:headers) echo "$python_name-dev" ;;
    apt-get:venv) echo "$python_name-venv" ;;
    dnf:headers) echo "$python_name-devel" ;;
    # openSUSE leaves the dot out: python311-devel
    zypper:headers) echo "$python_name-devel" | sed 's/python3\./python3/' ;;
    apk:headers) echo python3-dev ;;
    zypper:venv) echo "$python_name" | sed 's/python3\./python3/' ;;
    dnf:venv | apk:venv) echo "$python_name" ;;
    *:headers | *:venv) echo python ;;
    esac
}

install_command() {
    manager=$1
    shift
    case $manager in
    apt-get) echo "$as_root apt-get update && $as_root apt-get install -y --no-install-recommends $*" ;;
    dnf) echo "$as_root dnf install -y $*" ;;
    pacman) echo "$as_root pacman -Sy --needed --noconfirm $*" ;;
    zypper) echo "$as_root zypper --non-interactive install $*" ;;
    apk) echo "$as_root apk add --update-cache $*" ;;
    brew) echo "brew install $*" ;;
    esac | sed 's/^ *//; s/&&  */\&\& /'
}

# Installs what is missing and nothing else, or stops with what is missing and the command that installs it.
install_missing_libraries() {
    missing=$(missing_libraries)
    if [ -z "$missing" ]; then return; fi
    manager=$(package_manager) words='' packages=''
    for thing in $missing; do
        words="$words${words:+, }$(in_words "$thing")"
        packages="$packages $(package_of "$manager" "$thing")"
    done
    if [ -z "$manager" ]; then
        stop "missing: $words. No package manager known here (apt-get, dnf, pacman, zypper, apk, brew): install them by hand, then make again"
    fi
    if [ "$(uname)" = Darwin ]; then
        case $missing in *compiler*) stop "missing: $words. Get the compiler with  xcode-select --install  and then make again" ;; esac
    fi
    # Two things may come in one package.
    # shellcheck disable=SC2086
    packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ' | sed 's/ $//')

    as_root=sudo
    if [ "$manager" = brew ] || [ "$(id -u)" = 0 ]; then
        as_root=''
    elif sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        stop "missing: $words. Neither root nor password-less sudo here: have this run, then make again
    $(install_command "$manager" "$packages")"
    fi
    say "missing: $words; installing $packages (half a minute)"
    # The lock of alone.py stays out of the package manager's reach: it could start something that never ends.
    DEBIAN_FRONTEND=noninteractive sh -c "$(install_command "$manager" "$packages")" >>"$log" 2>&1 </dev/null 9>&- ||
        stop "that failed: $(tail -n 1 "$log") (all it said: $log). The command: $(install_command "$manager" "$packages")"
    if [ -z "$python" ]; then find_python; fi
    missing=$(missing_libraries)
    # shellcheck disable=SC2086
    if [ -n "$missing" ]; then stop "still missing after installing $packages:" $missing "(what was said: $log)"; fi
}
