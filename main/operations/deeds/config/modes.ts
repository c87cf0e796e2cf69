import type { CommandParam } from '../../../../preload/contract/index.ts';
import { durationOf } from '../../../machine-config/documents/scalars.ts';
import type { MethodRequest } from '../../../talos/method-types.ts';
import type { CommandParams, TalosctlFlag } from '../../commands/kit/definition.ts';
import { textParam, wrong } from '../../commands/kit/params.ts';
import { seconds } from '../kit/seconds.ts';

/** When a config takes effect, as talosctl calls it (docs/talos-behaviour.md §6.3.2). */
const APPLY_MODES = ['auto', 'no-reboot', 'staged', 'try'] as const;

/** One of {@link APPLY_MODES}. */
export type ApplyMode = (typeof APPLY_MODES)[number];

type ApplyRequest = MethodRequest<'/machine.MachineService/ApplyConfiguration'>;

const MODE: CommandParam = {
  ...{ id: 'mode', title: 'Mode', kind: 'choice', required: false, choices: APPLY_MODES, initial: 'auto' },
};
const TIMEOUT: CommandParam = {
  ...{ id: 'timeout', title: 'A try lasts', kind: 'duration', required: false, initial: '1m0s' },
};

/** When it takes effect, and how long a try lasts. */
export const MODE_PARAMS: readonly CommandParam[] = [MODE, TIMEOUT];

/** The same in talosctl. */
export const MODE_FLAGS: readonly TalosctlFlag[] = [
  { long: 'mode', short: 'm', takesValue: true, param: MODE.id },
  { long: 'timeout', takesValue: true, param: TIMEOUT.id },
  { long: 'dry-run', takesValue: false, note: 'Minos always makes a dry run first, and shows it in the plan.' },
];

/** Longest try: until then nobody knows whether the config stays. */
const LONGEST_MS = 60 * 60_000;

/** How a config is applied. */
export interface HowApplied {
  readonly mode: ApplyMode;
  /** How long a try lasts. */
  readonly tryMs: number;
}

/** What {@link MODE_PARAMS} say. Throws Failed `invalid` for a try that lasts too long, or no time. */
export function howApplied(params: CommandParams): HowApplied {
  const word = textParam(params, MODE.id);
  const mode = APPLY_MODES.find((one) => one === word) ?? 'auto';
  const tryMs = Number((durationOf(textParam(params, TIMEOUT.id)) ?? 0n) / 1_000_000n);
  if (tryMs < 1 || tryMs > LONGEST_MS) throw wrong(TIMEOUT.id, 'A try lasts a moment at least, and an hour at most.');
  return { mode, tryMs };
}

/** What it does, a sentence for any machine. */
export function modeWords({ mode, tryMs }: HowApplied): string {
  switch (mode) {
    case 'auto':
    case 'no-reboot':
      return 'The config takes effect at once, without a reboot; what has to restart for it, Talos restarts.';
    case 'staged':
      return 'The config is kept on the disk and takes effect at the next reboot; until then nothing changes.';
    case 'try':
      return (
        `The config takes effect at once and is tried for ${seconds(tryMs)}: unless you keep it by then, Talos takes it back by ` +
        'itself, also when Minos ends or the machine cannot be reached. Keeping it, or taking it back at once, is part of this deed.'
      );
  }
}

/** The parts of the request that say how. */
export const modeRequest = ({ mode, tryMs }: HowApplied): Pick<ApplyRequest, 'mode' | 'try_mode_timeout'> => ({
  mode: ({ auto: 'AUTO', 'no-reboot': 'NO_REBOOT', staged: 'STAGED', try: 'TRY' } as const)[mode],
  // talosctl sends it in every mode.
  try_mode_timeout: { seconds: Math.trunc(tryMs / 1000), nanos: (tryMs % 1000) * 1_000_000 },
});
