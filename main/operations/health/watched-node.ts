import type { NodeSeen } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { MethodReply, MethodRequest } from '../../talos/method-types.ts';
import type { ReadPath } from '../../talos/methods.ts';
import { callEnd } from '../clusters/call-end.ts';
import type { Caller } from '../clusters/caller.ts';
import { AnswerTimes } from './answer-times.ts';
import { CertificateReader } from './certificate-reader.ts';
import { followConfigErrors } from './follow-events.ts';
import { followKind, type FollowedResource, type ResourceKind } from './follow-kind.ts';
import { illServices } from './ill-services.ts';
import { busyShare, cpuTimes, fullestVolume, memoryLoad, type CpuTimes } from './load.ts';
import type { NodeEntry } from './node-entry.ts';
import type { ToldFacts } from './told-facts.ts';
import {
  diagnosticOf,
  imageVersion,
  isPodReady,
  kubernetesNodeOf,
  machineStatusOf,
  metaValueOf,
  MOST_OF_A_NODE,
  shortLine,
  sinceOf,
} from './spec-facts.ts';
import { failedVolumes, wrongGroups } from './volume-errors.ts';

/** A node that has told nothing when it was just begun with is asked earlier: it may never have been there. */
const FIRST_ASK_MS = 750;
/** What is read first has this long before the rest is read all the same: not all of it may be told. */
const FIRST_MS = 2_000;
/** A node that told nothing for so long is asked whether it is there. */
const ASK_AFTER_MS = 2_000;
/** How long it may take to answer that … */
const PATIENCE_MS = 2_200;
/** … or three times what its slowest recent answer took, but no more than this. */
const MOST_PATIENCE_MS = 15_000;
const PATIENCE_FACTOR = 3;
/** Figures of a node in view, and of one that is watched all the same. */
const LOAD_IN_VIEW_MS = 10_000;
const LOAD_MS = 30_000;
/** The second reading, so that there is a share of time at all. */
const SECOND_LOAD_MS = 2_000;
/** What hardly changes: volumes, versions, a staged upgrade. */
const SLOW_MS = 60_000;
const CALL_MS = 10_000;
/** Linux moves the moment of the boot when the clock is set; that it was told in whole seconds is less than this. */
const CLOCK_SET_MS = 5_000;

const KINDS = {
  machine: { namespace: 'runtime', type: 'MachineStatuses.runtime.talos.dev' },
  services: { namespace: 'runtime', type: 'Services.v1alpha1.talos.dev' },
  diagnostics: { namespace: 'runtime', type: 'Diagnostics.runtime.talos.dev' },
  kubernetes: { namespace: 'k8s', type: 'NodeStatuses.kubernetes.talos.dev' },
  pods: { namespace: 'k8s', type: 'StaticPodStatuses.kubernetes.talos.dev' },
  volumes: { namespace: 'runtime', type: 'VolumeStatuses.block.talos.dev' },
  groups: { namespace: 'storage', type: 'LVMValidationErrors.storage.talos.dev' },
} as const satisfies Readonly<Record<string, ResourceKind>>;

/** META key of an upgrade that waits for the next boot (docs/talos-behaviour.md, meta keys). */
const STAGED_UPGRADE = '0x07';

/** What a {@link WatchedNode} needs. */
export interface WatchedNodeOptions {
  readonly entry: NodeEntry;
  /** Throws Failed when the cluster cannot be called. */
  readonly connection: () => Caller;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether the client is os:admin: others are not told of the certificates that machines keep. */
  readonly mayReadSecrets: () => boolean;
  /** Its clock was set, or it has booted. */
  readonly onClockSet: () => void;
  /** Told what a call says of the node being there, when that is news. */
  readonly onSeen: (node: string, seen: NodeSeen) => void;
}

/** A node that tells by itself what changes: watches of it, a question when it is quiet, and its figures now and then. */
export class WatchedNode {
  /** Its figures are looked at more often. */
  isInView = false;
  readonly #options: WatchedNodeOptions;
  readonly #stop = new AbortController();
  /** Of the watches as they were begun last. */
  #watches = new AbortController();
  /** What the entry had forgotten when they were begun. */
  #begunAfter = -1;
  /** Monotonic. */
  #begunAtMs = -Infinity;
  #isWhole = false;
  readonly #answers = new AnswerTimes();
  /** Monotonic moments. */
  #heardAtMs = -Infinity;
  #loadAtMs = -Infinity;
  #slowAtMs = -Infinity;
  #loads = 0;
  readonly #certificates: CertificateReader;
  #isAsking = false;
  #isReadingLoad = false;
  #isReadingSlow = false;
  #isReadingServices = false;
  #areServicesOld = false;
  #cpu: CpuTimes | undefined;
  #bootedAtMs: number | undefined;

  constructor(options: WatchedNodeOptions) {
    this.#options = options;
    options.entry.isWatched = true;
    this.#certificates = new CertificateReader({ ...options, signal: this.#stop.signal });
    this.#begin();
  }

  close(): void {
    this.#stop.abort();
    this.#watches.abort();
    this.#options.entry.unwatched();
  }

  /** Whether its state alone is read so far, and may still come. */
  get isFirst(): boolean {
    if (this.#isWhole || this.#options.entry.record.condition === 'not-reached') return false;
    return !this.#isStateTold && this.#options.clock.monotonic() - this.#begunAtMs < FIRST_MS;
  }

  /** Whether the rest waits to be read, as soon as there is time for it. */
  get isPartial(): boolean {
    return !this.#isWhole && !this.isFirst && this.#options.entry.record.condition !== 'not-reached';
  }

  /** Called four times a second while somebody looks. */
  tick(): void {
    const nowMs = this.#options.clock.monotonic();
    if (!this.#isAsking && nowMs - this.#heardAtMs >= ASK_AFTER_MS) void this.#ask();
    const { record, forgotten } = this.#options.entry;
    if (record.condition === 'not-reached') return;
    // It is back. What it told was forgotten, and watches that outlived its absence tell only what changes.
    if (this.#begunAfter !== forgotten) this.#begin();
    if (!this.#isWhole) return;
    const everyMs = this.#loads === 1 ? SECOND_LOAD_MS : this.isInView ? LOAD_IN_VIEW_MS : LOAD_MS;
    if (!this.#isReadingLoad && nowMs - this.#loadAtMs >= everyMs) void this.#readLoad();
    this.#certificates.tick();
    if (!this.#isReadingSlow && nowMs - this.#slowAtMs >= SLOW_MS) {
      this.#isReadingSlow = true;
      this.#slowAtMs = nowMs;
      void this.#readSlow().finally(() => (this.#isReadingSlow = false));
    }
  }

  /** Asks everything that is asked now and then with the next tick. */
  refresh(): void {
    this.#heardAtMs = this.#loadAtMs = this.#slowAtMs = -Infinity;
    this.#certificates.refresh();
  }

  get #isStateTold(): boolean {
    const { machine, services, diagnostics } = this.#options.entry.facts;
    return machine !== undefined && services !== undefined && diagnostics !== undefined;
  }

  /** Reads everything from the beginning, first what its state hangs on: of many nodes at once all that is to be shown comes before the rest. */
  #begin(): void {
    const { entry, clock } = this.#options;
    this.#watches.abort();
    this.#watches = new AbortController();
    this.#begunAfter = entry.forgotten;
    this.#slowAtMs = this.#loadAtMs = -Infinity;
    this.#loads = 0;
    this.#cpu = undefined;
    this.#certificates.later();
    this.#isWhole = false;
    this.#begunAtMs = clock.monotonic();
    this.#heardAtMs = Math.max(this.#heardAtMs, this.#begunAtMs - ASK_AFTER_MS + FIRST_ASK_MS);
    this.#follow('machine', ([resource]) => ({ machine: machineStatusOf(resource?.spec) }));
    this.#follow('diagnostics', (resources) => ({ diagnostics: this.#diagnosticsOf(resources) }));
    void this.#readServices();
  }

  /** Reads the rest as well. */
  goOn(): void {
    const { entry, clock } = this.#options;
    this.#isWhole = true;
    this.#follow('kubernetes', ([resource]) => ({ kubernetes: kubernetesNodeOf(resource?.spec, clock.now()) }));
    this.#follow('services', () => {
      void this.#readServices();
      return {};
    });
    this.#follow('volumes', (all) => ({
      failedVolumes: failedVolumes(all, entry.facts.failedVolumes ?? [], clock.now()),
    }));
    this.#follow('groups', (all) => ({ wrongGroups: wrongGroups(all, entry.facts.wrongGroups ?? [], clock.now()) }));
    this.#followConfig();
    if (entry.summary.role === 'worker') return;
    this.#follow('pods', (resources) => {
      const pod = resources.find(({ id }) => id.includes('/kube-apiserver'));
      return { apiServer: pod && { isReady: isPodReady(pod.spec), atMs: clock.now() } };
    });
  }

  #follow(
    kind: keyof typeof KINDS,
    read: (resources: readonly FollowedResource[]) => { readonly [F in keyof ToldFacts]: ToldFacts[F] | undefined },
  ): void {
    const { entry, connection, clock, random } = this.#options;
    void followKind({
      ...{ connection, node: entry.node, kind: KINDS[kind], clock, random, signal: this.#watches.signal },
      onResources: (resources) => entry.tell(read(resources)),
      onHeard: () => this.#heard(),
      onBroken: (error) => this.#failed(error, clock.now()),
    });
  }

  #diagnosticsOf(resources: readonly FollowedResource[]): NonNullable<ToldFacts['diagnostics']> {
    const nowMs = this.#options.clock.now();
    const { diagnostics: before = [] } = this.#options.entry.facts;
    return resources.slice(0, MOST_OF_A_NODE).flatMap(({ id, spec, createdAtMs }) => {
      const known = before.find((one) => one.id === shortLine(id, 100));
      return diagnosticOf(id, spec, sinceOf(createdAtMs, known, nowMs)) ?? [];
    });
  }

  #followConfig(): void {
    const { entry, connection, clock, random } = this.#options;
    void followConfigErrors({
      ...{ connection, node: entry.node, clock, random, signal: this.#watches.signal },
      onError: (error) => {
        const sinceMs = sinceOf(error?.toldMs ?? Number.NaN, entry.facts.configError, clock.now());
        entry.tell({ configError: error && { ...error, sinceMs } });
      },
      onHeard: () => this.#heard(),
    });
  }

  async #ask(): Promise<void> {
    const { clock, entry } = this.#options;
    this.#isAsking = true;
    const startedMs = clock.monotonic();
    const patienceMs = Math.min(MOST_PATIENCE_MS, this.#answers.slowestMs * PATIENCE_FACTOR);
    const reply = await this.#answered('/machine.MachineService/Version', {}, Math.max(PATIENCE_MS, patienceMs));
    this.#isAsking = false;
    if (this.#stop.signal.aborted) return;
    // Also when it failed: it is asked again after a while.
    this.#heardAtMs = clock.monotonic();
    if (reply === undefined) return;
    const { value, endpoint } = reply;
    const answer = this.#answers.add(endpoint, clock.monotonic() - startedMs, clock.now());
    entry.tell({ version: value.messages[0]?.version?.tag, answer });
  }

  /** The resource says that something changed; what it was only the list says. */
  async #readServices(): Promise<void> {
    this.#areServicesOld = true;
    if (this.#isReadingServices) return;
    this.#isReadingServices = true;
    while (this.#areServicesOld && !this.#stop.signal.aborted) {
      this.#areServicesOld = false;
      const reply = await this.#call('/machine.MachineService/ServiceList', {}, CALL_MS);
      const { entry, clock } = this.#options;
      if (reply) entry.tell({ services: illServices(reply, clock.now(), entry.facts.services) });
    }
    this.#isReadingServices = false;
  }

  async #readLoad(): Promise<void> {
    const { clock, entry, onClockSet } = this.#options;
    this.#isReadingLoad = true;
    this.#loadAtMs = clock.monotonic();
    this.#loads += 1;
    const [stat, memory] = await Promise.all([
      this.#call('/machine.MachineService/SystemStat', {}, CALL_MS),
      this.#call('/machine.MachineService/Memory', {}, CALL_MS),
    ]);
    this.#isReadingLoad = false;
    const atMs = clock.now();
    const system = stat?.messages[0];
    if (system?.cpu_total) {
      const before = this.#cpu;
      this.#cpu = cpuTimes(system.cpu_total);
      const fraction = before && busyShare(before, this.#cpu);
      const bootedAtMs = Number(system.boot_time) * 1000;
      const movedMs = Math.abs(bootedAtMs - (this.#bootedAtMs ?? bootedAtMs));
      this.#bootedAtMs = bootedAtMs;
      if (movedMs >= CLOCK_SET_MS) onClockSet();
      entry.tell({
        bootedAtMs: bootedAtMs > 0 ? bootedAtMs : undefined,
        ...(fraction !== undefined && { cpu: { fraction, atMs } }),
      });
    }
    const meminfo = memory?.messages[0]?.meminfo;
    if (meminfo) entry.tell({ memory: memoryLoad(meminfo, atMs) });
    // The list is the only place that tells of services which never ran; and it may have failed when it was read.
    if (entry.facts.machine?.isReady === false || entry.facts.services === undefined) void this.#readServices();
  }

  async #readSlow(): Promise<void> {
    const { clock, entry } = this.#options;
    const mounts = await this.#call('/machine.MachineService/Mounts', {}, CALL_MS);
    if (mounts) entry.tell({ disk: fullestVolume(mounts, clock.now()) });
    const staged = await this.#get({ namespace: 'runtime', type: 'MetaKeys.runtime.talos.dev' }, STAGED_UPGRADE);
    if (staged) entry.tell({ stagedUpgrade: metaValueOf(staged.spec) || undefined });
    const status = await this.#get({ namespace: 'k8s', type: 'KubeletStatuses.kubernetes.talos.dev' }, 'kubelet');
    // Older nodes have only the other one, which admins alone may read.
    const older = { namespace: 'k8s', type: 'KubeletSpecs.kubernetes.talos.dev' };
    const kubelet = status?.spec === undefined ? await this.#get(older, 'kubelet') : status;
    const kubeletVersion = imageVersion(kubelet?.spec);
    if (kubeletVersion !== undefined) entry.tell({ kubeletVersion });
  }

  /** Its spec is undefined where there is none, or it may not be read. Undefined when the node did not answer. */
  async #get(kind: ResourceKind, id: string): Promise<{ readonly spec: unknown } | undefined> {
    const { connection, entry } = this.#options;
    const { signal } = this.#stop;
    try {
      const caller = connection();
      const options = { node: entry.node, deadlineMs: CALL_MS, signal };
      const { value } = await caller.unary('/cosi.resource.State/Get', { ...kind, id }, options);
      return { spec: await caller.texts.reading(signal).read('spec', value.resource?.spec?.yaml_spec ?? '') };
    } catch (error) {
      return callEnd(error) === 'verdict' ? { spec: undefined } : undefined;
    }
  }

  async #call<P extends ReadPath<'unary'>>(
    path: P,
    request: MethodRequest<P>,
    deadlineMs: number,
  ): Promise<MethodReply<P> | undefined> {
    return (await this.#answered(path, request, deadlineMs))?.value;
  }

  async #answered<P extends ReadPath<'unary'>>(
    path: P,
    request: MethodRequest<P>,
    deadlineMs: number,
  ): Promise<{ readonly value: MethodReply<P>; readonly endpoint: string } | undefined> {
    const { connection, entry, clock } = this.#options;
    const askedAtMs = clock.now();
    try {
      const options = { node: entry.node, deadlineMs, signal: this.#stop.signal };
      const reply = await connection().unary(path, request, options);
      this.#heard();
      return reply;
    } catch (error) {
      this.#failed(error, askedAtMs);
      return undefined;
    }
  }

  #heard(): void {
    if (this.#stop.signal.aborted) return;
    this.#heardAtMs = this.#options.clock.monotonic();
    const { entry, clock, onSeen } = this.#options;
    const wasGone = entry.record.condition === 'not-reached';
    entry.heard();
    if (wasGone) onSeen(entry.node, { state: 'online', atMs: clock.now() });
  }

  #failed(error: unknown, askedAtMs: number): void {
    if (this.#stop.signal.aborted) return;
    const { entry, connection, onSeen } = this.#options;
    let caller: Caller;
    try {
      caller = connection();
    } catch {
      return; // The cluster is being closed.
    }
    const seen = entry.failed(error, caller.explain(error, { node: entry.node }), askedAtMs);
    if (seen !== undefined) onSeen(entry.node, seen);
  }
}
