import type { NodeRun, Run } from '../../state/run.svelte.ts';

/** Beyond the usual distance of two answers, so much more makes an answer old. */
const LEAST_GRACE_MS = 500;
/** Slow answers are no missing ones. */
const PATIENCE = 1.5;
/** No node is waited for longer when a run is repeated, unless its answers take long. */
const LEAST_DEADLINE_MS = 5000;

const slowestMs = (run: Run): number =>
  Math.max(0, ...run.nodes.map(({ state, durationMs = 0 }) => (state === 'done' ? durationMs : 0)));

/** When what a node told last was true; of a run fetched from the history, when that run began. */
const askedAtMs = (run: Run, node: NodeRun): number => node.atMs ?? run.startedAtMs;

/** The nodes of a live run whose answers are older than they should be, with when they came. */
export function oldAnswers(run: Run, everyMs: number, nowMs: number): ReadonlyMap<string, number> {
  const mostMs = everyMs + Math.max(LEAST_GRACE_MS, slowestMs(run) * PATIENCE);
  return new Map(
    run.nodes.flatMap((node) => {
      const atMs = askedAtMs(run, node);
      return node.state === 'done' && nowMs - atMs > mostMs ? [[node.node, atMs] as const] : [];
    }),
  );
}

/** The nodes whose lines are followed and that nothing proves to be there, with since when. */
export const silentNodes = (run: Run): ReadonlyMap<string, number> =>
  new Map(
    run.nodes.flatMap(({ node, state, silent }) =>
      state === 'running' && silent !== undefined ? [[node, silent.sinceMs] as const] : [],
    ),
  );

/** How long each node gets when the run is repeated. */
export const liveDeadlineMs = (run: Run): number => Math.ceil(Math.max(LEAST_DEADLINE_MS, slowestMs(run) * 3));
