import * as v from 'valibot';
import { MOST_DEED_MACHINES, type DeedRecord, type DeedSpan, type DeedStep } from '../../../preload/contract/index.ts';
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

/** Of one machine: some acts, and the phases of its sequences. */
const MOST_SPANS = 60;
const MOST_NAME = 80;

const spanSchema = v.strictObject({
  kind: v.picklist(['act', 'phase'] as const),
  name: v.pipe(v.string(), v.maxLength(MOST_NAME)),
  ms: count,
});

/** How long a deed took on a machine, as it is kept; undefined where there is nothing to be compared. */
export function tookLine(deed: string, node: string, spans: readonly DeedSpan[]): JournalLine | undefined {
  if (spans.length < 2) return undefined;
  const kept = spans.slice(0, MOST_SPANS).map((span) => ({ ...span, name: span.name.slice(0, MOST_NAME) }));
  return { type: 'took', id: deed, node, spans: kept };
}

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
  v.strictObject({
    type: v.literal('took'),
    id,
    node: text,
    spans: v.pipe(v.array(spanSchema), v.maxLength(MOST_SPANS)),
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
    const kind = trace === undefined ? {} : { kind: trace.kind, cluster: trace.cluster };
    return new Map(deeds).set(line.id, { ...head, ...kind, steps, isOver: false });
  }
  const known = deeds.get(line.id);
  if (known === undefined || line.type === 'took') return deeds;
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

/** How long a deed took, by node. */
export type TookOf = ReadonlyMap<string, readonly DeedSpan[]>;

/** How long a deed took, as it would be written anew. */
export const tookLines = (id: string, took: TookOf): readonly JournalLine[] =>
  [...took].flatMap(([node, spans]) => tookLine(id, node, spans) ?? []);

/** A deed as it would be written anew. */
export function deedLines(
  { steps, isOver, kind: _kind, cluster: _cluster, ...head }: DeedRecord,
  trace: DeedTrace | undefined,
  took: TookOf = new Map(),
): readonly JournalLine[] {
  const { id } = head;
  const machines = steps.map(({ node, name }) => ({ node, name }));
  return [
    { type: 'begun', ...head, ...(trace !== undefined && { trace }), machines },
    ...steps.map(({ name: _name, looking: _looking, ...step }): JournalLine => ({ type: 'step', id, ...step })),
    ...tookLines(id, took),
    ...(isOver ? [{ type: 'over' as const, id, atMs: head.atMs }] : []),
  ];
}
