import type { LensEvent } from '../../../preload/contract/index.ts';

/** Fields of a message by number, as they came. */
type WireFields = ReadonlyMap<number, readonly (number | Buffer)[]>;

/** Of one payload; those of Talos have fewer than ten. */
const MOST_FIELDS = 200;
/** Of one text, and of one of many. */
const MOST_TEXT = 4000;
const MOST_SHORT = 200;
/** Texts of one list. */
const MOST_TEXTS = 50;

/** An event as the node sends it. */
export interface SentEvent {
  readonly id: string;
  readonly actor_id: string;
  readonly data: { readonly type_url: string; readonly value: Uint8Array } | null;
}

/**
 * What an event says (docs/talos-behaviour.md §6.2); undefined for the first message of the stream, which has no type. What
 * cannot be read is `unknown` with its type.
 */
export function readEvent({ id, actor_id: actor, data }: SentEvent): LensEvent | undefined {
  const type = data?.type_url ?? '';
  if (data === null || type === '') return undefined;
  const about = { id: id.slice(0, 64), actor: actor.slice(0, 64) };
  const name = type.slice(type.lastIndexOf('.') + 1);
  const fields = wireFields(Buffer.from(data.value.buffer, data.value.byteOffset, data.value.byteLength));
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined || fields === undefined)
    return { ...about, kind: 'unknown', subject: '', action: '', message: type.slice(0, 200), isError: false };
  return { ...about, ...NOTHING, ...read(fields) };
}

const NOTHING = { subject: '', action: '', message: '', isError: false } as const;

type Reader = (fields: WireFields) => Partial<LensEvent> & Pick<LensEvent, 'kind'>;

const SEQUENCE_ACTIONS = ['NOOP', 'START', 'STOP'];
const STEP_ACTIONS = ['START', 'STOP'];
const SERVICE_ACTIONS = [
  'INITIALIZED',
  'PREPARING',
  'WAITING',
  'RUNNING',
  'STOPPING',
  'FINISHED',
  'FAILED',
  'SKIPPED',
  'STARTING',
];
const STAGES = [
  'UNKNOWN',
  'BOOTING',
  'INSTALLING',
  'MAINTENANCE',
  'RUNNING',
  'REBOOTING',
  'SHUTTING_DOWN',
  'RESETTING',
  'UPGRADING',
];

const READERS: Readonly<Record<string, Reader>> = {
  SequenceEvent: (fields) => {
    const error = inner(fields, 3);
    const message = error === undefined ? '' : text(error, 2);
    return {
      kind: 'sequence',
      subject: text(fields, 1),
      action: word(fields, 2, SEQUENCE_ACTIONS),
      ...(error !== undefined && { message: `error: ${message}`, isError: true }),
    };
  },
  PhaseEvent: (fields) => ({ kind: 'phase', subject: text(fields, 1), action: word(fields, 2, STEP_ACTIONS) }),
  TaskEvent: (fields) => ({ kind: 'task', subject: text(fields, 1), action: word(fields, 2, STEP_ACTIONS) }),
  ServiceStateEvent: (fields) => {
    const action = word(fields, 2, SERVICE_ACTIONS);
    return {
      kind: 'service',
      subject: text(fields, 1),
      action,
      message: text(fields, 3),
      isError: action === 'FAILED',
    };
  },
  ConfigLoadErrorEvent: (fields) => ({ kind: 'config-load-error', message: text(fields, 1), isError: true }),
  ConfigValidationErrorEvent: (fields) => ({
    kind: 'config-validation-error',
    message: text(fields, 1),
    isError: true,
  }),
  AddressEvent: (fields) => ({
    kind: 'address',
    subject: text(fields, 1),
    message: `ADDRESSES: ${texts(fields, 2).join(',')}`,
  }),
  MachineStatusEvent: (fields) => {
    const status = inner(fields, 2);
    const isReady = status?.get(1)?.at(-1) === 1;
    const unmet = (status?.get(2) ?? []).slice(0, MOST_TEXTS).flatMap((one) => {
      const condition = typeof one === 'number' ? undefined : wireFields(one);
      if (condition === undefined) return [];
      const [name, reason] = [text(condition, 1, MOST_SHORT), text(condition, 2, MOST_SHORT)];
      return [reason === '' ? name : `${name} (${reason})`];
    });
    return {
      kind: 'machine-status',
      subject: word(fields, 1, STAGES),
      message: `ready: ${String(isReady)}, unmet conditions: [${unmet.join(', ')}]`.slice(0, MOST_TEXT),
    };
  },
  RestartEvent: (fields) => ({ kind: 'restart', message: `command ${String(fields.get(1)?.at(-1) ?? 0)}` }),
};

function text(fields: WireFields, number: number, most = MOST_TEXT): string {
  const value = fields.get(number)?.at(-1);
  return value === undefined || typeof value === 'number' ? '' : beginOf(value, most);
}

/** Only so many bytes are read: a piece of a long text would keep all of it in memory. A character has four at most. */
function beginOf(bytes: Buffer, most: number): string {
  return bytes
    .subarray(0, 4 * most)
    .toString('utf8')
    .slice(0, most);
}

function texts(fields: WireFields, number: number): readonly string[] {
  const all = (fields.get(number) ?? []).slice(0, MOST_TEXTS);
  return all.flatMap((one) => (typeof one === 'number' ? [] : [beginOf(one, MOST_SHORT)]));
}

/** The name of an enum's value; a newer one is its number. Missing is 0. */
function word(fields: WireFields, number: number, words: readonly string[]): string {
  const value = fields.get(number)?.at(-1) ?? 0;
  return typeof value === 'number' ? (words[value] ?? String(value)) : '';
}

function inner(fields: WireFields, number: number): WireFields | undefined {
  const value = fields.get(number)?.at(-1);
  return value === undefined || typeof value === 'number' ? undefined : wireFields(value);
}

/** Reads protobuf's wire format; undefined for bytes that are none. */
function wireFields(bytes: Buffer): WireFields | undefined {
  const fields = new Map<number, (number | Buffer)[]>();
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (let count = 0; count < 10; count += 1) {
      const byte = bytes[at++] ?? -1;
      if (byte < 0) return Number.NaN;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    return Number.NaN;
  };
  for (let count = 0; at < bytes.length; count += 1) {
    const key = varint();
    if (Number.isNaN(key) || count >= MOST_FIELDS) return undefined;
    const kind = key % 8;
    const lengths: Readonly<Record<number, () => number>> = { 1: () => 8, 2: varint, 5: () => 4 };
    let value: number | Buffer;
    if (kind === 0) value = varint();
    else {
      const length = lengths[kind]?.() ?? Number.NaN;
      if (!(length <= bytes.length - at)) return undefined;
      value = bytes.subarray(at, at + length);
      at += length;
    }
    if (typeof value === 'number' && Number.isNaN(value)) return undefined;
    const number = Math.floor(key / 8);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}
