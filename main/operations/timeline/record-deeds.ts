import type { DeedRecord, DeedStage, DeedStep } from '../../../preload/contract/index.ts';
import type { Happening, Timeline } from './timeline.ts';

const WORDS: Readonly<Record<DeedStage, string>> = {
  waiting: 'It waits.',
  preparing: 'It is prepared.',
  asked: 'It was asked.',
  tracking: 'It is under way.',
  done: 'Done.',
  failed: 'It failed.',
  maybe: 'Perhaps it was done.',
  left: 'It was not done.',
};

const ENDS: ReadonlySet<DeedStage> = new Set(['done', 'failed', 'maybe', 'left']);

/**
 * What deeds did to the machines of one cluster, from when a machine was begun until that was over. Called with each state of the
 * journal; what was over is told once, and a machine that was never begun not at all.
 */
export function deedRecorder(timeline: Timeline): (deeds: readonly DeedRecord[]) => void {
  const over = new Set<string>();
  const record = (deed: DeedRecord, step: DeedStep): void => {
    const key = `deed ${deed.id} ${step.node}`;
    if (over.has(key) || step.stage === 'waiting' || (step.stage === 'left' && !timeline.isOpen(key))) return;
    timeline.begin(key, happening(deed, step));
    if (!ENDS.has(step.stage)) return;
    timeline.end(key, step.atMs);
    over.add(key);
  };
  return (deeds) => {
    // The oldest first, as they happened.
    for (const deed of [...deeds].reverse()) for (const step of deed.steps) record(deed, step);
  };
}

function happening({ deed, steps }: DeedRecord, { node, name, stage, atMs, text }: DeedStep): Happening {
  return {
    ...{ kind: 'deed', node, subject: name, atMs },
    severity: stage === 'failed' ? 'bad' : stage === 'maybe' || stage === 'left' ? 'warn' : 'info',
    // One of several says which.
    title: steps.length === 1 ? deed : `${deed}: ${name}`,
    detail: text ?? WORDS[stage],
  };
}
