#!/usr/bin/env bash
# Installs Debian's Chromium where it is missing and we may; otherwise says what to do and goes on.
# Nothing but the tests marked `browser` and the browser face needs it.
set -euo pipefail

for name in "${PALAESTRA_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then exit 0; fi
done

hint() {
    cat >&2 <<TEXT
note: no Chromium was found${1:+ ($1)}. All but the browser face and its tests works without.
      On Debian or Ubuntu:  sudo apt-get install chromium
      Elsewhere: install Chromium or Chrome, and set PALAESTRA_CHROMIUM to its path.
TEXT
    exit 0
}

command -v apt-get >/dev/null || hint "and no apt-get"
[ "$(id -u)" -eq 0 ] || hint "and only root may install it"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing Debian's Chromium ..."
export DEBIAN_FRONTEND=noninteractive
apt=(apt-get -q -y -o DPkg::Lock::Timeout=300)
if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends chromium fonts-liberation; } \
    >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    hint "and apt-get failed"
fi
command -v chromium >/dev/null || hint "even after apt-get"
