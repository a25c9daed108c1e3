#!/bin/sh
# Installs Plumbline under /opt/plumbline, or under the folder given as the first argument.
set -eu

prefix=${1:-/opt/plumbline}
here=$(cd "$(dirname "$0")" && pwd)

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))'; then
  echo "Plumbline needs Python 3.8 or later." >&2
  exit 1
fi
if ! command -v openssl >/dev/null; then
  echo "Plumbline needs the openssl command to check its license file." >&2
  exit 1
fi

install -d "$prefix/bin" "$prefix/share"
install -m 0755 "$here/bin/plumbline" "$prefix/bin/plumbline"
install -m 0644 "$here/share/license-signing.pub" "$prefix/share/license-signing.pub"
install -m 0644 "$here/LICENSE" "$here/README.md" "$prefix/"

if [ "$prefix" = /opt/plumbline ]; then
  install -d -m 0750 /etc/plumbline /var/lib/plumbline
  if [ ! -e /etc/plumbline/plumbline.conf ]; then
    install -m 0640 "$here/etc/plumbline.conf.example" /etc/plumbline/plumbline.conf
  fi
  install -m 0644 "$here/systemd/plumbline.service" "$here/systemd/plumbline.timer" /etc/systemd/system/
  systemctl daemon-reload
  ln -sf "$prefix/bin/plumbline" /usr/local/sbin/plumbline
fi

echo "Installed in $prefix. Next: put your license file at /etc/plumbline/license.json and run 'plumbline baseline'."
