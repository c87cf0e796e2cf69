import { assertNever } from '../../lib/assert-never.ts';
import type { Clock } from '../../lib/clock.ts';
import type { NodeService, ServiceState } from './node-services.ts';
import { writeMessage, type ProtoField } from '../wire/protobuf-writer.ts';
import { steadyHex } from '../wire/random.ts';
import type { NodeFacts } from './node-facts.ts';
import type { SequenceStep } from '../sequences/going-down.ts';

/** Numbers of machine.MachineStatusEvent.MachineStage. */
const MACHINE_STAGES = {
  running: 4,
  rebooting: 5,
  'shutting-down': 6,
  resetting: 7,
} as const;

/** Numbers of machine.ServiceStateEvent.Action. */
const SERVICE_ACTIONS: Readonly<Record<ServiceState, number>> = {
  Initialized: 0,
  Preparing: 1,
  Waiting: 2,
  Running: 3,
  Stopping: 4,
  Finished: 5,
  Failed: 6,
  Skipped: 7,
  Starting: 8,
};

/** Numbers of machine.SequenceEvent.Action. */
const START = 1;
const STOP = 2;

/** An event of machined. */
export interface NodeEvent {
  /** An xid: sorts by time as text. */
  readonly id: string;
  readonly atMs: number;
  /** Name of the message inside: `machine.ServiceStateEvent`. */
  readonly type: string;
  readonly value: Buffer;
  readonly actorId: string;
}

/** A node keeps so many; older ones are forgotten, as machined's ring does. */
const KEPT = 1_000;

const XID_DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** Twelve bytes (seconds, machine, counter) in 20 characters of base 32. */
function xid(atMs: number, machineHex: string, counter: number): string {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(Math.floor(atMs / 1000), 0);
  Buffer.from(machineHex, 'hex').copy(bytes, 4, 0, 5);
  bytes.writeUIntBE(counter & 0xffffff, 9, 3);
  const bits = BigInt(`0x${bytes.toString('hex')}`) >> 4n;
  let text = '';
  for (let digit = 0; digit < 20; digit++) text = (XID_DIGITS[Number((bits >> BigInt(5 * digit)) & 31n)] ?? '') + text;
  return text;
}

/** The events of one node: those of its boot, made up when first asked for, and all that happened since. */
export class NodeEvents {
  readonly #clock: Clock;
  readonly #skewMs: number;
  readonly #machineHex: string;
  readonly #events: NodeEvent[] = [];
  readonly #listeners = new Set<() => void>();
  #counter = 0;
  #writeBootOnce: () => void;

  constructor(node: NodeFacts, clock: Clock, bootedAtMs: number, services: readonly NodeService[]) {
    this.#clock = clock;
    this.#skewMs = node.clockSkewMs;
    this.#machineHex = steadyHex(10, node.seed, node.name, 'xid');
    this.#writeBootOnce = () => {
      this.#writeBootOnce = () => undefined;
      this.#writeBoot(node, bootedAtMs, services);
    };
  }

  /** Oldest first. */
  list(): readonly NodeEvent[] {
    this.#writeBootOnce();
    return this.#events;
  }

  /** Calls `listener` after each new event until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #add(type: string, fields: readonly ProtoField[], atMs: number, actorId: string): void {
    this.#counter += 1;
    const id = xid(atMs, this.#machineHex, this.#counter);
    this.#events.push({ id, atMs, type: `machine.${type}`, value: writeMessage(fields), actorId });
    if (this.#events.length > KEPT) this.#events.shift();
  }

  #addNow(type: string, fields: readonly ProtoField[], actorId = ''): void {
    this.#writeBootOnce();
    this.#add(type, fields, this.#clock.now() + this.#skewMs, actorId);
    for (const listener of [...this.#listeners]) listener();
  }

  /** An id of now that no event has. */
  freshId(): string {
    this.#writeBootOnce();
    this.#counter += 1;
    return xid(this.#clock.now() + this.#skewMs, this.#machineHex, this.#counter);
  }

  service(service: NodeService): void {
    const latest = service.events.at(-1);
    if (latest !== undefined) this.#addNow('ServiceStateEvent', serviceFields(service, latest.state, latest.message));
  }

  stage(stage: keyof typeof MACHINE_STAGES, ready: boolean): void {
    this.#addNow('MachineStatusEvent', stageFields(stage, ready));
  }

  /** A configuration could not be used. */
  configError(kind: 'load' | 'validation', message: string): void {
    const type = kind === 'load' ? 'ConfigLoadErrorEvent' : 'ConfigValidationErrorEvent';
    this.#addNow(type, [{ number: 1, string: message }]);
  }

  /** A sequence ended because something in it failed. */
  sequenceFailed(name: string, message: string, actorId: string): void {
    const error: ProtoField = { number: 3, message: [{ number: 2, string: message }] };
    this.#addNow('SequenceEvent', [...actionFields(name, 0), error], actorId);
  }

  /** A step of a sequence, such as `reboot`, began or ended. */
  step(step: SequenceStep, actorId: string): void {
    const action = step.action === 'start' ? START : STOP;
    switch (step.kind) {
      case 'sequence':
        this.#addNow('SequenceEvent', actionFields(step.name, action), actorId);
        return;
      case 'phase':
        this.#addNow('PhaseEvent', actionFields(step.name, action - START), actorId);
        return;
      case 'task':
        this.#addNow('TaskEvent', actionFields(step.name, action - START), actorId);
        return;
      default:
        assertNever(step.kind);
    }
  }

  #writeBoot(node: NodeFacts, bootedAtMs: number, services: readonly NodeService[]): void {
    const boot: { readonly atSeconds: number; readonly type: string; readonly fields: readonly ProtoField[] }[] = [
      { atSeconds: 1, type: 'SequenceEvent', fields: actionFields('boot', START) },
      ...['saveStateEncryptionConfig', 'mountState', 'startEverything'].flatMap((phase, index) => [
        { atSeconds: 2 + index, type: 'PhaseEvent', fields: actionFields(phase, 0) },
        { atSeconds: 2.4 + index, type: 'PhaseEvent', fields: actionFields(phase, 1) },
      ]),
      {
        atSeconds: 5,
        type: 'AddressEvent',
        fields: [
          { number: 1, string: node.name },
          { number: 2, string: node.address },
        ],
      },
      ...services.flatMap((service) =>
        service.events.map((entry) => ({
          atSeconds: (entry.atMs - bootedAtMs) / 1000,
          type: 'ServiceStateEvent',
          fields: serviceFields(service, entry.state, entry.message),
        })),
      ),
      { atSeconds: 20, type: 'SequenceEvent', fields: actionFields('boot', STOP) },
      { atSeconds: 21, type: 'MachineStatusEvent', fields: stageFields('running', true) },
    ];
    // A boot that was made short is over already.
    const latestMs = this.#clock.now() + this.#skewMs;
    for (const { atSeconds, type, fields } of boot.sort((a, b) => a.atSeconds - b.atSeconds)) {
      this.#add(type, fields, Math.min(latestMs, bootedAtMs + atSeconds * 1000), '');
    }
  }
}

/** A sequence or a phase, and what it does. */
const actionFields = (name: string, action: number): readonly ProtoField[] => [
  { number: 1, string: name },
  { number: 2, varint: action },
];

function serviceFields(service: NodeService, state: ServiceState, message: string): readonly ProtoField[] {
  return [
    { number: 1, string: service.id },
    { number: 2, varint: SERVICE_ACTIONS[state] },
    { number: 3, string: message },
    {
      number: 4,
      message: [
        { number: 1, varint: service.healthy === null },
        { number: 2, varint: service.healthy === true },
        { number: 3, string: service.healthMessage },
      ],
    },
  ];
}

function stageFields(stage: keyof typeof MACHINE_STAGES, ready: boolean): readonly ProtoField[] {
  return [
    { number: 1, varint: MACHINE_STAGES[stage] },
    { number: 2, message: [{ number: 1, varint: ready }] },
  ];
}
