import type { DeedDefinition } from '../kit/definition.ts';
import { configLookUp } from './config-look-up.ts';
import { howApplied, MODE_FLAGS, MODE_PARAMS } from './modes.ts';
import { PATCH_FILE_FLAG, PATCH_FLAG, PATCHES, patchesOf, withoutPatches } from './patch-params.ts';
import { planConfig } from './plan-config.ts';

/** Names of the resource, as talosctl takes them. */
const RESOURCES = ['mc', 'machineconfig', 'machineconfigs', 'machineconfigs.config.talos.dev'];

/** `talosctl patch machineconfig`: each machine's own config, patched. The patch is not kept: it may hold secrets. */
export const patchConfigDeed: DeedDefinition = {
  id: 'patch-config',
  title: 'Patch the machine config',
  about:
    'The part of the config that changes, as YAML, or a JSON patch. Each machine gets its own config with it. A line --- # next patch begins another one.',
  method: '/machine.MachineService/ApplyConfiguration',
  params: [PATCHES, ...MODE_PARAMS],
  syntax: {
    names: RESOURCES.map((name) => `patch ${name}`),
    // Of the id talosctl takes no notice either: it always is the active config.
    ignoresMore: true,
    flags: [
      PATCH_FLAG,
      PATCH_FILE_FLAG,
      ...MODE_FLAGS,
      { long: 'namespace', takesValue: true, note: 'Machine configs stand in one.' },
    ],
  },
  lookUp: configLookUp,
  check: (params) => void howApplied(params),
  plan: async (params, tools) => {
    const patches = patchesOf(params, tools.configs);
    return planConfig(
      {
        ...{ definition: patchConfigDeed, params, kept: withoutPatches(params) },
        ...{ deed: 'Patch the machine config of', past: 'Patched the machine config of' },
        wish: () => ({ patches }),
      },
      tools,
    );
  },
};
