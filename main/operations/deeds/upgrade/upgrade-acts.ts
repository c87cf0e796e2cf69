import type { Machine } from '../../plans/machine.ts';
import type { AnyDeedCall, DeedAct } from '../../plans/plan.ts';
import { INSTALL_MS, PULL_MS } from '../power/estimates.ts';
import type { RebootMode } from '../power/kinds.ts';
import { PullProgress } from '../small/pull-progress.ts';
import { InstallerOutput } from './installer-output.ts';
import type { JudgedUpgrade } from './judge-upgrade.ts';

/** A large image over a thin line. */
const PULL_WITHIN_MS = 30 * 60_000;
/** Disks may be slow. */
const INSTALL_WITHIN_MS = 20 * 60_000;
/** The older call pulls the image before it answers. */
const LEGACY_WITHIN_MS = 30 * 60_000;

/** Where talosctl puts the installer by default (`--namespace system`). */
const SYSTEM = { driver: 'CRI', namespace: 'NS_SYSTEM' } as const;

/** How the machines of one upgrade start anew. */
export interface UpgradeHow {
  readonly drains: boolean;
  readonly mode: RebootMode;
  /** Older machines keep the image, and install it at their next start. */
  readonly isStaged: boolean;
}

/** How the machines of one upgrade are done: what was installed is remembered per machine. */
export class UpgradeActs {
  readonly #how: UpgradeHow;
  readonly #outputs = new Map<string, InstallerOutput>();
  readonly #asked = new Set<string>();

  constructor(how: UpgradeHow) {
    this.#how = how;
  }

  /** Pulls the installer and runs it: the machine is as it was until it starts anew. */
  before({ node }: Machine, { image, api }: JudgedUpgrade): readonly DeedAct[] {
    if (api === 'legacy') return [];
    const output = new InstallerOutput();
    this.#outputs.set(node, output);
    const progress = new PullProgress();
    return [
      {
        kind: 'call',
        what: 'Pulls the installer',
        expectMs: PULL_MS,
        prepares: true,
        call: () => ({
          method: '/machine.ImageService/Pull',
          request: { containerd: SYSTEM, image_ref: image },
          deadlineMs: PULL_WITHIN_MS,
          take: (message) => progress.take(message),
        }),
      },
      {
        kind: 'call',
        what: 'Installs the new version',
        expectMs: INSTALL_MS,
        prepares: true,
        call: () => ({
          method: '/machine.LifecycleService/Upgrade',
          request: { containerd: SYSTEM, source: { image_name: image } },
          deadlineMs: INSTALL_WITHIN_MS,
          onSending: () => output.asks(),
          take: (message) => output.take(message),
        }),
      },
      {
        kind: 'work',
        what: 'Looks how the installer ended',
        run: () => {
          output.mustBeInstalled();
          return Promise.resolve(undefined);
        },
      },
    ];
  }

  /** What makes the machine start anew: of an older one the call that upgrades it, of others their reboot. */
  call(
    { node }: Machine,
    { image, api }: JudgedUpgrade,
    { usual, answered }: { readonly usual: AnyDeedCall; readonly answered: (actor: string) => void },
  ): AnyDeedCall {
    // Not before: what is looked at once more may stand against it.
    const onSending = (): void => void this.#asked.add(node);
    if (api !== 'legacy') return { ...usual, onSending };
    const { mode, isStaged: stage } = this.#how;
    const reboot = mode === 'powercycle' ? 'POWERCYCLE' : 'DEFAULT';
    return {
      onSending,
      method: '/machine.MachineService/Upgrade',
      request: { image, preserve: true, stage, force: false, reboot_mode: reboot },
      deadlineMs: LEGACY_WITHIN_MS,
      take: ({ messages: [first] }) => {
        if (first !== undefined && first.actor_id !== '') answered(first.actor_id.slice(0, 64));
        return undefined;
      },
    };
  }

  /** Says of a machine that was not rebooted any more what it will start with. */
  after({ node }: Machine, { to }: JudgedUpgrade): readonly DeedAct[] {
    const run = (): Promise<string | undefined> => {
      const output = this.#outputs.get(node);
      if (output === undefined || this.#asked.has(node)) return Promise.resolve(undefined);
      if (output.isInstalled) return Promise.resolve(`${to} is installed, and it starts with it the next time.`);
      const maybe = `Whether ${to} was installed is not known: it may start with it the next time.`;
      return Promise.resolve(output.isUnknown ? maybe : undefined);
    };
    return [{ kind: 'work', what: '', isAlways: true, run }];
  }
}
