import { Failed } from '../../../lib/failed.ts';
import type { Secret } from '../../../lib/secret.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import type { ChosenConfig } from './config-desk.ts';
import { configLookUp } from './config-look-up.ts';
import { howApplied, MODE_FLAGS, MODE_PARAMS } from './modes.ts';
import { PATCH_FLAG, PATCHES, patchesOf, withoutPatches } from './patch-params.ts';
import { planConfig } from './plan-config.ts';
import type { MachineConfigsNow } from './read-configs.ts';

/** `talosctl apply-config`: a whole config, of a file or edited, in the place of the one that a machine has. */
export const applyConfig: DeedDefinition = {
  id: 'apply-config',
  title: 'Apply a machine config',
  about: 'The config takes the place of the one that the machine has.',
  method: '/machine.MachineService/ApplyConfiguration',
  beginsBy: 'machine-config.apply',
  params: [
    { id: 'config', title: 'Config', kind: 'text', required: true, isGiven: true },
    { ...PATCHES, title: 'Patches on it', required: false },
    ...MODE_PARAMS,
  ],
  syntax: {
    names: ['apply-config', 'apply'],
    flags: [
      // A file of a line is chosen in the system's dialog: no page names one.
      { long: 'file', short: 'f', takesValue: true, param: 'config', writtenAs: 'machine-config.yaml' },
      PATCH_FLAG,
      ...MODE_FLAGS,
    ],
  },
  lookUp: configLookUp,
  check: (params) => void howApplied(params),
  plan: async (params, tools) => {
    const patches = patchesOf(params, tools.configs);
    const chosen = tools.configs.chosen(textParam(params, 'config'));
    return planConfig(
      {
        ...{ definition: applyConfig, params, kept: withoutPatches(params) },
        ...{ deed: 'Apply a machine config to', past: 'Applied a machine config to' },
        ...(chosen === undefined && { refused: 'The config that was chosen is too old. Open it again.' }),
        wish: (machine, now) => ({ ...wishedOf(chosen, machine, now, tools.place.context), patches }),
      },
      tools,
    );
  },
};

/** The config for one machine. Throws Failed when it was read from another one, or from this one as it is not any more. */
function wishedOf(
  chosen: ChosenConfig | undefined,
  { node, name }: Machine,
  { activeHash }: MachineConfigsNow,
  context: string,
): { readonly text: Secret } {
  if (chosen === undefined) throw new Failed({ code: 'not-found', message: 'There is no config.' });
  const { text, from, basis } = chosen;
  if (from !== undefined && ![node, name].includes(from.node))
    throw new Failed({
      code: 'invalid',
      message: `The config is that of ${from.node}, with its own addresses and names. Other machines get a patch.`,
    });
  if (basis !== undefined && basis !== activeHash)
    throw new Failed({
      code: 'conflict',
      message: `Its config was changed since it was read in ${context}. Read it again.`,
    });
  return { text };
}
