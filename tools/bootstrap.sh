#!/usr/bin/env bash
# Installs what tools/packages.txt lists and this machine lacks. Safe to run again: when nothing is
# missing it changes nothing, needs no root and no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly packages_file=tools/packages.txt
readonly unpacked=build/tools
# These packages start a daemon; we only use their programs.
readonly daemon_packages=(redis-server prometheus)

say() { echo "bootstrap: $*"; }
fail() {
    echo "bootstrap: $*" >&2
    exit 1
}

check_system() {
    local id="" version="" name="an unknown system"
    if [[ -r /etc/os-release ]]; then
        read -r id version name < <(
            # shellcheck disable=SC1091
            . /etc/os-release
            echo "${ID:-?} ${VERSION_ID:-?} ${PRETTY_NAME:-?}"
        )
    fi
    [[ $id == debian && $version == 12 ]] ||
        fail "this needs Debian 12 (bookworm), and here is $name. Elsewhere install what $packages_file lists by hand."
}

wanted_packages() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$packages_file"; }

# Prints those of its arguments that are not installed.
missing_packages() {
    local installed
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        sed -n 's/ installed$//p' || true)
    comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

# True if a package of another vendor owns /usr/bin/kubectl (Debian's declares no conflict with it:
# installing both stops dpkg half way).
foreign_kubectl() {
    local owner
    owner=$(dpkg-query -S /usr/bin/kubectl 2>/dev/null | cut -d: -f1) || return 1
    [[ -n $owner && $owner != kubernetes-client ]]
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "packages are missing, and installing them needs root: install sudo, or run tools/bootstrap.sh as root once."
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q \
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

updated=no
apt_update_once() {
    [[ $updated == no ]] || return 0
    say "apt-get update"
    apt update >/dev/null || fail "apt-get update failed: is the network there, and is apt set up?"
    updated=yes
}

# A daemon that a package of this run has just brought along is stopped and does not start at boot.
# One that was there before is someone else's, and stays as it is.
quiet_daemon() {
    local name=$1
    say "$name: only its program is needed; its daemon is stopped and disabled"
    if [[ -d /run/systemd/system ]]; then
        as_root systemctl disable --now "$name.service" >/dev/null 2>&1 || true
    elif [[ -x /etc/init.d/$name ]]; then
        as_root "/etc/init.d/$name" stop >/dev/null 2>&1 || true
        as_root update-rc.d "$name" disable >/dev/null 2>&1 || true
    fi
}

install_missing() {
    local missing=("$@") removed name
    apt_update_once
    say "installing with apt-get, without recommended packages: ${missing[*]}"
    removed=$(apt-get -s install --no-install-recommends "${missing[@]}" 2>/dev/null |
        sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' ') || true  # a failure shows itself below
    [[ -z $removed ]] || say "apt removes what conflicts with them: $removed"
    apt install -y --no-install-recommends "${missing[@]}" || fail "apt-get install failed: see its message above."
    for name in "${daemon_packages[@]}"; do
        [[ " ${missing[*]} " != *" $name "* ]] || quiet_daemon "$name"
    done
}

# Debian's kubectl without installing it, into build/tools/kubernetes-client.
unpack_kubectl() {
    local target=$unpacked/kubernetes-client scratch
    [[ ! -x $target/usr/bin/kubectl ]] || return 0
    say "/usr/bin/kubectl is another vendor's: unpacking Debian's kubernetes-client into $target"
    mkdir -p "$unpacked"
    scratch=$(mktemp -d "$PWD/$unpacked/kubectl.XXXXXX")
    if ! (cd "$scratch" && apt-get -q download kubernetes-client >/dev/null 2>&1); then
        apt_update_once
        (cd "$scratch" && apt-get -q download kubernetes-client >/dev/null) ||
            fail "kubernetes-client could not be downloaded."
    fi
    dpkg-deb -x "$scratch"/kubernetes-client_*.deb "$scratch/root"
    rm -rf "$target"
    mv "$scratch/root" "$target"
    rm -rf "$scratch"
}

main() {
    check_system
    local wanted missing
    mapfile -t wanted < <(wanted_packages)
    if foreign_kubectl; then
        mapfile -t wanted < <(printf '%s\n' "${wanted[@]}" | grep -vx kubernetes-client)
        unpack_kubectl
    fi
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    if [[ ${#missing[@]} -eq 0 ]]; then
        say "all ${#wanted[@]} packages are there"
        return
    fi
    install_missing "${missing[@]}"
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    [[ ${#missing[@]} -eq 0 ]] || fail "still missing after apt-get install: ${missing[*]}"
    say "done: all ${#wanted[@]} packages are there"
}

main
