import type { Clock } from '../../lib/clock.ts';
import { unknownError } from '../endpoint/errors.ts';
import { steadyInt } from '../wire/random.ts';
import type { NodeFacts } from './node-facts.ts';

/** States of a machined service, in its own spelling. */
export type ServiceState =
  'Initialized' | 'Preparing' | 'Waiting' | 'Starting' | 'Running' | 'Stopping' | 'Finished' | 'Failed' | 'Skipped';

/** Something that happened to a service. */
export interface ServiceEntry {
  readonly atMs: number;
  readonly state: ServiceState;
  readonly message: string;
}

/** A service of a node as machined reports it. */
export interface NodeService {
  readonly id: string;
  readonly state: ServiceState;
  /** Null while nothing checks it, as for machined itself. */
  readonly healthy: boolean | null;
  readonly healthMessage: string;
  readonly healthChangedAtMs: number;
  /** Oldest first. */
  readonly events: readonly ServiceEntry[];
}

/** Services without a health check. */
const UNCHECKED = new Set(['dashboard', 'ext-qemu-guest-agent']);

/** What may be asked for over the API: of the kubelet all but a stop, of extension services everything, of others nothing. */
function mayAsk(id: string, action: 'start' | 'stop' | 'restart'): boolean {
  return id.startsWith('ext-') || (id === 'kubelet' && action !== 'stop');
}

const EVENTS_KEPT = 32;

/** How long each step of a stop and a start takes. */
const STOP_MS = 800;
const PREPARE_MS = 400;
const START_MS = 1_300;
const HEALTHY_MS = 2_500;

/** Services that run on a node of this role, sorted by id as machined lists them. */
function serviceIds(node: NodeFacts): readonly string[] {
  const common = ['apid', 'auditd', 'containerd', 'cri', 'dashboard', 'kubelet', 'machined', 'syslogd', 'udevd'];
  const own = node.role === 'controlplane' ? ['etcd', 'trustd'] : ['ext-qemu-guest-agent'];
  return [...common, ...own, ...(node.moreServices ?? [])].sort();
}

/** Whether machined runs it, healthy or not. */
const isRunning = ({ state }: NodeService): boolean =>
  state !== 'Finished' && state !== 'Failed' && state !== 'Skipped';

/** The services of one node and their life. Calls `onChange` after each step. */
export class NodeServices {
  readonly #node: NodeFacts;
  readonly #clock: Clock;
  readonly #onChange: (service: NodeService) => void;
  readonly #services = new Map<string, NodeService>();
  readonly #steps = new Map<string, () => void>();

  constructor(node: NodeFacts, bootedAtMs: number, clock: Clock, onChange: (service: NodeService) => void) {
    this.#node = node;
    this.#clock = clock;
    this.#onChange = onChange;
    for (const id of serviceIds(node)) this.#services.set(id, this.#booted(id, bootedAtMs));
  }

  /** Sorted by id. */
  list(): readonly NodeService[] {
    return [...this.#services.values()];
  }

  /** A service that came up shortly after the boot and has run ever since. */
  #booted(id: string, bootedAtMs: number): NodeService {
    const firstMs = bootedAtMs + steadyInt(4_000, 12_000, this.#node.seed, this.#node.name, id, 'boot');
    // A boot that was made short is over already.
    const latestMs = this.#clock.now() + this.#node.clockSkewMs;
    const at = (offsetMs: number, state: ServiceState, message: string): ServiceEntry => ({
      atMs: Math.min(latestMs, firstMs + offsetMs),
      state,
      message,
    });
    const checked = !UNCHECKED.has(id);
    return {
      id,
      state: 'Running',
      healthy: checked ? true : null,
      healthMessage: '',
      healthChangedAtMs: Math.min(latestMs, firstMs + 5_000),
      events: [
        at(0, 'Starting', 'Starting service'),
        at(90, 'Waiting', 'Waiting for service "containerd" to be "up"'),
        at(400, 'Preparing', 'Running pre state'),
        at(900, 'Preparing', 'Creating service runner'),
        at(
          1_400,
          'Running',
          `Started task ${id} (PID ${steadyInt(900, 4_000, this.#node.seed, id, 'pid')}) for container ${id}`,
        ),
        ...(checked ? [at(5_000, 'Running', 'Health check successful')] : []),
      ],
    };
  }

  #find(id: string): NodeService {
    const service = this.#services.get(id);
    if (service === undefined) throw unknownError(`service "${id}" not defined`);
    return service;
  }

  #assertAllowed(id: string, action: 'start' | 'stop' | 'restart'): void {
    if (!mayAsk(id, action)) throw unknownError(`service "${id}" doesn't support ${action} operation via API`);
  }

  /** Nothing, if it runs; whether that may be asked for is looked at only then. */
  start(id: string): void {
    if (isRunning(this.#find(id))) return;
    this.#assertAllowed(id, 'start');
    this.#up(id);
  }

  stop(id: string): void {
    if (!isRunning(this.#find(id))) return;
    this.#assertAllowed(id, 'stop');
    this.#down(id, () => undefined);
  }

  /** Talos itself stops it, whatever may be asked for. */
  takeDown(id: string): void {
    if (isRunning(this.#find(id))) this.#down(id, () => undefined);
  }

  /** A service that does not run is started. */
  restart(id: string): void {
    if (!isRunning(this.#find(id))) {
      this.start(id);
      return;
    }
    this.#assertAllowed(id, 'restart');
    this.#down(id, () => this.#up(id));
  }

  /** It stops with an error, or its check fails; `message` is what it says last. Throws for one that there is not. */
  ail(id: string, state: 'failed' | 'unhealthy', message: string): void {
    this.#find(id);
    this.#steps.get(id)?.();
    if (state === 'failed') this.#set(id, 'Failed', message, null);
    else this.#set(id, 'Running', `Health check failed: ${message}`, false, message);
  }

  /** It waits for something before it can begin, as an etcd without data does. */
  hold(id: string): void {
    this.#steps.get(id)?.();
    this.#set(id, 'Preparing', 'Running pre state', null);
  }

  /** Whether it waits, see {@link hold}. */
  isHeld(id: string): boolean {
    return this.#services.get(id)?.state === 'Preparing';
  }

  /** It has not begun to run yet. */
  isBeginning(id: string): boolean {
    return this.isHeld(id) || this.#services.get(id)?.state === 'Starting';
  }

  /** What it waited for is there: it begins, and is healthy two steps later. */
  bringUp(id: string, stepMs: number): void {
    this.#set(id, 'Starting', 'Creating service runner', null);
    this.#later(id, stepMs, () => {
      this.#set(id, 'Running', `Started task ${id}`, null);
      this.#later(id, stepMs, () => this.#set(id, 'Running', 'Health check successful', true));
    });
  }

  /** It is as after a start that went well. */
  recover(id: string): void {
    this.#steps.get(id)?.();
    if (this.#find(id).state !== 'Running') this.#set(id, 'Running', `Started task ${id}`, null);
    if (!UNCHECKED.has(id)) this.#set(id, 'Running', 'Health check successful', true);
  }

  #down(id: string, next: () => void): void {
    this.#set(id, 'Stopping', `Sending SIGTERM to Process(["/usr/bin/${id}"])`, null);
    this.#later(id, STOP_MS, () => {
      this.#set(id, 'Finished', 'Service finished successfully', null);
      next();
    });
  }

  #up(id: string): void {
    this.#set(id, 'Preparing', 'Running pre state', null);
    this.#later(id, PREPARE_MS, () => {
      this.#set(id, 'Starting', 'Creating service runner', null);
      this.#later(id, START_MS, () => {
        this.#set(id, 'Running', `Started task ${id}`, UNCHECKED.has(id) ? null : false);
        if (UNCHECKED.has(id)) return;
        this.#later(id, HEALTHY_MS, () => this.#set(id, 'Running', 'Health check successful', true));
      });
    });
  }

  #later(id: string, delayMs: number, run: () => void): void {
    this.#steps.get(id)?.();
    this.#steps.set(id, this.#clock.after(delayMs, run));
  }

  #set(
    id: string,
    state: ServiceState,
    message: string,
    healthy: boolean | null,
    healthMessage = healthy === false ? 'service not ready' : '',
  ): void {
    const before = this.#services.get(id);
    if (before === undefined) return;
    const atMs = this.#clock.now() + this.#node.clockSkewMs;
    const service: NodeService = {
      id,
      state,
      healthy,
      healthMessage,
      healthChangedAtMs: healthy === before.healthy ? before.healthChangedAtMs : atMs,
      events: [...before.events, { atMs, state, message }].slice(-EVENTS_KEPT),
    };
    this.#services.set(id, service);
    this.#onChange(service);
  }
}
