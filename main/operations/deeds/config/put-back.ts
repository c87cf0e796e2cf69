import { Failed } from '../../../lib/failed.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { KeptConfig } from '../../machine-configs/kept-configs.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { configLookUp } from './config-look-up.ts';
import { howApplied, MODE_FLAGS, MODE_PARAMS } from './modes.ts';
import { planConfig, type WishedConfig } from './plan-config.ts';
import type { MachineConfigsNow } from './read-configs.ts';

/** Puts the config back that a deed replaced, onto the config that replaced it and no other. */
export const putBackConfig: DeedDefinition = {
  id: 'put-back-config',
  title: 'Put the machine config back',
  about: 'The machine gets the config that it had before a deed of Minos replaced it.',
  method: '/machine.MachineService/ApplyConfiguration',
  beginsBy: 'machine-config.apply',
  params: [{ id: 'config', title: 'Config', kind: 'text', required: true, isGiven: true }, ...MODE_PARAMS],
  syntax: {
    names: [],
    like: 'apply-config',
    flags: [
      { long: 'file', short: 'f', takesValue: true, param: 'config', writtenAs: 'config-before.yaml' },
      ...MODE_FLAGS,
    ],
  },
  lookUp: configLookUp,
  check: (params) => void howApplied(params),
  plan: async (params, tools) => {
    const kept = await tools.configs.kept.find(textParam(params, 'config'));
    const isHere = kept?.cluster === tools.place.cluster;
    return planConfig(
      {
        ...{ definition: putBackConfig, params, kept: params },
        ...{ deed: 'Put the machine config back on', past: 'Put the machine config back on' },
        ...(!isHere && { refused: 'The config from before is not kept any more.' }),
        ...(kept && { of: { uuid: kept.machine.uuid, nodeId: undefined } }),
        wish: (machine, now) => wishedOf(kept, machine, now),
      },
      tools,
    );
  },
};

function wishedOf(kept: KeptConfig | undefined, { node }: Machine, now: MachineConfigsNow): WishedConfig {
  if (kept === undefined) throw new Failed({ code: 'not-found', message: 'There is no config.' });
  if (kept.machine.node !== node)
    throw new Failed({ code: 'invalid', message: `That was the config of ${kept.machine.name}, not of this machine.` });
  if (![now.activeHash, now.persistentHash].includes(kept.replacedBy))
    throw new Failed({ code: 'conflict', message: 'Its config was changed since: putting it back would lose that.' });
  return { text: kept.text };
}
