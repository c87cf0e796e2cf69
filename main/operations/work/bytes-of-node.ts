import { formatNumber } from '../../../preload/contract/format/numbers.ts';
import type { RunNote } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import type { Arrived } from '../downloads/arrived.ts';
import { fileToSave, saveFile } from '../downloads/save-file.ts';
import { folderToSave, saveFolder } from '../downloads/save-folder.ts';
import { checkedSnapshot } from '../downloads/snapshot-check.ts';
import type { BytesCommand, Row } from '../commands/kit/definition.ts';
import { cancelled } from '../app/desktop.ts';
import { Progress } from './progress.ts';
import type { NodesWork } from './nodes-work.ts';
import type { RunOutput } from './run-output.ts';
import type { RunRequest } from './run-request.ts';
import { RowSlices } from './run-rows.ts';

/** How long it may take to learn what is worth knowing beside. */
const WARN_WITHIN_MS = 5000;

/** Writes the bytes of a node to the place that was chosen. */
type Save = (bytes: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<Arrived>;

/**
 * A command whose answer is saved. The place is asked for before anything is asked of the node. It may take as long as bytes
 * come; its deadline is the longest time without any. Throws Failed: `invalid` for several nodes, `cancelled` when nothing was
 * chosen, and what looking at the place throws.
 */
export async function bytesOfNode(request: RunRequest<BytesCommand>, output: RunOutput): Promise<NodesWork> {
  const { command, connection, params, clock, observer } = request;
  const nodes = [...new Set(request.nodes)];
  const [only = ''] = nodes;
  if (nodes.length !== 1) throw notOneNode(command);
  const save = await placeFor(request, only);
  const notes: RunNote[] = [];
  return {
    columns: command.columns,
    end: () => notes,
    node: async ({ node, signal }) => {
      if (signal.aborted) return output.skip(node);
      const begunAt = clock.monotonic();
      const progress = new Progress(clock, request.deadlineMs, (bytes, bytesPerSecond) => {
        output.push({ type: 'progress', node, bytes, bytesPerSecond });
      });
      let endpoint: string | undefined;
      const told = (): { readonly durationMs: number } => ({ durationMs: clock.monotonic() - begunAt });
      try {
        const bytes = command.open(connection, params, {
          node,
          deadlineMs: Infinity,
          signal: AbortSignal.any([signal, progress.overdue]),
          onEndpoint: (name) => {
            endpoint = name;
            output.push({ type: 'calling', node, endpoint: name });
          },
        });
        // Whatever it says, the bytes are what counts.
        const warning = command
          .warn?.(connection, { node, deadlineMs: WARN_WITHIN_MS, signal, onEndpoint: () => undefined })
          .catch(() => undefined);
        const arrived = warned(await save(progress.of(bytes), signal), await warning);
        observer?.heard?.(node);
        observer?.saved?.(arrived);
        const slices = new RowSlices(rowsOf(arrived), clock.monotonic);
        let last = await slices.next();
        for (; !last.isLast; last = await slices.next()) output.push({ type: 'rows', node, rows: last.rows });
        const { rows } = last;
        output.push({ type: 'answered', node, endpoint: endpoint ?? '', ...told(), rows, ...notesOf(arrived) });
      } catch (error) {
        const why = progress.overdue.aborted && !signal.aborted ? nothingCame(node, request.deadlineMs) : error;
        const failure = connection.explain(why, { node, endpoint });
        observer?.error?.(node, error, failure);
        output.push({ type: 'failed', node, ...(endpoint !== undefined && { endpoint }), ...told(), failure });
      } finally {
        progress.end();
      }
    },
  };
}

const warned = (arrived: Arrived, warning: string | undefined): Arrived =>
  warning === undefined ? arrived : { ...arrived, said: `${arrived.said}; ${warning}` };

async function placeFor(
  { command, params, connection, clock, saving }: RunRequest<BytesCommand>,
  node: string,
): Promise<Save> {
  if (saving === undefined) throw new Error('a command that saves bytes needs a place for them');
  const { context } = connection;
  const { name, ...wish } = command.suggest(params, { context, node, atMs: clock.now() });
  const path = await saving.choose({ ...wish, suggestedName: name, isDownload: true });
  if (path === undefined) throw cancelled();
  const kept = command.kept(params);
  if (kept === 'folder') {
    const target = await folderToSave(path);
    return (bytes) => saveFolder(target, bytes, saving.unfinished);
  }
  const place = await fileToSave(path);
  if (kept === 'file') return (bytes) => saveFile(place, bytes, 'saved', saving.unfinished);
  return async (bytes, signal) => {
    const said = kept === 'snapshot' ? 'saved; its SHA-256 is right' : 'saved';
    const whole = kept === 'snapshot' ? checkedSnapshot(bytes) : bytes;
    const arrived = await saveFile(place, whole, said, saving.unfinished);
    const content = await saving.aboutSnapshot?.(arrived.path, signal);
    return content === undefined ? arrived : { ...arrived, said: `${said}; ${content}` };
  };
}

function rowsOf({ name, bytes, said, refused = [] }: Arrived): readonly Row[] {
  return [[name, bytes, said], ...refused.map((one) => [one.name, null, `refused: ${one.why}`])];
}

function notesOf({ refused = [], refusedCount = 0 }: Arrived): { readonly notes?: readonly string[] } {
  const more = refusedCount - refused.length;
  return more > 0 ? { notes: [`${formatNumber(more)} more entries were refused.`] } : {};
}

const notOneNode = ({ title }: BytesCommand): Failed =>
  new Failed({
    code: 'invalid',
    message: `“${title}” asks exactly one node.`,
    hint: 'Choose one node and run it again.',
  });

const nothingCame = (node: string, deadlineMs: number): Failed =>
  new Failed({
    code: 'timeout',
    message: `Nothing came from ${node} for ${formatNumber(Math.round(deadlineMs / 1000))} s; nothing was kept.`,
    hint: 'Look whether the node is there, and try again.',
    where: { node },
    retry: 'safe',
  });
