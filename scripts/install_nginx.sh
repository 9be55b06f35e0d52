#!/usr/bin/env bash
# Install nginx, which `make serve` puts before its replicas: Debian's package. Not started as a service.
set -uo pipefail

if [ "$(id -u)" = 0 ]; then
  as_root=()
else
  as_root=(sudo -n)  # never asks for a password
fi

PATH=$PATH:/usr/sbin:/usr/local/sbin
command -v nginx >/dev/null && exit 0

if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  echo "Installing nginx with apt-get"
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
      apt-get install -y -qq --no-install-recommends nginx-light >/dev/null
  command -v nginx >/dev/null && exit 0
fi

echo "No nginx could be installed: install one, so that it is on the PATH" >&2
exit 1
