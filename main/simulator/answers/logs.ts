import { stream, unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { unknownError } from '../endpoint/errors.ts';
import { containerLog, dmesgSource, LINES_KEPT, logSource, type LogSource } from '../node/log-lines.ts';
import { containerHash, podsOf } from '../node/workload.ts';
import { askedPlace } from './containers/place.ts';

/** Talos sends data in pieces of at most so many bytes, without regard for characters or lines. */
const CHUNK_BYTES = 1_024;

/** Fast logs are sent in turns of at least so long, as a reader of a busy file sees them. */
const TURN_MS = 10;

const NEWLINE = 10;

interface Chunk {
  readonly bytes: Buffer;
}

/** Lines from number `first` on. */
interface Part {
  readonly first: number;
  readonly text: string;
}

function* chunks(text: string): Generator<Chunk> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield { bytes: bytes.subarray(at, at + CHUNK_BYTES) };
}

/** How many lines were written by now; line n at boot + (n + 1) intervals. */
function linesWritten(source: LogSource, { node, nowMs }: AnswerContext): number {
  return Math.max(0, Math.floor(((node.quietSinceMs ?? nowMs()) - node.bootedAtMs) / source.intervalMs));
}

function linesFrom(source: LogSource, from: number, to: number, bootedAtMs: number): string {
  let text = '';
  for (let index = from; index < to; index++) {
    text += `${source.line(index, bootedAtMs + (index + 1) * source.intervalMs)}\n`;
  }
  return text;
}

/** What is written from line `next` on, for as long as the reader follows. */
async function* follow(source: LogSource, next: number, context: AnswerContext): AsyncGenerator<Part> {
  const { bootedAtMs } = context.node;
  for (let sent = next; ;) {
    const dueMs = bootedAtMs + (sent + 1) * source.intervalMs - context.nowMs();
    await context.wait(Math.max(TURN_MS, dueMs));
    const written = linesWritten(source, context);
    if (written <= sent) continue;
    const first = Math.max(sent, written - LINES_KEPT);
    yield { first, text: linesFrom(source, first, written, bootedAtMs) };
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
  const first = Math.max(0, written - wanted);
  const boot = context.node.bootId;
  yield* counted({ first, text: linesFrom(source, first, written, context.node.bootedAtMs) });
  if (!following) return;
  for await (const part of follow(source, written, context)) yield* counted(part);

  function* counted(part: Part): Generator<Chunk> {
    let line = part.first;
    for (const chunk of chunks(part.text)) {
      yield chunk;
      // Asked for the next one, so this one was sent.
      const from = line;
      for (const byte of chunk.bytes) if (byte === NEWLINE) line += 1;
      context.node.sentLines.add(source.name, boot, from, line);
    }
  }
}

/** Ids that may be asked for in the Kubernetes namespace: `namespace/pod:container`, with or without its hash. */
function podContainerIds({ node }: AnswerContext): readonly string[] {
  return podsOf(node).flatMap((pod) =>
    pod.containers.map(({ name }) => `${pod.id}:${name}:${containerHash(node, `${pod.id}:${name}`)}`),
  );
}

/** Logs of machined itself that belong to no service. */
const INTERNAL_LOGS = ['controller-runtime', 'dns-resolve-cache'];

const registeredLogs = ({ node }: AnswerContext): readonly string[] => [
  ...node.services.list().map((service) => service.id),
  ...INTERNAL_LOGS,
];

/** The log a request means. Only the kubelet's is a service's log in every namespace. */
function findLog(
  request: { readonly namespace: string; readonly driver: string | number; readonly id: string },
  context: AnswerContext,
): LogSource {
  const { namespace, id } = request;
  if (namespace === 'system' || id === 'kubelet') {
    if (registeredLogs(context).includes(id)) return logSource(context.node, id);
    throw unknownError(`log "${id}" was not registered`);
  }
  const place = askedPlace(request, context.node);
  const known = podContainerIds(context).some((each) => each === id || each.replace(/:[^:]*$/, '') === id);
  if (place === 'kubernetes' && known) return containerLog(context.node, id);
  throw unknownError(`container "${id}" not found`);
}

/** What services, containers and the kernel wrote. */
export const logAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/LogsContainers', (_request, context) => ({
    messages: [{ ids: [...registeredLogs(context)] }],
  })),
  stream('/machine.MachineService/Logs', (request, context) =>
    log(findLog(request, context), request.tail_lines, request.follow, context),
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
    for await (const { text } of follow(source, written, context)) {
      for (const line of text.split(/(?<=\n)/)) yield { bytes: Buffer.from(line) };
    }
  }),
];
