import type { Clock } from '../../lib/clock.ts';
import { DialAttempts } from '../endpoint/dial-attempts.ts';
import { brokenStream, type Refusal } from '../endpoint/errors.ts';
import type { NodeFault } from '../faults/faults.ts';
import type { MachineIlls } from './machine-ills.ts';
import { MachineState, type MachineChange, type WipedByReset } from './machine-state.ts';
import { machineProfile, type MachineProfile } from './machine-profile.ts';
import type { NodeFacts, MachineType } from './node-facts.ts';
import { NodeEvents } from './node-events.ts';
import { NodeServices } from './node-services.ts';
import { SentLines } from './sent-lines.ts';
import { steadyUuid } from '../wire/random.ts';
import {
  goingDown,
  resetting,
  type GoingDownOptions,
  type ResetPath,
  type TimedStep,
} from '../sequences/going-down.ts';

/** What a listener is told: what of the node, or of the etcd it is part of, changed. */
export type NodeChange = 'power' | 'apid' | 'fault' | 'services' | 'version' | 'etcd' | 'ills' | MachineChange;

/** Whether the machine runs. */
export type NodeStage = 'running' | 'rebooting' | 'shutting-down' | 'resetting' | 'off';

/** A reset, once everything that forbids it was looked at. */
export interface NodeReset {
  readonly path: ResetPath;
  readonly wipes: WipedByReset;
  /** Takes its member out of etcd; why it cannot, in the words of Talos. */
  readonly leave: () => string | undefined;
}

/** How a machine comes back. */
export interface NextBoot {
  /** `never`: it stays away. */
  readonly as?: 'never' | 'maintenance' | 'another-identity' | undefined;
  /** Of Talos: an upgrade or a rollback was waiting. */
  readonly version?: string | undefined;
  /** From the answer to the silence, and from there until it serves again. Default: two seconds, and twenty-five. */
  readonly downMs?: number | undefined;
  readonly bootMs?: number | undefined;
}

/** From the answer to the silence. */
const GOING_DOWN_MS = 2_000;

/** Until apid is back, where a fault does not say. */
const APID_BACK_MS = 3_000;

/** From the silence until it serves again; the events of a boot fit into it. */
const BOOT_MS = 25_000;

/** A machine that exists only as data: a thousand of them cost no socket. Its parts are made when first looked at. */
export class VirtualNode {
  readonly facts: NodeFacts;
  readonly #clock: Clock;
  readonly #listeners = new Set<(change: NodeChange) => void>();
  readonly #forwardedCalls = new Set<(refusal: Refusal) => void>();
  /** The endpoints' attempts to reach it while it is a black hole. */
  readonly dial = new DialAttempts();
  /** What of its logs was sent to readers. */
  readonly sentLines = new SentLines();
  #version: string;
  #fault: NodeFault | null = null;
  #ills: MachineIlls = {};
  #stage: NodeStage = 'running';
  #apidIsDown = false;
  #quietSinceMs: number | undefined;
  #bootedAtMs: number;
  #boots = 1;
  #nextBoot: NextBoot = {};
  #identities = 1;
  /** The version that an upgrade wrote beside the running one. */
  #installed: string | undefined;
  /** The version in the boot slot that is not used. */
  #otherSlot: string | undefined;
  /** An installer runs. */
  isInstalling = false;
  /** Told when the data of etcd on its disk is wiped, and when it has started; set by the etcd of its cluster. */
  onEtcd: ((what: 'wiped' | 'booted') => void) | undefined;
  #profile: MachineProfile | null = null;
  #machine: MachineState | null = null;
  #services: NodeServices | null = null;
  #events: NodeEvents | null = null;

  constructor(facts: NodeFacts, version: string, bootedAtMs: number, clock: Clock) {
    this.facts = facts;
    this.#version = version;
    this.#bootedAtMs = bootedAtMs;
    this.#clock = clock;
  }

  get name(): string {
    return this.facts.name;
  }

  get role(): MachineType {
    return this.facts.role;
  }

  get address(): string {
    return this.facts.address;
  }

  get version(): string {
    return this.#version;
  }

  get fault(): NodeFault | null {
    return this.#fault;
  }

  /** What is wrong with it although it answers. */
  get ills(): MachineIlls {
    return this.#ills;
  }

  /** How far its clock is from the true time. */
  get clockSkewMs(): number {
    return this.facts.clockSkewMs + (this.#ills.clockDriftMs ?? 0);
  }

  get stage(): NodeStage {
    return this.#stage;
  }

  /** Its apid is between two starts: the machine runs, and nobody reaches it. */
  get apidIsDown(): boolean {
    return this.#apidIsDown;
  }

  /** It has written no line into its logs since this time of its clock; undefined while it writes. */
  get quietSinceMs(): number | undefined {
    return this.#quietSinceMs;
  }

  /** From now on it writes no line, so that what was sent can be counted. */
  beQuiet(): void {
    this.#quietSinceMs = this.#clock.now() + this.clockSkewMs;
  }

  /** Epoch milliseconds of the last boot, by the node's own clock: Linux moves it when the clock is set. */
  get bootedAtMs(): number {
    return this.#bootedAtMs + this.clockSkewMs;
  }

  /** What /proc/sys/kernel/random/boot_id holds: new after each boot. */
  get bootId(): string {
    return steadyUuid(this.facts.seed, this.name, 'boot', this.#boots);
  }

  /** How often it got an identity in its cluster: a reset makes another. */
  get identities(): number {
    return this.#identities;
  }

  /** How it comes back from its next boots. */
  setNextBoot(next: NextBoot): void {
    this.#nextBoot = next;
  }

  get profile(): MachineProfile {
    this.#profile ??= machineProfile(this.facts);
    return this.#profile;
  }

  /** What may change while it runs. */
  get machine(): MachineState {
    this.#machine ??= new MachineState(this.facts.disks ?? [this.profile.disk], this.#clock, (what) =>
      this.#announce(what),
    );
    return this.#machine;
  }

  get services(): NodeServices {
    this.#services ??= new NodeServices(this.facts, this.bootedAtMs, this.#clock, (service) => {
      this.events.service(service);
      this.#announce('services');
    });
    // The events of the boot tell of the services as they came up, so they are written before anything changes.
    this.#events ??= new NodeEvents(this.facts, this.#clock, this.bootedAtMs, this.#services.list());
    return this.#services;
  }

  get events(): NodeEvents {
    this.#events ??= new NodeEvents(this.facts, this.#clock, this.bootedAtMs, this.services.list());
    return this.#events;
  }

  /** Puts a fault on, or takes it away. Calls through endpoints to a node that goes away break. A restart happens once. */
  setFault(fault: NodeFault | null): void {
    if (fault?.kind === 'apid-restart') {
      this.restartApid(fault.backMs);
      return;
    }
    const wasDown = this.#fault?.kind === 'down';
    this.#fault = fault;
    this.dial.forget();
    if (fault?.kind === 'down' || fault?.kind === 'maintenance') this.#breakForwardedCalls();
    if (wasDown !== (fault?.kind === 'down')) this.#announce('fault');
  }

  /** Nobody reaches it: it is off, its apid is between two starts, or the whole machine is down. */
  get isUnreached(): boolean {
    return this.#stage === 'off' || this.#apidIsDown || this.#fault?.kind === 'down';
  }

  /** From now on this is wrong with it, and nothing else; its services follow. */
  setIlls(ills: MachineIlls): void {
    const before = this.#ills;
    this.#ills = ills;
    for (const id of Object.keys(before.services ?? {}))
      if (ills.services?.[id] === undefined) this.services.recover(id);
    for (const [id, { state, message }] of Object.entries(ills.services ?? {})) this.services.ail(id, state, message);
    this.#announce('ills');
  }

  /** It starts with this version the next time; undefined: with the one it has. */
  install(version: string | undefined): void {
    this.#installed = version;
  }

  setVersion(version: string): void {
    this.#version = version;
    this.#announce('version');
  }

  /** The members of its cluster's etcd changed. */
  hearOfEtcd(): void {
    this.#announce('etcd');
  }

  /** apid dies at once and is back a moment later. What machined keeps, such as events and resources, stays. */
  restartApid(backMs = APID_BACK_MS): void {
    if (this.#apidIsDown) return;
    this.#apidIsDown = true;
    this.#announce('apid');
    this.#breakForwardedCalls();
    this.#clock.after(backMs, () => {
      this.#apidIsDown = false;
      this.#announce('apid');
    });
  }

  /**
   * Goes down in two seconds, which ends every call to it, and comes up again half a minute later, or after `bootMs`: with a new
   * boot id, and logs and events that begin anew.
   */
  reboot(
    actorId: string,
    options: GoingDownOptions = { force: false },
    bootMs = this.#nextBoot.bootMs ?? BOOT_MS,
  ): void {
    this.#goDown('rebooting', actorId, goingDown('reboot', options), () => {
      this.#clock.after(bootMs, () => this.#bootUp(bootMs));
    });
  }

  /** Starts anew with the version in its other boot slot. False when there is none. */
  rollBack(actorId: string): boolean {
    const other = this.#otherSlot ?? this.#ills.otherSlot;
    if (other === undefined) return false;
    this.#installed = other;
    this.reboot(actorId);
    return true;
  }

  /**
   * Wipes what it is told to, and goes down. It comes up again only if it is to reboot: in maintenance mode, unless it kept its config.
   * One that cannot leave etcd goes on as before.
   */
  reset(actorId: string, { path, wipes, leave }: NodeReset): void {
    if (this.#stage !== 'running') return;
    const keepsConfig = path.system === 'nothing' || (path.system === 'volumes' && !wipes.volumes.includes('STATE'));
    const { bootMs = BOOT_MS } = this.#nextBoot;
    const steps = resetting(path);
    const leaving = steps.find(({ step }) => step.kind === 'task' && step.name === 'leaveEtcd');
    const why = leaving === undefined ? undefined : leave();
    if (leaving !== undefined && why !== undefined) {
      const until = steps.filter(({ at }) => at <= leaving.at);
      this.#goDown('resetting', actorId, until, () => this.#staysUp(actorId, why), leaving.at);
      return;
    }
    this.#goDown('resetting', actorId, steps, () => {
      this.machine.wipe(wipes);
      // The data of etcd lies on EPHEMERAL.
      if (wipes.isWhole || wipes.volumes.includes('EPHEMERAL')) this.onEtcd?.('wiped');
      if (path.reboot) this.#clock.after(bootMs, () => this.#bootUp(bootMs, keepsConfig ? undefined : 'maintenance'));
    });
  }

  #staysUp(actorId: string, why: string): void {
    this.events.sequenceFailed('reset', why, actorId);
    this.#setStage('running');
    this.events.stage('running', true);
  }

  /** Goes down in two seconds and stays so. */
  shutDown(actorId: string, options: GoingDownOptions = { force: false }): void {
    this.#goDown('shutting-down', actorId, goingDown('shutdown', options), () => undefined);
  }

  /** Tells every step of the sequence on the way, to its end or, if it `endsAt` a share of the time, without going down. */
  #goDown(
    stage: 'rebooting' | 'shutting-down' | 'resetting',
    actorId: string,
    steps: readonly TimedStep[],
    next: () => void,
    endsAt?: number,
  ): void {
    if (this.#stage !== 'running') return;
    const { events } = this;
    const { downMs = GOING_DOWN_MS } = this.#nextBoot;
    for (const { at, step } of steps) {
      if (at === 0) events.step(step, actorId);
      else this.#clock.after(at * downMs, () => events.step(step, actorId));
    }
    this.#setStage(stage);
    events.stage(stage, false);
    if (endsAt !== undefined) {
      this.#clock.after(endsAt * downMs, next);
      return;
    }
    this.#clock.after(downMs, () => {
      this.#setStage('off');
      this.#breakForwardedCalls();
      next();
    });
  }

  #bootUp(bootMs: number, afterReset?: 'maintenance'): void {
    const { as = afterReset, version } = this.#nextBoot;
    if (as === 'never') return;
    if (as === 'another-identity') this.#identities += 1;
    if (as === 'maintenance') this.setFault({ kind: 'maintenance' });
    else this.machine.install();
    const before = this.#version;
    this.#version = version ?? this.#installed ?? before;
    if (this.#installed !== undefined) this.#otherSlot = before;
    this.#installed = undefined;
    this.#boots += 1;
    this.#machine?.configs.boot();
    this.#bootedAtMs = this.#clock.now() - bootMs;
    this.#services = null;
    this.#events = null;
    this.#setStage('running');
    this.onEtcd?.('booted');
  }

  #setStage(stage: NodeStage): void {
    this.#stage = stage;
    this.#announce('power');
  }

  #announce(change: NodeChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: (change: NodeChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many listen; leak checks read it. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Notes a call that runs over an endpoint's connection to this node; the returned function says it ended. */
  carry(breakCall: (refusal: Refusal) => void): () => void {
    this.#forwardedCalls.add(breakCall);
    return () => this.#forwardedCalls.delete(breakCall);
  }

  #breakForwardedCalls(): void {
    for (const breakCall of [...this.#forwardedCalls]) breakCall(brokenStream());
  }
}
