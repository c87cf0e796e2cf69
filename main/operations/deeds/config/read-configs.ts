import { Failed } from '../../../lib/failed.ts';
import type { Secret } from '../../../lib/secret.ts';
import type { TextWorkers } from '../../../text-work/text-workers.ts';
import { configHash } from '../../machine-configs/config-hash.ts';
import { readNodeConfig } from '../../machine-configs/read-node-config.ts';
import type { ReadCall } from '../kit/plan-deed.ts';

/** The configs of a machine as they are. */
export interface MachineConfigsNow {
  /** What it runs with. */
  readonly active: Secret;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly activeHash: string;
  /** Of what it starts with the next time; undefined where it keeps none. */
  readonly persistentHash: string | undefined;
}

/** Reads both. Throws Failed. */
export async function readConfigs(
  { caller, node, signal }: ReadCall,
  texts: Pick<TextWorkers, 'configInSpec'>,
): Promise<MachineConfigsNow> {
  const [active, persistent] = await Promise.all([
    readNodeConfig(caller, node, texts, signal),
    readNodeConfig(caller, node, texts, signal, 'persistent').catch((error: unknown) => {
      if (error instanceof Failed && error.failure.code === 'not-found') return undefined;
      throw error;
    }),
  ]);
  return { active, activeHash: configHash(active), persistentHash: persistent && configHash(persistent) };
}

/** How they are, in words of a plan. */
export function configsWords({ activeHash, persistentHash }: MachineConfigsNow): string {
  const runs = `config ${activeHash.slice(0, 12)}`;
  if (persistentHash === undefined) return `${runs}, none on its disk`;
  return persistentHash === activeHash ? runs : `${runs}, another on its disk (${persistentHash.slice(0, 12)})`;
}
