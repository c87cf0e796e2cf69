import { Failed, failure } from '../../../../../main/lib/failed.ts';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import { writeMessage } from '../../../../../main/simulator/wire/protobuf-writer.ts';
import type { NodeSummary } from '../../../../../preload/contract/index.ts';
import type { FakeClock } from '../../../../fakes/fake-clock.ts';
import { goesDown, modelMachine, type Asked, type ModelMachine } from './model-machine.ts';
import { resourcesOf } from './model-resources.ts';

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
    this.machines = [
      ...Array.from({ length: controlPlanes }, (_none, at) => modelMachine('controlplane', at)),
      ...Array.from({ length: workers }, (_none, at) => modelMachine('worker', at)),
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

  /** Who takes part in etcd. */
  get #members(): readonly ModelMachine[] {
    return this.#controlPlanes.filter(({ hasLeft }) => !hasLeft);
  }

  /** Somebody who is there leads, if most are. */
  #leads(): ModelMachine | undefined {
    const all = this.#members;
    const there = all.filter(({ isAway }) => !isAway);
    if (there.length * 2 <= all.length) return undefined;
    const chosen = this.#controlPlanes[this.#leader];
    return chosen !== undefined && there.includes(chosen) ? chosen : there[0];
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
      change: (permit: { use(): { readonly method: string; readonly node: string } }, request: Omit<Asked, 'name'>) => {
        const { method, node } = permit.use();
        const name = method.slice(method.lastIndexOf('/') + 1);
        return unlessKilled(() => this.#change({ ...request, name }, this.#reached(node)));
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
    const reply = this.#replies[path.slice(path.lastIndexOf('/') + 1)];
    return { messages: [reply?.(machine)] };
  }

  readonly #idOf = (one: ModelMachine | undefined): string =>
    String(one === undefined ? 0 : this.#controlPlanes.indexOf(one) + 1);

  readonly #replies: Readonly<Record<string, (machine: ModelMachine) => unknown>> = {
    Version: ({ version }) => ({ version: { tag: version } }),
    EtcdMemberList: () => ({
      members: this.#members.map((member) => ({
        ...{ id: this.#idOf(member), hostname: member.summary.hostname, is_learner: false, client_urls: [] },
        peer_urls: [`https://${member.summary.target}:2380`],
      })),
    }),
    EtcdAlarmList: () => ({ member_alarms: [] }),
    EtcdStatus: (machine) => ({
      member_status: {
        ...{ member_id: this.#idOf(machine), leader: this.#idOf(this.#leads()), raft_term: '7', errors: [] },
        ...{ protocol_version: '3.6.6', storage_version: '3.6.0' },
      },
    }),
    ServiceList: () => ({ services: [ETCD_SERVICE] }),
    SystemStat: ({ boots }) => ({ boot_time: 1_000 * boots + this.clockSetS }),
  };

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
      for (const task of this.tasks) yield taskEvent(node, task);
      yield* this.#tasksOf(machine, signal);
      return;
    }
    for (const { id, cells } of resourcesOf(type, machine))
      yield { resource: { metadata: { id }, spec: { yaml_spec: JSON.stringify(cells) } } };
  }

  /** What a machine tells from now on, until it goes away. */
  async *#tasksOf({ listeners, summary }: ModelMachine, signal: AbortSignal): AsyncGenerator<unknown> {
    const told: (string | undefined)[] = [];
    let wake: () => void = () => undefined;
    const listen = (task: string | undefined): void => {
      told.push(task);
      wake();
    };
    listeners.add(listen);
    signal.addEventListener('abort', () => listen(undefined), { once: true });
    try {
      for (;;) {
        if (told.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const task = told.shift();
        if (task === undefined) return;
        yield taskEvent(summary.target, task);
      }
    } finally {
      listeners.delete(listen);
    }
  }

  async #change(asked: Asked, machine: ModelMachine): Promise<unknown> {
    const { name } = asked;
    this.sent.push(`${name} ${machine.summary.target}`);
    this.onSent(name, machine.summary.target);
    await Promise.resolve();
    if (name === 'EtcdForfeitLeadership') {
      this.#leader = (this.#controlPlanes.indexOf(machine) + 1) % this.#controlPlanes.length;
      return { messages: [{ member: '' }] };
    }
    const { fate } = machine;
    if (fate === 'refused') throw new Failed({ code: 'precondition', message: 'It refuses.' });
    if (fate !== 'lost') goesDown(machine, asked, this.#clock, () => this.#countAway());
    if (fate === 'lost' || fate === 'lost-and-done')
      throw new Failed({ code: 'maybe-done', message: 'The answer was lost.', retry: 'ask' });
    return { messages: [{ actor_id: 'ours' }] };
  }

  #countAway(): void {
    this.mostAway = Math.max(this.mostAway, this.#controlPlanes.filter(({ isAway }) => isAway).length);
  }
}

/** A task that begins, as part of our own sequence. */
function taskEvent(node: string, task: string): unknown {
  const value = writeMessage([{ number: 1, string: task }]);
  return { id: `${node}-${task}`, actor_id: 'ours', data: { type_url: 'talos/runtime/machine.TaskEvent', value } };
}

const ETCD_SERVICE = {
  ...{ id: 'etcd', state: 'Running', events: { events: [{ state: 'Running' }] }, health: { healthy: true } },
};

const NEVER = new Promise<never>(() => undefined);

interface StreamCall {
  readonly node: string;
  readonly signal: AbortSignal;
}
