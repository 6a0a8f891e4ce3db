#!/usr/bin/env bash
# Writes constraints.txt anew: installs the newest versions that pyproject.toml allows into a
# throw-away environment, and freezes it. torch stays where it is: move its two lines by hand.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
{ grep '^#' constraints.txt || true; } >"$scratch/head"
grep '^torch==' constraints.txt >"$scratch/torch"

"${PYTHON:-python3}" -m venv "$scratch/venv"
pip=("$scratch/venv/bin/python" -m pip)
"${pip[@]}" install -qq --upgrade pip
"${pip[@]}" install -qq -c "$scratch/torch" ".[$1]" hatchling
"${pip[@]}" freeze --all 2>/dev/null | grep -vE '^(#|-e|palaestra|torch[= ])' >"$scratch/frozen"

cat "$scratch/head" "$scratch/frozen" "$scratch/torch" >constraints.txt
git --no-pager diff --stat -- constraints.txt
