#!/usr/bin/env bash
# Install Chromium: Debian's package where apt-get may be used, else Playwright's own build. $1 is the Python to use.
set -uo pipefail
python=$1

if [ "$(id -u)" = 0 ]; then
  as_root=()
else
  as_root=(sudo -n)  # never asks for a password: somebody without one gets Playwright's build
fi

if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  echo "Installing Chromium with apt-get"
  "${as_root[@]}" apt-get update -qq
  # The shell is Chromium without a desktop around it; not every release has it.
  for package in chromium-headless-shell chromium; do
    # liberation: a bare machine has no fonts at all, and Chromium then draws empty boxes
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "$package" fonts-liberation >/dev/null &&
      "$python" -m tests.browser.driver && exit 0
  done
fi

echo "Installing Playwright's Chromium"
"$python" -m playwright install chromium && "$python" -m tests.browser.driver && exit 0

echo "No Chromium could be installed: install one, or name one in CHROMIUM=/path/to/chromium" >&2
exit 1
