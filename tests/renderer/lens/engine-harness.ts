import type { LensFromWorker, LensRows, LensState, LensToWorker } from '../../../renderer/lens/protocol.ts';
import type { StoreLimits } from '../../../renderer/lens/store/line-store.ts';
import { LensEngine } from '../../../renderer/lens/worker/lens-engine.ts';

/** When the first line of every test was written. */
export const T0 = Date.UTC(2026, 7, 21, 12);
/** So many seconds later, as a line writes it. */
export const at = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();

/** An engine whose time is turned by hand: `settle` lets it do all it has planned. Its page draws at once, or never. */
export function engineOf(limits?: StoreLimits, draws = true) {
  let nowMs = 0;
  let planned: (() => void)[] = [];
  const told: LensFromWorker[] = [];
  const engine = new LensEngine({
    post: (message) => {
      told.push(message);
      if (message.type === 'rows' && draws) engine.take({ type: 'drawn' });
    },
    now: () => nowMs,
    after: (ms, run) => planned.push(() => ((nowMs += ms), run())),
    ...(limits && { limits }),
  });
  const settle = (): void => {
    for (let turn = 0; turn < 10_000 && planned.length > 0; turn += 1) {
      const due = planned;
      planned = [];
      nowMs += 1;
      for (const run of due) run();
    }
  };
  const tell = (...messages: LensToWorker[]): void => {
    for (const message of messages) engine.take(message);
    settle();
  };
  tell({
    type: 'sources',
    sources: [0, 1, 2].map((source) => ({ source, node: `node-${source}`, name: `node-${source} kubelet` })),
  });
  tell({ type: 'view', view: { at: 'row', row: 0, count: 100 } });
  const last = <T extends LensFromWorker['type']>(type: T) =>
    told.findLast((one): one is Extract<LensFromWorker, { type: T }> => one.type === type);
  return {
    tell,
    lines: (source: number, ...lines: string[]) =>
      tell({
        type: 'pieces',
        stream: 0,
        pieces: [{ type: 'lines', source, text: lines.join('\n'), count: lines.length, atMs: T0 }],
      }),
    gap: (source: number) =>
      tell({
        type: 'pieces',
        stream: 0,
        pieces: [{ type: 'gap', source, atMs: T0, from: 'cp-1', to: 'cp-2', gapMs: 2000, missing: 'unknown' }],
      }),
    search: (text: string, show: 'all' | 'hits' | 'around' = 'all', around = 1, isRegex = false) =>
      tell({ type: 'search', search: { pattern: { text, isRegex, isCaseSensitive: true }, show, around } }),
    get rows(): LensRows {
      return last('rows')?.rows as LensRows;
    },
    get texts(): readonly string[] {
      return (last('rows')?.rows.rows ?? []).map(({ text }) => text);
    },
    get state(): LensState {
      return last('state')?.state as LensState;
    },
    told,
    ask: (name: 'hit' | 'place' | 'text' | 'exported' | 'rowAt' | 'fields', question: object): unknown => {
      tell({ type: 'ask', id: told.length, name, question });
      return last('answer')?.answer;
    },
  };
}

/** An engine of one source, whose time passes only with `pass`, and what it told by kind. */
export function clockedEngine() {
  let nowMs = 10_000;
  const planned: { readonly atMs: number; readonly run: () => void }[] = [];
  const told: LensFromWorker[] = [];
  const engine = new LensEngine({
    post: (message) => {
      told.push(message);
      if (message.type === 'rows') engine.take({ type: 'drawn' });
    },
    now: () => nowMs,
    after: (ms, run) => planned.push({ atMs: nowMs + ms, run }),
  });
  let lines = 0;
  engine.take({ type: 'sources', sources: [{ source: 0, node: 'node-0', name: 'node-0 kubelet' }] });
  return {
    ...{ engine, planned },
    count: (type: LensFromWorker['type']): number => told.filter((one) => one.type === type).length,
    state: (): LensState | undefined => told.findLast((one) => one.type === 'state')?.state,
    pass: (ms: number): void => {
      for (const endMs = nowMs + ms; nowMs <= endMs; nowMs += 1) {
        for (const one of planned.filter(({ atMs }) => atMs <= nowMs)) {
          planned.splice(planned.indexOf(one), 1);
          one.run();
        }
      }
    },
    come: (count = 1): void => {
      const text = Array.from({ length: count }, () => `${at((lines += 1))} line`).join('\n');
      engine.take({ type: 'pieces', stream: 0, pieces: [{ type: 'lines', source: 0, text, count, atMs: T0 }] });
    },
  };
}
