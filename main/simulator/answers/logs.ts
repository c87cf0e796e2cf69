import { stream, unary, type AnswerContext, type AnswerEntry } from '../answer.ts';
import { notFound } from '../errors.ts';
import { dmesgSource, LINES_KEPT, logSource, type LogSource } from '../log-lines.ts';
import { containerHash, podsOf, systemContainers } from '../workload.ts';

/** Talos sends data in pieces of at most so many bytes, without regard for characters or lines. */
const CHUNK_BYTES = 1_024;

/** Fast logs are sent in turns of at least so long, as a reader of a busy file sees them. */
const TURN_MS = 10;

interface Chunk {
  readonly bytes: Buffer;
}

function* chunks(text: string): Generator<Chunk> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield { bytes: bytes.subarray(at, at + CHUNK_BYTES) };
}

/** How many lines were written by now; line n at boot + (n + 1) intervals. */
function linesWritten(source: LogSource, { node, nowMs }: AnswerContext): number {
  return Math.max(0, Math.floor((nowMs() - node.bootedAtMs) / source.intervalMs));
}

function linesFrom(source: LogSource, from: number, to: number, bootedAtMs: number): string {
  let text = '';
  for (let index = from; index < to; index++) {
    text += `${source.line(index, bootedAtMs + (index + 1) * source.intervalMs)}\n`;
  }
  return text;
}

/** What is written from line `next` on, for as long as the reader follows. */
async function* follow(source: LogSource, next: number, context: AnswerContext): AsyncGenerator<string> {
  const { bootedAtMs } = context.node;
  for (let sent = next; ;) {
    const dueMs = bootedAtMs + (sent + 1) * source.intervalMs - context.nowMs();
    await context.wait(Math.max(TURN_MS, dueMs));
    const written = linesWritten(source, context);
    if (written <= sent) continue;
    yield linesFrom(source, Math.max(sent, written - LINES_KEPT), written, bootedAtMs);
    sent = written;
  }
}

async function* log(
  source: LogSource,
  tailLines: number,
  following: boolean,
  context: AnswerContext,
): AsyncGenerator<Chunk> {
  const written = linesWritten(source, context);
  const wanted = tailLines < 0 ? LINES_KEPT : Math.min(tailLines, LINES_KEPT);
  yield* chunks(linesFrom(source, Math.max(0, written - wanted), written, context.node.bootedAtMs));
  if (!following) return;
  for await (const text of follow(source, written, context)) yield* chunks(text);
}

/** Ids that may be asked for in the Kubernetes namespace: `namespace/pod:container`, with or without its hash. */
function podContainerIds({ node }: AnswerContext): readonly string[] {
  return podsOf(node).flatMap((pod) =>
    pod.containers.map(({ name }) => `${pod.id}:${name}:${containerHash(node, `${pod.id}:${name}`)}`),
  );
}

function findLog(namespace: string, id: string, context: AnswerContext): LogSource {
  const { node } = context;
  const isService = node.services.list().some((service) => service.id === id);
  if (isService && (namespace !== 'k8s.io' || id === 'kubelet')) return logSource(node, id);
  const known = podContainerIds(context).some((each) => each === id || each.replace(/:[^:]*$/, '') === id);
  if (namespace === 'k8s.io' && known) return logSource(node, id);
  throw notFound(namespace === 'k8s.io' ? `container "${id}" not found` : `log "${id}" was not registered`);
}

/** What services, containers and the kernel wrote. */
export const logAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/LogsContainers', (_request, context) => ({
    messages: [
      {
        ids: [
          ...new Set([
            ...context.node.services.list().map((service) => service.id),
            ...systemContainers(context.node).map(({ name }) => name),
          ]),
        ],
      },
    ],
  })),
  stream('/machine.MachineService/Logs', (request, context) =>
    log(findLog(request.namespace, request.id, context), request.tail_lines, request.follow, context),
  ),
  // `tail` starts with what comes next; without `follow` the stream ends after what is there.
  stream('/machine.MachineService/Dmesg', async function* (request, context) {
    const source = dmesgSource(context.node);
    const written = linesWritten(source, context);
    const lines = request.tail
      ? ''
      : linesFrom(source, Math.max(0, written - LINES_KEPT), written, context.node.bootedAtMs);
    for (const line of lines.split(/(?<=\n)/)) if (line !== '') yield { bytes: Buffer.from(line) };
    if (!request.follow) return;
    for await (const text of follow(source, written, context)) {
      for (const line of text.split(/(?<=\n)/)) yield { bytes: Buffer.from(line) };
    }
  }),
];
