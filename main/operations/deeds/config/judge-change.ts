import type { ConfigChange } from '../../../machine-config/change/change-config.ts';
import { otherClusterBy } from '../../../machine-config/change/config-facts.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedTools } from '../kit/definition.ts';
import type { HowApplied } from './modes.ts';
import type { MachineConfigsNow } from './read-configs.ts';

/** Why a machine does not get a config, a sentence or two; undefined when nothing forbids it here. */
export function whyNotFor(
  { isChanged, before, after }: ConfigChange,
  { mode }: HowApplied,
  { activeHash, persistentHash }: MachineConfigsNow,
): string | undefined {
  const isPending = persistentHash !== undefined && persistentHash !== activeHash;
  if (!isChanged && !isPending) return 'It changes nothing: the config means the same with it.';
  if (mode === 'try' && isPending)
    return 'Its disk holds another config than it runs with: one is staged, or being tried. A try would end at the one on the disk.';
  if (after.type !== before.type && after.type !== '' && before.type !== '')
    return `It is a ${TYPES[before.type] ?? before.type}, and the config is one of a ${TYPES[after.type] ?? after.type}.`;
  return undefined;
}

const TYPES: Readonly<Record<string, string>> = { controlplane: 'control plane', worker: 'worker' };

/** What else the change means for a machine, a sentence each. */
export function configEffects(
  { before, after }: ConfigChange,
  machine: Machine,
  { how, now, tools }: { readonly how: HowApplied; readonly now: MachineConfigsNow; readonly tools: DeedTools },
): readonly string[] {
  const effects: string[] = [];
  const others = otherClusterBy(before, after);
  if (others.length > 0)
    effects.push(
      `the config belongs to another cluster, by ${others.join(' and ')}. It would leave this one.`,
      NOT_ASKED,
    );
  const lost = before.addresses.filter((one) => !after.addresses.includes(one) && isReachedBy(one, machine, tools));
  if (lost.length > 0) {
    const advice =
      how.mode === 'try' ? 'The try takes it back.' : 'With mode try, Talos takes the config back by itself.';
    effects.push(`${lost.join(', ')} is not in the config any more, and Minos reaches it there. ${advice}`);
  }
  if (now.persistentHash !== undefined && now.persistentHash !== now.activeHash)
    effects.push('another config waits on its disk for the next start, and is replaced by this one.');
  return effects;
}

const NOT_ASKED =
  'it is asked what it says of the config once this is confirmed, right before: keys of another cluster are sent to nobody until then.';

/** By this address the machine is named here, or is an endpoint of the context. */
function isReachedBy(address: string, { node }: Machine, { pool }: DeedTools): boolean {
  return (
    node === address ||
    pool().endpoints.some((one) => [`${address}:`, `[${address}]:`].some((host) => one.target.startsWith(host)))
  );
}
