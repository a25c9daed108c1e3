#!/usr/bin/env bash
# Installs the programs some tests compare koo with, where Debian's packages are to be had. Without them those tests are skipped.
set -uo pipefail
packages=(clamav git libarchive-tools minisign p7zip-full pigz python3-cryptography python3-jwt unzip)
command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || exit 0
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null 2>&1; }
install || { apt-get update -qq >/dev/null 2>&1 && install; } || echo "Some programs could not be installed; their tests are skipped."
