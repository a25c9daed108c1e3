#!/usr/bin/env bash
# Installs the programs some tests compare koo with, where Debian's packages are to be had. Without them those tests are skipped.
set -uo pipefail
command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || exit 0
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; }
updated() { apt-get update -qq >/dev/null 2>&1; }
# Not all of them at once: where one cannot be had, the others may.
peers() { install "$@" || { updated && install "$@"; } || echo "Not to be had: $*. Their tests are skipped."; }
peers clamav git libarchive-tools minisign p7zip-full pigz python3-cryptography python3-jwt unzip
# Debian may start services of its own with these; the tests start their own servers, on free ports.
peers swift-account swift-container swift-object swift-proxy
# What pages are looked at with, and fonts for what stands on them.
peers chromium fonts-dejavu-core fonts-noto-cjk
