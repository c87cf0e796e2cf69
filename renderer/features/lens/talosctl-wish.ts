import type { LensSourceWish, TalosctlRun } from '../../../preload/contract/index.ts';

/** A line of talosctl as far as a lens needs it. */
export type PastedLine = Pick<TalosctlRun, 'command' | 'params' | 'nodes'>;

/** What a lens is opened with. */
export interface LensWish {
  readonly sources: readonly LensSourceWish[];
  readonly follow: boolean;
  /** Lines of before per source; -1 for all. */
  readonly tail: number;
}

const ALL = -1;

const text = ({ params }: PastedLine, id: string): string => String(params[id] ?? '');

const DURATION_MS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
};

/** Whole seconds of a duration as Go writes it, cut as talosctl cuts them. */
function secondsOf(duration: string): number {
  const parts = duration.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g);
  const ms = [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (DURATION_MS[unit ?? ''] ?? 0), 0);
  return Math.floor(ms / 1000);
}

/** Everything a pasted line of `logs`, `dmesg` or `events` says, for these nodes; undefined for other commands. */
export function talosctlWish(run: PastedLine, nodes: readonly string[]): LensWish | undefined {
  const { command, params } = run;
  const follow = params['follow'] === true;
  if (command === 'logs') {
    const kind = params['kubernetes'] === true ? 'container' : 'service';
    const tail = text(run, 'tail') === '' ? ALL : Number(text(run, 'tail'));
    return { sources: nodes.map((node) => ({ kind, node, id: text(run, 'id') })), follow, tail };
  }
  if (command === 'dmesg') {
    return {
      sources: nodes.map((node) => ({ kind: 'kernel', node })),
      follow,
      tail: params['tail'] === true ? 0 : ALL,
    };
  }
  if (command !== 'events') return undefined;
  const [actorId, sinceId, seconds] = [text(run, 'actor-id'), text(run, 'since'), secondsOf(text(run, 'duration'))];
  const part = {
    ...(actorId !== '' && { actorId }),
    ...(sinceId !== '' && { sinceId }),
    ...(seconds > 0 && { seconds }),
  };
  return {
    sources: nodes.map((node) => ({ kind: 'events', node, ...part })),
    follow: true,
    tail: Number(text(run, 'tail') || 0),
  };
}
