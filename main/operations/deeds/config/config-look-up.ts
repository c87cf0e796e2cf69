import type { CameOf, LookUp } from '../kit/definition.ts';
import { SETTLES_MS } from '../kit/read-within.ts';
import { howApplied, type ApplyMode, type HowApplied } from './modes.ts';
import { readConfigs, type MachineConfigsNow } from './read-configs.ts';

/** Hashes of configs: of what the machine ran with, of what was on its disk, and of what it gets. */
interface Hashes {
  readonly active: string;
  readonly disk: string;
  readonly wanted: string;
}

type ConfigHashes = Pick<MachineConfigsNow, 'activeHash' | 'persistentHash'>;

/** What is kept of a machine that gets a config: hashes, by which it is looked up after a restart. A config holds keys that nobody guesses. */
export const configTrace = ({ activeHash, persistentHash = '-' }: ConfigHashes, wanted: string): string =>
  [activeHash, persistentHash, wanted].join(' ');

/** Looks up whether a machine got its config, by the hashes of what it runs with and of what is on its disk. */
export const configLookUp: LookUp = async ({ caller, node, configs, before, params, another, sinceMs, signal }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const [active, disk, wanted] = (before.trace ?? '').split(' ');
  if (active === undefined || disk === undefined || wanted === undefined)
    return { kind: 'unknown', text: 'Which config it was to get was not kept.' };
  const now = await readConfigs({ caller, node, signal }, configs.texts);
  return configCame({ active, disk, wanted }, now, howApplied(params), sinceMs);
};

const RUNS: Readonly<Record<ApplyMode, string>> = {
  auto: 'It runs the config.',
  'no-reboot': 'It runs the config.',
  staged: 'The config is on its disk, for its next start.',
  try: 'It runs the config for good: the try was kept.',
};

/** What the hashes say. Pure. */
export function configCame(
  { active, disk, wanted }: Hashes,
  { activeHash, persistentHash = '-' }: ConfigHashes,
  { mode, tryMs }: HowApplied,
  sinceMs: number,
): CameOf {
  const [runs, keeps] = [activeHash === wanted, persistentHash === wanted];
  // One that ran it already, or had it on its disk, shows it in any case.
  const isNew = disk !== wanted || (mode !== 'staged' && active !== wanted);
  if (keeps && (runs || mode === 'staged'))
    return isNew ? { kind: 'done', text: RUNS[mode] } : { kind: 'unknown', text: `${RUNS[mode]} So it was before.` };
  if (runs && mode === 'try') return { kind: 'goes-on', text: 'It tries the config: Talos takes it back by itself.' };
  if (runs) return { kind: 'unknown', text: 'It runs the config, and another one is on its disk.' };
  if (activeHash !== active || persistentHash !== disk)
    return { kind: 'unknown', text: 'It has another config by now, neither the one before nor that of this deed.' };
  if (sinceMs < SETTLES_MS + (mode === 'try' ? tryMs : 0))
    return { kind: 'goes-on', text: 'It has the config from before. It may still be under way.' };
  const tried = mode === 'try' ? ' It was not sent, or the try lapsed.' : '';
  return { kind: 'not-done', text: `It has the config from before.${tried}` };
}
