import * as v from 'valibot';
import { MOST_DEED_MACHINES, type DeedRecord, type DeedStep } from '../../../preload/contract/index.ts';
import type { DeedTrace } from '../plans/journal.ts';

const text = v.pipe(v.string(), v.maxLength(4096));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const atMs = v.pipe(v.number(), v.integer(), v.minValue(0));
const stage = v.picklist(['waiting', 'preparing', 'asked', 'tracking', 'done', 'failed', 'maybe', 'left'] as const);

const count = v.pipe(v.number(), v.finite(), v.minValue(0));

const beforeSchema = v.strictObject({
  ...{ uuid: v.exactOptional(text), nodeId: v.exactOptional(text), bootId: v.exactOptional(text) },
  ...{ bootAtS: v.exactOptional(count), settlesMs: v.exactOptional(count) },
  ...{ version: v.exactOptional(text), versionAfter: v.exactOptional(text) },
  versionRule: v.exactOptional(v.picklist(['late', 'another'] as const)),
  ...{ trace: v.exactOptional(text), saw: v.exactOptional(text) },
});

const traceSchema = v.strictObject({
  ...{ kind: id, cluster: text },
  params: v.pipe(v.record(v.pipe(v.string(), v.maxLength(64)), v.union([text, v.boolean()])), v.maxEntries(64)),
  machines: v.pipe(v.record(text, beforeSchema), v.maxEntries(MOST_DEED_MACHINES)),
});

/** One line of the journal: something that is about to happen, or that happened. */
const lineSchema = v.variant('type', [
  v.strictObject({
    ...{ type: v.literal('begun'), id, atMs, deed: text, context: text, file: text, talosctl: text },
    ...{ certificate: v.exactOptional(text), trace: v.exactOptional(traceSchema) },
    machines: v.pipe(v.array(v.strictObject({ node: text, name: text })), v.maxLength(MOST_DEED_MACHINES)),
  }),
  v.strictObject({
    ...{ type: v.literal('step'), id, atMs, node: text, stage, text: v.exactOptional(text) },
    ...{ lookUp: v.exactOptional(v.picklist(['wanted', 'done'] as const)), giveBack: v.exactOptional(text) },
  }),
  v.strictObject({ type: v.literal('over'), id, atMs }),
]);

/** A line as it is written. */
export type JournalLine = v.InferOutput<typeof lineSchema>;

/** The line as text; long texts of nodes are cut. */
export function lineText(line: JournalLine): string {
  const cut = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.slice(0, 4096) : value);
  return `${JSON.stringify(line, cut)}\n`;
}

/** The line a text is; undefined for what is none, such as one that a crash cut. */
export function readLine(source: string): JournalLine | undefined {
  try {
    const read = v.safeParse(lineSchema, JSON.parse(source));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** The deeds after one more line. What is of a deed that is not known changes nothing. */
export function withLine(deeds: ReadonlyMap<string, DeedRecord>, line: JournalLine): ReadonlyMap<string, DeedRecord> {
  if (line.type === 'begun') {
    const { type: _type, machines, trace, ...head } = line;
    const steps = machines.map((machine): DeedStep => ({ ...machine, stage: 'waiting', atMs: line.atMs }));
    const kind = trace === undefined ? {} : { kind: trace.kind };
    return new Map(deeds).set(line.id, { ...head, ...kind, steps, isOver: false });
  }
  const known = deeds.get(line.id);
  if (known === undefined) return deeds;
  return new Map(deeds).set(line.id, line.type === 'step' ? stepped(known, line) : over(known, line.atMs));
}

function stepped(known: DeedRecord, line: Extract<JournalLine, { type: 'step' }>): DeedRecord {
  const { type: _type, id: _id, ...now } = line;
  const steps = known.steps.map((step) => (step.node === line.node ? { ...now, name: step.name } : step));
  return { ...known, steps };
}

/** Whatever waits is not asked any more. */
function over(known: DeedRecord, atMs: number): DeedRecord {
  const steps = known.steps.map((step): DeedStep =>
    step.stage === 'waiting' ? { ...step, stage: 'left', atMs } : step,
  );
  return { ...known, steps, isOver: true };
}

/** A deed as it would be written anew. */
export function deedLines(
  { steps, isOver, kind: _kind, ...head }: DeedRecord,
  trace: DeedTrace | undefined,
): readonly JournalLine[] {
  const { id } = head;
  const machines = steps.map(({ node, name }) => ({ node, name }));
  return [
    { type: 'begun', ...head, ...(trace !== undefined && { trace }), machines },
    ...steps.map(({ name: _name, looking: _looking, ...step }): JournalLine => ({ type: 'step', id, ...step })),
    ...(isOver ? [{ type: 'over' as const, id, atMs: head.atMs }] : []),
  ];
}
