import type { AnyDeedCall } from '../../plans/plan.ts';

/** How a machine reboots: by kexec where it can, through its firmware, or without stopping anything first. */
export const REBOOT_MODES = ['default', 'powercycle', 'force'] as const;

/** One of {@link REBOOT_MODES}. */
export type RebootMode = (typeof REBOOT_MODES)[number];

/** What is to be done to machines as a whole. */
export type PowerWish =
  | {
      readonly deed: 'reboot';
      readonly mode: RebootMode;
      /** Workers that are away at a time; control planes go one by one. */
      readonly workersAtOnce: number;
      /** Kubernetes empties each machine first. */
      readonly drains: boolean;
    }
  /** To another version of Talos; `drains`: from here, where the machine does not drain itself. */
  | {
      readonly deed: 'upgrade';
      /** How it starts anew. */
      readonly mode: RebootMode;
      readonly workersAtOnce: number;
      readonly drains: boolean;
    }
  /** To what lies in the other boot slot. */
  | { readonly deed: 'rollback'; readonly workersAtOnce: number; readonly drains: boolean }
  /** What a reset is depends on what it wipes: it brings its own kind. */
  | { readonly deed: 'reset'; readonly kind: PowerKind }
  /** `force`: without draining. */
  | { readonly deed: 'shutdown'; readonly force: boolean };

/** machined answers at once and goes on by itself. */
const CALL_WITHIN_MS = 30_000;

/** What a deed that takes machines down is, in words and as a call. */
export interface PowerKind {
  /** `Reboot`, as it begins the name of the deed. */
  readonly verb: string;
  /** `Rebooted`. */
  readonly past: string;
  /** `reboots`. */
  readonly does: string;
  /** What happens to a machine, a sentence without its name. */
  readonly effect: string;
  /** It is back in the end; otherwise it stays off, or is no machine of the cluster any more. */
  readonly comesBack: boolean;
  /** A reset, which takes something away for good: one control plane at a time, and workers first. */
  readonly isDestroying?: true;
  /** The leader of etcd does not hand over first. */
  readonly keepsLeadership?: true;
  /** What is waited for once it was asked; default: until it is back, or stops. */
  readonly waits?: string;
  /** What follows `talosctl … -n …`. */
  readonly talosctl: readonly string[];
  /** The call; `answered` gets whose sequence it is. */
  readonly call: (answered: (actor: string) => void) => AnyDeedCall;
}

/** What a wish means. */
export function powerKind(wish: PowerWish): PowerKind {
  if (wish.deed === 'reset') return wish.kind;
  if (wish.deed === 'upgrade') {
    const { drains, mode } = wish;
    const how = mode === 'default' ? '' : ` ${MODES[mode]}`;
    return {
      ...powerKind({ ...wish, deed: 'reboot' }),
      ...{ verb: 'Upgrade', past: 'Upgraded', does: 'upgrades' },
      effect: `Each machine gets its installer, which writes the new version beside the running one, and starts anew with it.${how} ${drains ? 'It is drained first.' : 'It is not drained.'}`,
      talosctl: ['upgrade', ...(drains ? [] : ['--drain=false'])],
    };
  }
  if (wish.deed === 'rollback') {
    const { drains } = wish;
    return {
      ...{ verb: 'Roll back', past: 'Rolled back', does: 'rolls back', comesBack: true },
      effect: `Takes the version in its other boot slot for the next start, and starts anew with it at once. ${drains ? 'It is drained first.' : 'What runs on it is away until it is back; it is not drained.'}`,
      talosctl: ['rollback'],
      call: () => ({ method: '/machine.MachineService/Rollback', request: {}, deadlineMs: CALL_WITHIN_MS }),
    };
  }
  if (wish.deed === 'reboot') {
    const { mode, drains } = wish;
    return {
      ...{ verb: 'Reboot', past: 'Rebooted', does: 'reboots', comesBack: true },
      effect: `${MODES[mode]} ${drains ? 'It is drained first.' : 'What runs on it is away until it is back; it is not drained.'}`,
      talosctl: ['reboot', ...(mode === 'default' ? [] : ['--mode', mode]), ...(drains ? ['--drain'] : [])],
      call: (answered) => ({
        method: '/machine.MachineService/Reboot',
        request: { mode: NUMBERS[mode] },
        deadlineMs: CALL_WITHIN_MS,
        take: ({ messages }) => taken(messages, answered),
      }),
    };
  }
  const isForced = wish.force;
  return {
    ...{ verb: 'Shut down', past: 'Shut down', does: 'shuts down', comesBack: false },
    effect: isForced
      ? 'Stops its services at once, without draining it, and switches itself off. It stays off until somebody switches it on.'
      : 'Drains itself, stops its services and switches itself off. It stays off until somebody switches it on.',
    talosctl: ['shutdown', ...(isForced ? ['--force'] : [])],
    call: (answered) => ({
      method: '/machine.MachineService/Shutdown',
      request: { force: isForced },
      deadlineMs: CALL_WITHIN_MS,
      take: ({ messages }) => taken(messages, answered),
    }),
  };
}

const MODES = {
  default: 'Stops everything and starts anew, by kexec where it can.',
  powercycle: 'Stops everything and starts anew through its firmware.',
  force: 'Starts anew at once, without stopping anything first.',
} as const;

const NUMBERS = { default: 'DEFAULT', powercycle: 'POWERCYCLE', force: 'FORCE' } as const;

/** Tells whose sequence an answer is about. */
export function taken(
  messages: readonly { readonly actor_id: string }[],
  answered: (actor: string) => void,
): undefined {
  const [first] = messages;
  if (first !== undefined && first.actor_id !== '') answered(first.actor_id.slice(0, 64));
}
