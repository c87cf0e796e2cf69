import { formatDuration, formatNumber, listOf, plural } from '../../lib/format.ts';
import { silentNodes } from './live-age.ts';
import type { NodeRun, Run } from '../../state/run.svelte.ts';

/** `14 nodes · 13 ok · 1 failed · 0.31 s`. */
export function runSummary(run: Run): string {
  const { total, done, failed, cancelled, running, waiting } = run.counts;
  const open = running + waiting;
  // A run that broke before anybody was asked says nothing about its nodes.
  const isBroken = run.phase === 'broken';
  // A log that is followed may never end.
  const isLines = run.request.command.picture?.kind === 'lines';
  const silent = silentNodes(run).size;
  return [
    plural(total, 'node'),
    isBroken && done === 0 ? '' : `${formatNumber(done)} ok`,
    failed > 0 ? `${formatNumber(failed)} failed` : '',
    cancelled > 0 ? `${formatNumber(cancelled)} cancelled` : '',
    open > 0 && !isBroken ? `${formatNumber(open)} ${isLines ? 'open' : 'to come'}` : '',
    silent > 0 ? `${formatNumber(silent)} silent` : '',
    run.durationMs === undefined ? '' : formatDuration(run.durationMs),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** For those who hear it: `Version: 40 of 60 answered, 2 failed.` */
export function runAnnouncement(run: Run): string {
  const { total, done, failed, cancelled } = run.counts;
  const parts = [
    `${formatNumber(done)} of ${formatNumber(total)} answered`,
    failed > 0 ? `${formatNumber(failed)} failed` : '',
    cancelled > 0 ? `${formatNumber(cancelled)} cancelled` : '',
  ];
  return `${run.title}: ${parts.filter(Boolean).join(', ')}.`;
}

/** Every node that is still followed is silent: nothing of it is live. */
export function isSilent(run: Run): boolean {
  const silent = silentNodes(run).size;
  return silent > 0 && silent === run.counts.running;
}

export type RunSign = 'ready' | 'busy' | 'failed' | 'disabled' | 'unknown';

export function runSign(run: Run): RunSign {
  if (run.phase === 'running') return isSilent(run) ? 'unknown' : 'busy';
  if (run.phase === 'broken' || run.counts.failed > 0) return 'failed';
  return run.phase === 'cancelled' ? 'disabled' : 'ready';
}

/** What the retry button says: it names which nodes it asks again. */
export function retryWords(run: Run): string {
  const { failed, cancelled } = run.counts;
  if (cancelled === 0) return `Retry ${formatNumber(failed)} failed`;
  return failed === 0
    ? `Retry ${formatNumber(cancelled)} cancelled`
    : `Retry ${formatNumber(failed + cancelled)} without an answer`;
}

/** That rows of nodes which failed or were cancelled are not all of theirs; undefined when there are none. */
export function partialWords(nodes: readonly NodeRun[], nameOf: (node: string) => string): string | undefined {
  const partial = nodes.filter(({ state, rows }) => (state === 'failed' || state === 'cancelled') && rows.length > 0);
  if (partial.length === 0) return undefined;
  const told = listOf(partial.map(({ node, rows }) => `${nameOf(node)} (${plural(rows.length, 'row')})`));
  return `Not complete: what came of ${told} before it ended is shown, the rest is missing.`;
}
