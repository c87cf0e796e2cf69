import { setImmediate } from 'node:timers/promises';
import type { LinesCommand } from '../commands/kit/definition.ts';
import { FollowedPulse, MOST_PULSES } from './followed-pulse.ts';
import { LineSplitter } from './sinks/line-splitter.ts';
import type { NodesWork } from './nodes-work.ts';
import type { RunOutput } from './run-output.ts';
import type { RunRequest } from './run-request.ts';

/** That a node writes is told once in so long. */
const HEARD_EVERY_MS = 5000;

/**
 * Bytes that become lines at a time. Talos sends 1 KiB; a node that sends megabytes in one message must neither hold up the
 * others nor make an event that no page is sent.
 */
const BYTES_AT_ONCE = 16 * 1024;

/** A message in parts, with other work in between. */
async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let from = 0; from < bytes.length; from += BYTES_AT_ONCE) {
    if (from > 0) await setImmediate();
    yield bytes.subarray(from, from + BYTES_AT_ONCE);
  }
}

/** A command whose answers are lines, as they come. `startedAt` is on the monotonic clock. */
export function linesOfNodes(
  { command, connection, params, clock, observer, ways, ...request }: RunRequest<LinesCommand>,
  output: RunOutput,
  startedAt: number,
): NodesWork {
  const isFollowing = command.follows(params);
  return {
    columns: command.columns,
    end: () => [],
    node: async ({ node, signal, stands }) => {
      await output.room(signal);
      if (signal.aborted) return output.skip(node);
      const begunAt = clock.monotonic();
      const deadlineMs = isFollowing ? Infinity : request.deadlineMs - (begunAt - startedAt);
      const splitter = new LineSplitter();
      const push = (lines: readonly string[]): void => {
        if (lines.length > 0) output.push({ type: 'lines', node, lines });
      };
      let endpoint: string | undefined;
      let heardAt = -Infinity;
      let caller = connection;
      let hasCome = false;
      /** Monotonic: when the way before this one was left. */
      let leftAt: number | undefined;
      const pulse =
        isFollowing && request.nodes.length <= MOST_PULSES
          ? new FollowedPulse({ node, caller: () => caller, clock, output, isSeen: request.isSeen ?? (() => true) })
          : undefined;
      const onEndpoint = (name: string): void => {
        if (leftAt !== undefined) {
          output.push({ type: 'gap', node, from: endpoint ?? '', to: name, gapMs: clock.monotonic() - leftAt });
        }
        leftAt = undefined;
        endpoint = name;
        output.push({ type: 'calling', node, endpoint: name });
        // A log may be quiet for hours: it needs its place no longer than until it was asked for.
        if (isFollowing) stands();
        pulse?.through(name);
      };
      const read = async (until: AbortSignal): Promise<void> => {
        const call = { node, deadlineMs, signal: until, onEndpoint, goesOn: hasCome };
        for await (const item of command.open(caller, params, call)) {
          hasCome = true;
          if (item.type === 'gap') {
            push(splitter.end());
            output.push({ ...item, node });
            continue;
          }
          pulse?.heard();
          if (clock.monotonic() - heardAt > HEARD_EVERY_MS) {
            heardAt = clock.monotonic();
            observer?.heard?.(node);
          }
          for await (const part of partsOf(item.value)) {
            await output.room(signal);
            signal.throwIfAborted();
            push(splitter.take(part));
          }
        }
        push(splitter.end());
      };
      /** Over one way after another, until the lines end. */
      const readAll = async (): Promise<void> => {
        for (;;) {
          const way = isFollowing ? ways?.now : undefined;
          if (way === undefined) return read(signal);
          caller = way.caller;
          try {
            return await read(AbortSignal.any([signal, way.left]));
          } catch (error) {
            if (!way.left.aborted || signal.aborted) throw error;
            push(splitter.end());
            if (endpoint !== undefined) leftAt = clock.monotonic();
          }
        }
      };
      try {
        await readAll();
        const durationMs = clock.monotonic() - begunAt;
        const notes = splitter.notes();
        const said = notes.length > 0 ? { notes } : {};
        output.push({ type: 'answered', node, endpoint: endpoint ?? '', durationMs, rows: [], ...said });
      } catch (error) {
        push(splitter.end());
        const why = caller.explain(error, { node, endpoint });
        observer?.error?.(node, error, why);
        const durationMs = clock.monotonic() - begunAt;
        output.push({ type: 'failed', node, ...(endpoint !== undefined && { endpoint }), durationMs, failure: why });
      } finally {
        pulse?.stop();
      }
    },
  };
}
