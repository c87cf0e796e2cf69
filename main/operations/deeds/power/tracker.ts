import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools } from '../../plans/plan.ts';
import { seconds } from '../kit/seconds.ts';
import {
  bootOf,
  isAnotherBoot,
  lookAt,
  stageOf,
  whyAnother,
  type MachineIdentity,
  type MachineLook,
} from './machine-look.ts';
import { MachineEvents } from './machine-events.ts';
import { judgeVersion, type VersionRule } from './version-after.ts';

/** Until it must be over, as talosctl's `--timeout`. */
const WITHIN_MS = 30 * 60_000;
const LOOK_EVERY_MS = 2_000;
/** A call whose answer was lost, and of which nothing is seen for so long, cannot be told any more. */
const UNSEEN_MS = 60_000;
/** A machine that boots is not trusted for some moments; one in maintenance mode is not for longer. */
const UNTRUSTED_MS = 20_000;
/** Until a machine without Talos on its disk is taken to be one that does not start: servers test their memory first. */
const BARE_MS = 10 * 60_000;

/** What a {@link Tracker} works with. */
export interface TrackerOptions {
  readonly machine: Machine;
  readonly caller: () => Caller;
  readonly clock: Clock;
  /** Of the plan. */
  readonly before: MachineLook;
  /** The version it is to come back with; undefined: the one it had. */
  readonly versionAfter: string | undefined;
  readonly versionRule?: VersionRule | undefined;
  /** It is to be reset: that somebody took it down in another way does not show that it was. Default: false. */
  readonly isReset?: boolean;
}

/** Stages of a machine that goes down, as its events name them. */
const GOING: ReadonlySet<string> = new Set(['REBOOTING', 'SHUTTING_DOWN', 'RESETTING', 'UPGRADING']);

/** How a machine is not reached. */
interface Unseen {
  /** Of the failure. */
  readonly code: string;
  /** For how long it has been so. */
  readonly forMs: number;
  /** Since it was asked. */
  readonly sinceMs: number;
}

/** Watches one machine from before it is asked until it is over (docs/talos-behaviour.md §6.5). */
export class Tracker {
  readonly #options: TrackerOptions;
  readonly #events: MachineEvents;
  #tools: ActTools | undefined;
  #hasHeard = false;
  /** Its answer came, or it says that it resets itself. */
  #isTaken = false;
  #wasAway = false;
  #hasStopped = false;
  #sequenceError: string | undefined;
  #wake: (() => void) | undefined;

  constructor(options: TrackerOptions) {
    this.#options = options;
    const { caller, clock, machine } = options;
    this.#events = new MachineEvents({
      ...{ caller, clock, node: machine.node },
      heard: {
        onStep: (kind, name, isEnd) => {
          this.#hasHeard = true;
          if (name === 'stopAllServices') this.#hasStopped = true;
          this.#tools?.mark(kind, name, isEnd);
          // The other steps say nothing of how it is: each would cost a look.
          if (this.#hasStopped) this.#wake?.();
        },
        onStage: (stage) => {
          if (GOING.has(stage)) this.#hasHeard = true;
          if (stage === 'RESETTING') this.#isTaken = true;
          this.#wake?.();
        },
        onError: (message) => {
          this.#sequenceError = message;
          this.#wake?.();
        },
      },
    });
  }

  /** Listens to its events, before it is asked. Never rejects. */
  async begin(tools: ActTools): Promise<undefined> {
    this.#tools = tools;
    await this.#events.begin(tools.signal);
  }

  /** The answer named whose sequence it is. */
  answered(actor: string): void {
    this.#isTaken = true;
    this.#events.follow(actor);
  }

  /** Listens no more. */
  end(): Promise<undefined> {
    this.#events.end();
    return Promise.resolve(undefined);
  }

  /**
   * Resolves with a sentence once it has started anew, runs and is ready, and is the machine it was. Throws Failed: `maybe-done` when
   * nobody can say whether it was carried out, `conflict` for another machine or version, `precondition` when its sequence failed or
   * it is in maintenance mode, `timeout`.
   */
  async back(tools: ActTools): Promise<string> {
    const { machine, before } = this.#options;
    return this.#until(tools, async (sinceMs) => {
      const looking = { node: machine.node, signal: tools.signal };
      const caller = this.#options.caller();
      const boot = await bootOf(caller, looking, before.boot);
      // A clock that somebody set moves the time of the boot, too: that alone shows nothing.
      const isShown = 'id' in boot || this.#hasHeard || this.#wasAway;
      if (!isShown || !isAnotherBoot(before.boot, boot)) {
        const { stage } = await stageOf(caller, looking);
        if (!this.#hasHeard && stage === before.stage && sinceMs > UNSEEN_MS) throw notSeen(machine);
        tools.tell(`It has not started anew yet: ${stage}.`);
        return undefined;
      }
      const now = await lookAt(caller, looking);
      const { versionAfter: wanted, versionRule: rule } = this.#options;
      const version = judgeVersion({ before: before.version, now: now.version, wanted, rule });
      const why = whyAnother(before, now) ?? version.wrong;
      if (why !== undefined) throw ours({ code: 'conflict', message: why, where: { node: machine.node } });
      if (version.early !== undefined) {
        tools.tell(version.early);
        return undefined;
      }
      if (now.stage === 'maintenance') throw inMaintenance(machine);
      tools.tell(`It has started anew: ${now.stage}, ${now.isReady ? 'ready' : 'not ready yet'}.`);
      if (now.stage !== 'running' || !now.isReady) return undefined;
      if (this.#isOfOthers) throw notReset(machine);
      return `It has started anew${version.told ?? ''}, and is running and ready ${seconds(sinceMs)} after.`;
    });
  }

  /** Resolves with a sentence once it stops everything: whether it is off then cannot be seen. Throws as {@link back}. */
  async down(tools: ActTools): Promise<string> {
    const { machine, before } = this.#options;
    return this.#until(
      tools,
      async (sinceMs) => {
        if (this.#hasStopped)
          return `It stopped all its services ${seconds(sinceMs)} after; whether it is off cannot be seen.`;
        const { stage } = await stageOf(this.#options.caller(), { node: machine.node, signal: tools.signal });
        if (!this.#hasHeard && stage === before.stage && sinceMs > UNSEEN_MS) throw notSeen(machine);
        tools.tell(`It is ${stage}.`);
        return undefined;
      },
      ({ code, sinceMs }) =>
        this.#hasHeard && code === 'unreachable' && !this.#isOfOthers
          ? `It went away ${seconds(sinceMs)} after; whether it is off cannot be seen.`
          : undefined,
    );
  }

  /**
   * Resolves with a sentence once it started anew as a machine that the cluster does not know: in maintenance mode, or with an identity
   * that it got since. `isBare`: without Talos on its disk it may never start. Throws as {@link back}, and `conflict` for one that kept
   * its identity.
   */
  async anew(tools: ActTools, isBare: boolean): Promise<string> {
    const { machine, before } = this.#options;
    const look = async (sinceMs: number): Promise<string | undefined> => {
      const looking = { node: machine.node, signal: tools.signal };
      const caller = this.#options.caller();
      if (!isAnotherBoot(before.boot, await bootOf(caller, looking, before.boot))) {
        const { stage } = await stageOf(caller, looking);
        if (!this.#hasHeard && stage === before.stage && sinceMs > UNSEEN_MS) throw notSeen(machine);
        tools.tell(`It has not started anew yet: ${stage}.`);
        return undefined;
      }
      const now = await lookAt(caller, looking);
      const why = whyNotReset(before, now);
      if (why !== undefined) throw ours({ code: 'conflict', message: why, where: { node: machine.node } });
      return `It has started anew with another identity, as Talos ${now.version}, ${seconds(sinceMs)} after.`;
    };
    return this.#until(tools, look, ({ code, forMs, sinceMs }) => {
      if (code === 'untrusted' && forMs > UNTRUSTED_MS && !this.#isOfOthers)
        return `It has started anew and does not know the cluster any more, ${seconds(sinceMs)} after: it waits for a config in maintenance mode, unless another machine has its address.`;
      if (isBare && this.#hasStopped && code === 'unreachable' && forMs > BARE_MS)
        return `It stopped all its services and has not been reached for ${BARE_MS / 60_000} minutes: there is no Talos on its disk to start from. Whether it was wiped cannot be seen.`;
      return undefined;
    });
  }

  /** Nothing shows that it was asked to reset itself: whatever happens to it, somebody else may have done. */
  get #isOfOthers(): boolean {
    return this.#options.isReset === true && !this.#isTaken;
  }

  /** Looks until something is said; `unseen` may say it of a machine that is not reached, and for how long it has been so. */
  async #until(
    tools: ActTools,
    look: (sinceMs: number) => Promise<string | undefined>,
    unseen: (way: Unseen) => string | undefined = () => undefined,
  ): Promise<string> {
    const { clock, machine } = this.#options;
    const beganMs = clock.monotonic();
    let away: { readonly code: string; readonly fromMs: number } | undefined;
    let last = '';
    for (;;) {
      tools.signal.throwIfAborted();
      const sinceMs = clock.monotonic() - beganMs;
      if (this.#sequenceError !== undefined) throw sequenceFailed(machine, this.#sequenceError);
      if (sinceMs > WITHIN_MS) throw tookTooLong(machine, last);
      try {
        const said = await look(sinceMs);
        if (said !== undefined) return said;
        away = undefined;
      } catch (error) {
        if (error instanceof Failed && OURS.has(error)) throw error;
        tools.signal.throwIfAborted();
        const { code, message } = this.#explain(error);
        this.#wasAway = true;
        this.#events.wasAway();
        if (away?.code !== code) away = { code, fromMs: clock.monotonic() };
        const forMs = clock.monotonic() - away.fromMs;
        const said = unseen({ code, forMs, sinceMs });
        if (said !== undefined) return said;
        if (code === 'untrusted' && forMs > UNTRUSTED_MS) throw inMaintenance(machine);
        last = message;
        tools.tell(`Not reached at the moment: ${message}`);
      }
      await pause(clock, LOOK_EVERY_MS, tools.signal, (goOn) => (this.#wake = goOn));
      this.#wake = undefined;
    }
  }

  #explain(error: unknown): { readonly code: string; readonly message: string } {
    if (error instanceof Failed) return error.failure;
    try {
      return this.#options.caller().explain(error, { node: this.#options.machine.node });
    } catch (gone) {
      return gone instanceof Failed ? gone.failure : { code: 'internal', message: 'The cluster cannot be dialled.' };
    }
  }
}

/** Failures that end the watching, as opposed to those of a look, which is tried again. */
const OURS = new WeakSet<Failed>();

function ours(parts: ConstructorParameters<typeof Failed>[0]): Failed {
  const failed = new Failed(parts);
  OURS.add(failed);
  return failed;
}

/** Why what came back is no machine that was reset, a sentence; undefined when it may be one. */
function whyNotReset(before: MachineIdentity, now: MachineIdentity): string | undefined {
  const why = whyAnother({ ...before, nodeId: undefined }, now);
  if (why !== undefined || before.nodeId === undefined || before.nodeId !== now.nodeId) return why;
  return 'It came back with the identity that it had, so what should be wiped is still there.';
}

const notSeen = ({ node, name }: Machine): Failed =>
  ours({
    code: 'maybe-done',
    message: `${name} runs as it did before, and nothing shows that it was asked.`,
    where: { node },
    retry: 'ask',
  });

const notReset = ({ node, name }: Machine): Failed =>
  ours({
    code: 'maybe-done',
    message: `${name} has started anew, and nothing shows that it was reset: look at its disks.`,
    where: { node },
    retry: 'ask',
  });

const inMaintenance = ({ node, name }: Machine): Failed =>
  ours({
    code: 'precondition',
    message: `${name} does not trust the cluster's certificates: it is in maintenance mode, or another machine has its address.`,
    hint: 'Look at its console before you go on.',
    where: { node },
  });

const sequenceFailed = ({ node, name }: Machine, message: string): Failed =>
  ours({ code: 'precondition', message: `${name} began and could not go on: ${message}`, where: { node } });

const tookTooLong = ({ node, name }: Machine, last: string): Failed =>
  ours({
    code: 'timeout',
    message: `${name} did not come back within ${WITHIN_MS / 60_000} minutes.${last === '' ? '' : ` Last seen: ${last}`}`,
    where: { node },
  });
