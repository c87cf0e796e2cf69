import { describe, expect, it } from 'vitest';
import { dotText, svgText } from '../../../../renderer/features/explore/graph/graph-text.ts';
import { inSlices, layered, type Layout } from '../../../../renderer/features/explore/graph/layered.ts';

const SIZE = { width: 200, height: 26 };

function laidOut(
  count: number,
  edges: readonly (readonly [number, number])[],
): { layout: Layout; steps: number; worstMs: number } {
  const work = layered(count, edges, SIZE);
  let steps = 0;
  let worstMs = 0;
  for (;;) {
    const from = performance.now();
    const step = work.next();
    worstMs = Math.max(worstMs, performance.now() - from);
    if (step.done === true) return { layout: step.value, steps, worstMs };
    steps += 1;
  }
}

describe('a layered layout', () => {
  it('puts what comes later further down, also beside a circle, and draws every edge the way it goes', () => {
    const edges = [
      [0, 1],
      [1, 2],
      [0, 2],
      [2, 0],
      [3, 3],
    ] as const;

    const { layout } = laidOut(4, edges);

    expect(layout.y[0]).toBeLessThan(layout.y[1] ?? 0);
    expect(layout.y[1]).toBeLessThan(layout.y[2] ?? 0);
    edges.forEach(([from, to], at) => {
      const line = layout.lines[at] ?? new Float64Array();
      expect([line[0], line[1]]).toEqual([layout.x[from], layout.y[from]]);
      expect(line.at(-1)).toBe(layout.y[to]);
    });
  });

  it('lets no node lie on another, of two thousand with five thousand edges, in slices', () => {
    let seed = 7;
    const random = (most: number): number => (seed = (seed * 16_807) % 2_147_483_647) % most;
    // As in Talos: each reads what others made before, in a dozen of steps.
    const edges = Array.from({ length: 5000 }, () => {
      const step = random(12);
      return [random(133) * 15 + step, random(133) * 15 + step + 1 + random(3)] as const;
    });

    const { layout, steps } = laidOut(2000, edges);

    const rows = Map.groupBy(
      Array.from({ length: 2000 }, (_each, at) => at),
      (at) => layout.y[at],
    );
    for (const row of rows.values()) {
      const xs = row.map((at) => layout.x[at] ?? 0).sort((a, b) => a - b);
      for (let at = 1; at < xs.length; at += 1)
        expect((xs[at] ?? 0) - (xs[at - 1] ?? 0)).toBeGreaterThanOrEqual(SIZE.width);
    }
    expect(steps).toBeGreaterThan(20);
  });

  it('ends also for a graph that has no layers', () => {
    const edges = Array.from({ length: 3000 }, (_each, at) => [at % 1500, (at * 7919) % 1500] as const);

    const { layout } = laidOut(1500, edges);

    expect(layout.lines).toHaveLength(3000);
    expect(Number.isFinite(layout.width)).toBe(true);
  });

  it('is given up when nobody wants it any more', async () => {
    const stop = new AbortController();
    function* endless(): Generator<undefined, number, undefined> {
      for (;;) yield;
    }

    const result = await inSlices(endless(), stop.signal, () => {
      stop.abort();
      return Promise.resolve();
    });

    expect(result).toBeUndefined();
  });
});

describe('a graph as text', () => {
  const nodes = [
    { id: 'c a"b', kind: 'controller', label: 'a"b' },
    { id: 't x', kind: 'type', label: '<x>' },
  ] as const;
  const edges = [{ from: 'c a"b', to: 't x', kind: 'output-exclusive' }] as const;

  it('is DOT with the shapes of talosctl, its names quoted', () => {
    expect(dotText(nodes, edges)).toBe(
      [
        'digraph {',
        '  "c a\\"b" [label="a\\"b" shape="box"];',
        '  "t x" [label="<x>" shape="note" fillcolor="azure2" style="filled"];',
        '  "c a\\"b" -> "t x" [style="bold"];',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('is SVG without anything of a name being markup', () => {
    const { layout } = laidOut(2, [[0, 1]]);

    const svg = svgText(nodes, edges, layout);

    expect(svg).toContain('&lt;x&gt;');
    expect(svg).not.toContain('<x>');
    expect(svg.match(/<polyline/g)).toHaveLength(1);
  });
});
