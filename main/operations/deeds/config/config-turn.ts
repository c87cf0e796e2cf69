import { randomUUID } from 'node:crypto';
import type { DeedChoice, Failure } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Secret } from '../../../lib/secret.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedCall } from '../../plans/plan.ts';
import { CHANGE_WITHIN_MS } from '../kit/read-within.ts';
import { configHash } from '../../machine-configs/config-hash.ts';
import type { MachineIdentity } from '../power/machine-look.ts';
import type { ConfigDesk } from './config-desk.ts';
import { modeRequest, type HowApplied } from './modes.ts';
import { readConfigs, type MachineConfigsNow } from './read-configs.ts';
import { maskedFailure, saidOf } from './said.ts';

const APPLY = '/machine.MachineService/ApplyConfiguration';

/** What a {@link ConfigTurn} works with. */
export interface ConfigTurnOptions {
  readonly machine: Machine;
  readonly identity: MachineIdentity;
  /** As `DeedPlace` says which cluster it is. */
  readonly cluster: string;
  /** The deed in the past tense. */
  readonly what: string;
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly desk: ConfigDesk;
  readonly how: HowApplied;
  /** How the plan found it. */
  readonly before: MachineConfigsNow;
  readonly after: Secret;
  /** The plan did not ask it for its verdict: it is asked right before it gets the config. */
  readonly isAskedFirst: boolean;
}

/** One machine that gets another config: what is sent, kept, and known of it. */
export class ConfigTurn {
  readonly options: ConfigTurnOptions;
  /** SHA-256 of the config it gets. */
  readonly afterHash: string;
  /** What the user wants of a try. */
  choice: DeedChoice | undefined;
  readonly #id = randomUUID();
  #sent: { readonly atMs: number; readonly monotonicMs: number } | undefined;
  #reply: MethodReply<typeof APPLY> | undefined;
  #isRefused = false;

  constructor(options: ConfigTurnOptions) {
    this.options = options;
    this.afterHash = configHash(options.after);
  }

  /** Whether it was answered, so that it certainly was carried out. */
  get isAnswered(): boolean {
    return this.#reply !== undefined;
  }

  /** When a try ends by itself; epoch milliseconds. */
  get endsMs(): number {
    return (this.#sent?.atMs ?? 0) + this.options.how.tryMs;
  }

  /** How long a try still surely runs, by whichever clock went further: the computer may have slept. */
  get surelyMs(): number {
    const { tryMs } = this.options.how;
    return this.#leftMs - Math.min(MARGIN_MS, tryMs / 4);
  }

  get #leftMs(): number {
    const { clock, how } = this.options;
    const { atMs = 0, monotonicMs = 0 } = this.#sent ?? {};
    return how.tryMs - Math.max(clock.now() - atMs, clock.monotonic() - monotonicMs);
  }

  /** Its configs as they are. Throws what calls throw. */
  now(signal: AbortSignal): Promise<MachineConfigsNow> {
    const { caller, machine, desk } = this.options;
    return readConfigs({ caller: caller(), node: machine.node, signal }, desk.texts);
  }

  /** Nothing of it changed since it was planned, but by this deed itself. */
  isAsPlanned({ activeHash, persistentHash }: MachineConfigsNow): boolean {
    const { before } = this.options;
    const isOurs = this.#sent !== undefined && activeHash === this.afterHash;
    return (activeHash === before.activeHash || isOurs) && persistentHash === before.persistentHash;
  }

  /**
   * The call that keeps the config of a try; undefined when that does not surely run any more. It is given up with the try: one that waits
   * for a connection must not be sent to a machine that has gone back.
   */
  keeps(): DeedCall<typeof APPLY> | undefined {
    if (this.surelyMs <= 0) return undefined;
    return { ...this.call(this.options.after, FOR_GOOD), deadlineMs: Math.min(CHANGE_WITHIN_MS, this.#leftMs) };
  }

  /** The call that takes a try back. */
  takesBack(): DeedCall<typeof APPLY> {
    return this.call(this.options.before.active, FOR_GOOD);
  }

  /** The call that gives it a config. */
  call(config: Secret, how: HowApplied = this.options.how): DeedCall<typeof APPLY> {
    const { clock, desk, before, after } = this.options;
    return {
      method: APPLY,
      request: { data: Buffer.from(config.reveal()), ...modeRequest(how), dry_run: false },
      deadlineMs: CHANGE_WITHIN_MS,
      onSending: () => (this.#sent ??= { atMs: clock.now(), monotonicMs: clock.monotonic() }),
      take: (reply) => {
        this.#reply = reply;
        return undefined;
      },
      explained: (failure: Failure) => {
        this.#isRefused = !this.isAnswered && failure.retry !== 'ask';
        return maskedFailure(desk, { before: before.active, after }, failure);
      },
    };
  }

  /** What it said, without secrets: warnings, then what it did. */
  async said(): Promise<string> {
    const { desk, before, after } = this.options;
    const { warnings = [], mode_details: details = '' } = this.#reply?.messages[0] ?? {};
    const words = [...warnings.map((warning) => `Warning: ${warning}.`), details].join('\n').trim();
    return saidOf(desk, { before: before.active, after }, words);
  }

  /** Keeps the config from before, to be put back. Throws Failed. */
  async keep(): Promise<void> {
    const { desk, clock, cluster, machine, identity, what, before } = this.options;
    await desk.kept.keep({
      ...{ id: this.#id, atMs: clock.now(), cluster, what, replacedBy: this.afterHash, text: before.active },
      machine: {
        ...{ node: machine.node, name: machine.name },
        ...(identity.uuid !== undefined && { uuid: identity.uuid }),
      },
    });
  }

  /** Forgets it again where the config was certainly not replaced, or is back. */
  async forgetUnused(isBack: boolean): Promise<void> {
    if (isBack || this.#sent === undefined || this.#isRefused) await this.options.desk.kept.forget(this.#id);
  }
}

/** What ends a try for good. */
const FOR_GOOD: HowApplied = { mode: 'no-reboot', tryMs: 60_000 };

/** So long before its end a try is not kept any more: the call takes its time. */
const MARGIN_MS = 5_000;
