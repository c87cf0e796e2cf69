#!/bin/bash
# Stand-in for the executable of a packaged Electron: runs resources/app.asar beside it, and obeys the fuses that
# electron-builder sets at its end. scripts/package/stand-in-dist.ts puts the path of node and the fuse wire in.
here=$(dirname "$(readlink -f "$0")")
node=${ELECTRON_STAND_IN_NODE:-@NODE@}
fuses=$(tail -c 9 "$0")
is_on() { [ "${fuses:$1:1}" = 1 ]; }
if is_on 0 && [ -n "${ELECTRON_RUN_AS_NODE:-}" ]; then exec "$node" "$@"; fi
is_on 2 || unset NODE_OPTIONS NODE_EXTRA_CA_CERTS
# Electron has a Node of its own inside; these would change the one that stands in for it.
unset NODE_PATH NODE_REPL_EXTERNAL_MODULE
for_node=(--no-warnings=ExperimentalWarning)
for_app=()
for argument; do
  case "$argument" in
    --inspect | --inspect=* | --inspect-brk | --inspect-brk=*) is_on 3 && for_node+=("$argument") ;;
    *) for_app+=("$argument") ;;
  esac
done
export ELECTRON_STAND_IN_NODE=$node ELECTRON_STAND_IN_PACKAGED=$here
exec "$node" -r "$here/stand-in/hooks.ts" "${for_node[@]}" "$here/stand-in/packaged/boot.ts" "${for_app[@]}"
exit
