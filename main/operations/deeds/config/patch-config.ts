import { patchesIn } from '../../../../preload/contract/index.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { textParam, wrong } from '../../commands/kit/params.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { configLookUp } from './config-look-up.ts';
import { howApplied, MODE_FLAGS, MODE_PARAMS } from './modes.ts';
import { planConfig } from './plan-config.ts';

/** Names of the resource, as talosctl takes them. */
const RESOURCES = ['mc', 'machineconfig', 'machineconfigs', 'machineconfigs.config.talos.dev'];

/** As talosctl tells a file from a patch: no space, no line end, no bracket at the beginning. */
const isFile = (patch: string): boolean => patch.startsWith('@') || !/[\s]|^[[{]/.test(patch);

/** `talosctl patch machineconfig`: each machine's own config, patched. The patch is not kept: it may hold secrets. */
export const patchConfigDeed: DeedDefinition = {
  id: 'patch-config',
  title: 'Patch the machine config',
  about: 'The part of the config that changes, as YAML, or a JSON patch. Each machine gets its own config with it.',
  method: '/machine.MachineService/ApplyConfiguration',
  params: [{ id: 'patch', title: 'Patch', kind: 'lines', required: true, isSensitive: true }, ...MODE_PARAMS],
  syntax: {
    names: RESOURCES.map((name) => `patch ${name}`),
    // Of the id talosctl takes no notice either: it always is the active config.
    ignoresMore: true,
    flags: [
      { long: 'patch', short: 'p', takesValue: true, param: 'patch' },
      ...MODE_FLAGS,
      { long: 'namespace', takesValue: true, note: 'Machine configs stand in one.' },
    ],
  },
  lookUp: configLookUp,
  check: (params) => {
    howApplied(params);
    if (isFile(textParam(params, 'patch').trim()))
      throw wrong(
        'patch',
        'This names a file: paste what stands in it instead, Minos reads no file that a line names.',
      );
  },
  plan: (params, tools) =>
    planConfig(
      {
        ...{ definition: patchConfigDeed, params, kept: withoutPatch(params) },
        ...{ deed: 'Patch the machine config of', past: 'Patched the machine config of' },
        wish: () => ({ patches: patchesIn(textParam(params, 'patch')) }),
      },
      tools,
    ),
};

const withoutPatch = (params: CommandParams): CommandParams => ({ ...params, patch: '@patch.yaml' });
