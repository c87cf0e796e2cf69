import { Failed, failure } from '../../../../../main/lib/failed.ts';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import { writeMessage } from '../../../../../main/simulator/wire/protobuf-writer.ts';
import type { NodeSummary } from '../../../../../preload/contract/index.ts';
import type { FakeClock } from '../../../../fakes/fake-clock.ts';

/** What happens to the call that reboots a machine, and to the machine after it. */
export type Fate =
  | 'well'
  /** It does it, and the answer is lost. */
  | 'lost-and-done'
  /** It does not do it, and the answer is lost. */
  | 'lost'
  | 'refused'
  | 'never-back'
  | 'another-version'
  | 'another-identity';

export interface ModelMachine {
  readonly summary: NodeSummary;
  fate: Fate;
  isAway: boolean;
  /** It answers and does not know the cluster, as in maintenance mode. */
  isUntrusted: boolean;
  boots: number;
  version: string;
  identity: number;
}

const DOWN_AFTER_MS = 3_000;
const BOOT_MS = 20_000;

/** Machines, their etcd and a caller that reaches them in memory. Nothing of it takes time but what a machine needs to boot. */
export class ModelCluster {
  readonly machines: readonly ModelMachine[];
  /** Every changing call, in order: method and machine. */
  readonly sent: string[] = [];
  /** Most control planes that were away at a time. */
  mostAway = 0;
  /** False: the role may not read files, so a boot is known by its time alone. */
  mayRead = true;
  /** Seconds by which somebody set the clocks of machines. */
  clockSetS = 0;
  /** Tasks that every machine tells to have begun, as part of our own sequence. */
  tasks: readonly string[] = [];
  /** Called when a changing call arrives. */
  onSent: (method: string, node: string) => void = () => undefined;
  /** Calls of the Minos that runs. */
  caller: Caller;
  #leader = 0;
  readonly #aways = new Map<string, Failed>();
  readonly #clock: FakeClock;

  constructor(clock: FakeClock, controlPlanes: number, workers: number) {
    this.#clock = clock;
    const machine = (role: 'controlplane' | 'worker', at: number): ModelMachine => {
      const name = role === 'worker' ? `worker-${at}` : `cp-${at}`;
      const target = role === 'worker' ? `10.0.1.${at}` : `10.0.0.${at}`;
      const summary: NodeSummary = { target, hostname: name, addresses: [target], role, sources: ['discovered'] };
      return { summary, fate: 'well', isAway: false, isUntrusted: false, boots: 1, version: 'v1.13.9', identity: 1 };
    };
    this.machines = [
      ...Array.from({ length: controlPlanes }, (_none, at) => machine('controlplane', at)),
      ...Array.from({ length: workers }, (_none, at) => machine('worker', at)),
    ];
    this.caller = this.#callerOf(this.#life);
  }

  #life = { isOver: false };

  /** Minos is killed: nothing it asked for is answered any more, and it asks nothing. The next one has calls of its own. */
  kill(): void {
    this.#life.isOver = true;
    this.#life = { isOver: false };
    this.caller = this.#callerOf(this.#life);
  }

  get nodes(): readonly NodeSummary[] {
    return this.machines.map(({ summary }) => summary);
  }

  of(node: string): ModelMachine {
    const found = this.machines.find(({ summary }) => summary.target === node);
    if (found === undefined) throw new Error(`no machine ${node}`);
    return found;
  }

  get #controlPlanes(): readonly ModelMachine[] {
    return this.machines.filter(({ summary }) => summary.role === 'controlplane');
  }

  /** Somebody who is there leads, if most are. */
  #leads(): ModelMachine | undefined {
    const all = this.#controlPlanes;
    const there = all.filter(({ isAway }) => !isAway);
    if (there.length * 2 <= all.length) return undefined;
    const chosen = all[this.#leader];
    return chosen?.isAway === false ? chosen : there[0];
  }

  #callerOf(life: { readonly isOver: boolean }): Caller {
    const unlessKilled = <T>(answer: () => Promise<T>): Promise<T> =>
      life.isOver ? NEVER : answer().finally(() => (life.isOver ? NEVER : undefined));
    return {
      context: 'model',
      nodes: [],
      explain: (error: unknown) =>
        error instanceof Failed ? error.failure : failure({ code: 'cancelled', message: String(error) }),
      texts: {
        reading: () => ({ read: (_kind: string, _columns: unknown, text: string) => JSON.parse(text) as unknown }),
      },
      unary: (path: string, _request: unknown, { node = '' }: { readonly node?: string }) =>
        unlessKilled(async () => ({ value: this.#answer(path, this.#reached(node)), endpoint: '' })),
      serverStream: (path: string, request: { readonly type?: string }, call: StreamCall) =>
        this.#stream(path, request.type ?? '', call, life),
      change: (permit: { use(): { readonly method: string; readonly node: string } }) => {
        const { method, node } = permit.use();
        return unlessKilled(() => this.#change(method, this.#reached(node)));
      },
    } as unknown as Caller;
  }

  #reached(node: string): ModelMachine {
    const machine = this.of(node);
    if (machine.isUntrusted) throw new Failed({ code: 'untrusted', message: `${node} is not trusted.` });
    if (machine.isAway) throw this.#away(node);
    return machine;
  }

  /** One failure for each machine: making them is what the model would spend its time on. */
  #away(node: string): Failed {
    const known = this.#aways.get(node) ?? new Failed({ code: 'unreachable', message: `${node} is not reached.` });
    this.#aways.set(node, known);
    return known;
  }

  #answer(path: string, machine: ModelMachine): unknown {
    const members = this.#controlPlanes.map(({ summary: { target, hostname } }, at) => ({
      ...{ id: String(at + 1), hostname, is_learner: false, client_urls: [] },
      peer_urls: [`https://${target}:2380`],
    }));
    const leader = this.#leads();
    const idOf = (one: ModelMachine | undefined): string =>
      String(one === undefined ? 0 : this.#controlPlanes.indexOf(one) + 1);
    const service = {
      id: 'etcd',
      state: 'Running',
      events: { events: [{ state: 'Running' }] },
      health: { healthy: true },
    };
    const replies: Readonly<Record<string, unknown>> = {
      Version: { version: { tag: machine.version } },
      EtcdMemberList: { members },
      EtcdAlarmList: { member_alarms: [] },
      EtcdStatus: {
        member_status: {
          member_id: idOf(machine),
          leader: idOf(leader),
          raft_term: '7',
          protocol_version: '3.6.6',
          storage_version: '3.6.0',
          errors: [],
        },
      },
      ServiceList: { services: [service] },
      SystemStat: { boot_time: 1_000 * machine.boots + this.clockSetS },
    };
    return { messages: [replies[path.slice(path.lastIndexOf('/') + 1)]] };
  }

  async *#stream(
    path: string,
    type: string,
    { node, signal }: StreamCall,
    life: { readonly isOver: boolean },
  ): AsyncGenerator<unknown> {
    if (life.isOver) await NEVER;
    const machine = this.#reached(node);
    if (path.endsWith('/Read')) {
      if (!this.mayRead) throw new Failed({ code: 'denied', message: 'The role may not read files.' });
      yield { bytes: Buffer.from(`${node}-boot-${machine.boots}\n`) };
      return;
    }
    if (path.endsWith('/Events')) {
      yield { id: `hello-${node}`, actor_id: '', data: { type_url: '', value: Buffer.alloc(0) } };
      for (const task of this.tasks) {
        const value = writeMessage([{ number: 1, string: task }]);
        yield { id: `${node}-${task}`, actor_id: 'ours', data: { type_url: 'talos/runtime/machine.TaskEvent', value } };
      }
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return;
    }
    const cells: Readonly<Record<string, readonly string[]>> = {
      'MachineStatuses.runtime.talos.dev': ['running', 'true'],
      'SystemInformations.hardware.talos.dev': [`uuid-${node}`],
      'Identities.cluster.talos.dev': [`id-${node}-${machine.identity}`],
      'NodeStatuses.kubernetes.talos.dev': ['true'],
    };
    yield { resource: { metadata: { id: 'one' }, spec: { yaml_spec: JSON.stringify(cells[type] ?? []) } } };
  }

  async #change(method: string, machine: ModelMachine): Promise<unknown> {
    const name = method.slice(method.lastIndexOf('/') + 1);
    this.sent.push(`${name} ${machine.summary.target}`);
    this.onSent(name, machine.summary.target);
    await Promise.resolve();
    if (name === 'EtcdForfeitLeadership') {
      this.#leader = (this.#controlPlanes.indexOf(machine) + 1) % this.#controlPlanes.length;
      return { messages: [{ member: '' }] };
    }
    const { fate } = machine;
    if (fate === 'refused') throw new Failed({ code: 'precondition', message: 'It refuses.' });
    if (fate !== 'lost') this.#reboots(machine);
    if (fate === 'lost' || fate === 'lost-and-done')
      throw new Failed({ code: 'maybe-done', message: 'The answer was lost.', retry: 'ask' });
    return { messages: [{ actor_id: 'ours' }] };
  }

  #reboots(machine: ModelMachine): void {
    this.#clock.after(DOWN_AFTER_MS, () => {
      machine.isAway = true;
      this.mostAway = Math.max(this.mostAway, this.#controlPlanes.filter(({ isAway }) => isAway).length);
      if (machine.fate === 'never-back') return;
      this.#clock.after(BOOT_MS, () => {
        machine.isAway = false;
        machine.boots += 1;
        if (machine.fate === 'another-version') machine.version = 'v1.12.0';
        if (machine.fate === 'another-identity') machine.identity += 1;
      });
    });
  }
}

const NEVER = new Promise<never>(() => undefined);

interface StreamCall {
  readonly node: string;
  readonly signal: AbortSignal;
}
