/** Where everything of a graph lies, in the units that sizes were given in. */
export interface Layout {
  /** Middle of each node. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points of each edge, x and y in turn, from its beginning to its end. */
  readonly lines: readonly Float64Array[];
  readonly width: number;
  readonly height: number;
}

const GAP_X = 24;
const GAP_Y = 72;
/** Room of an edge that passes a layer. */
const PASSING = 10;
/** Places at which edges pass layers; beyond so many, the rest are straight: a graph without layers has millions. */
const MOST_PASSED = 30_000;
const SWEEPS = 10;
const STRAIGHTENINGS = 6;

type Lists = number[][];
const lists = (count: number): Lists => Array.from({ length: count }, () => []);

/**
 * A layered layout: layers by the longest way, edges that are long bent where they pass, few crossings by the mean place of
 * neighbours, straight ways by least moves. It takes a third of a second for 2,000 nodes and 5,000 edges, so it is a generator:
 * whoever runs it goes on with other work where it yields. `edges` are pairs of places.
 */
export function* layered(
  count: number,
  edges: readonly (readonly [from: number, to: number])[],
  size: { readonly width: number; readonly height: number },
): Generator<undefined, Layout, undefined> {
  const turned = withoutCycles(count, edges);
  yield;
  const ranks = ranksOf(count, turned);
  yield;
  const up = lists(count);
  const down = lists(count);
  const rank = [...ranks];
  const ways = turned.map(([from, to]) => {
    const way = [from];
    if (from === to) return way;
    const passed = (rank[to] ?? 0) - (rank[from] ?? 0) - 1;
    if (rank.length - count + passed > MOST_PASSED) return [from, to];
    for (let at = (rank[from] ?? 0) + 1; at < (rank[to] ?? 0); at += 1) {
      way.push(rank.length);
      rank.push(at);
      up.push([]);
      down.push([]);
    }
    way.push(to);
    for (let at = 0; at + 1 < way.length; at += 1) {
      down[way[at] as number]?.push(way[at + 1] as number);
      up[way[at + 1] as number]?.push(way[at] as number);
    }
    return way;
  });
  const layers = lists(rank.reduce((most, each) => Math.max(most, each), 0) + 1);
  rank.forEach((of, at) => layers[of]?.push(at));
  yield* order(layers, up, down);
  const width = (at: number): number => (at < count ? size.width + GAP_X : PASSING);
  const x = yield* places(layers, up, down, width);
  const y = Float64Array.from(rank, (of) => of * (size.height + GAP_Y) + size.height / 2);
  const most = x.reduce((a, b) => Math.max(a, b), 0);
  const lines = ways.map((way, edge) => {
    const line = Float64Array.from(way.flatMap((at) => [x[at] ?? 0, y[at] ?? 0]));
    // An edge that was turned is drawn the way it goes.
    return edges[edge]?.[0] === way[0] ? line : reversed(line);
  });
  return { x, y, lines, width: most + size.width / 2, height: layers.length * (size.height + GAP_Y) - GAP_Y };
}

function reversed(line: Float64Array): Float64Array {
  const out = new Float64Array(line.length);
  for (let at = 0; at < line.length; at += 2) {
    out[at] = line[line.length - 2 - at] ?? 0;
    out[at + 1] = line[line.length - 1 - at] ?? 0;
  }
  return out;
}

/** The same edges, with those turned that would close a circle. */
function withoutCycles(
  count: number,
  edges: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const out: [to: number, edge: number][][] = Array.from({ length: count }, () => []);
  edges.forEach(([from, to], edge) => out[from]?.push([to, edge]));
  const state = new Uint8Array(count);
  const turned = [...edges];
  for (let start = 0; start < count; start += 1) {
    if (state[start] !== 0) continue;
    const open: [at: number, next: number][] = [[start, 0]];
    state[start] = 1;
    while (open.length > 0) {
      const top = open[open.length - 1] as [number, number];
      const next = out[top[0]]?.[top[1]];
      if (next === undefined) {
        state[top[0]] = 2;
        open.pop();
        continue;
      }
      top[1] += 1;
      const [to, edge] = next;
      if (state[to] === 1 && to !== top[0]) turned[edge] = [to, top[0]];
      else if (state[to] === 0) {
        state[to] = 1;
        open.push([to, 0]);
      }
    }
  }
  return turned;
}

/** The layer of each node: below everything that leads to it. */
function ranksOf(count: number, edges: readonly (readonly [number, number])[]): Int32Array {
  const next = lists(count);
  const open = new Int32Array(count);
  for (const [from, to] of edges) {
    if (from === to) continue;
    next[from]?.push(to);
    open[to] = (open[to] ?? 0) + 1;
  }
  const rank = new Int32Array(count);
  const queue = Array.from({ length: count }, (_each, at) => at).filter((at) => open[at] === 0);
  for (let head = 0; head < queue.length; head += 1) {
    const at = queue[head] as number;
    for (const to of next[at] ?? []) {
      rank[to] = Math.max(rank[to] ?? 0, (rank[at] ?? 0) + 1);
      open[to] = (open[to] ?? 0) - 1;
      if (open[to] === 0) queue.push(to);
    }
  }
  return rank;
}

/** Puts each layer into an order of few crossings: again and again by the mean place of neighbours, the best is kept. */
function* order(layers: Lists, up: Lists, down: Lists): Generator<undefined, void, undefined> {
  const place = new Float64Array(up.length);
  const key = new Float64Array(up.length);
  const setPlaces = (layer: readonly number[]): void => layer.forEach((at, index) => (place[at] = index));
  layers.forEach(setPlaces);
  const sweep = (layer: number[], beside: Lists): void => {
    for (const at of layer) {
      const near = beside[at] ?? [];
      key[at] =
        near.length === 0 ? (place[at] ?? 0) : near.reduce((sum, each) => sum + (place[each] ?? 0), 0) / near.length;
    }
    layer.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0) || (place[a] ?? 0) - (place[b] ?? 0));
    setPlaces(layer);
  };
  let best = Infinity;
  let kept = layers.map((layer) => [...layer]);
  for (let round = 0; round < SWEEPS; round += 1) {
    for (let at = 1; at < layers.length; at += 1) sweep(layers[at] as number[], up);
    yield;
    for (let at = layers.length - 2; at >= 0; at -= 1) sweep(layers[at] as number[], down);
    yield;
    const crossings = crossingsOf(layers, down, place);
    if (crossings < best) {
      best = crossings;
      kept = layers.map((layer) => [...layer]);
    }
    yield;
  }
  kept.forEach((layer, at) => (layers[at] = layer));
}

function crossingsOf(layers: Lists, down: Lists, place: Float64Array): number {
  let crossings = 0;
  for (let at = 0; at + 1 < layers.length; at += 1) {
    const size = (layers[at + 1] as number[]).length;
    const counts = new Int32Array(size + 2);
    const ends = (layers[at] as number[]).flatMap((from) =>
      [...(down[from] ?? [])].map((to) => place[to] ?? 0).sort((a, b) => a - b),
    );
    for (let index = ends.length - 1; index >= 0; index -= 1) {
      const end = ends[index] as number;
      for (let bit = end; bit > 0; bit -= bit & -bit) crossings += counts[bit] ?? 0;
      for (let bit = end + 1; bit <= size; bit += bit & -bit) counts[bit] = (counts[bit] ?? 0) + 1;
    }
  }
  return crossings;
}

/** Places along the layers: each as near as it can be to the mean of its neighbours, in order, with room between. */
function* places(
  layers: Lists,
  up: Lists,
  down: Lists,
  width: (at: number) => number,
): Generator<undefined, Float64Array, undefined> {
  const x = new Float64Array(up.length);
  for (const layer of layers) {
    let at = 0;
    for (const each of layer) {
      x[each] = at + width(each) / 2;
      at += width(each);
    }
  }
  const settle = (layer: readonly number[], beside: Lists): void => {
    const offsets: number[] = [];
    let offset = 0;
    layer.forEach((each, index) => {
      if (index > 0) offset += (width(layer[index - 1] as number) + width(each)) / 2;
      offsets.push(offset);
    });
    // Wanted places under least distances: neighbours that would overlap move as one block.
    const blocks: { sum: number; count: number }[] = [];
    layer.forEach((each, index) => {
      const near = beside[each] ?? [];
      const mean = near.length === 0 ? (x[each] ?? 0) : near.reduce((sum, one) => sum + (x[one] ?? 0), 0) / near.length;
      let block = { sum: mean - (offsets[index] ?? 0), count: 1 };
      for (let last = blocks.at(-1); last && last.sum / last.count > block.sum / block.count; last = blocks.at(-1)) {
        blocks.pop();
        block = { sum: block.sum + last.sum, count: block.count + last.count };
      }
      blocks.push(block);
    });
    let index = 0;
    for (const { sum, count } of blocks) {
      for (let left = count; left > 0; left -= 1, index += 1) {
        x[layer[index] as number] = sum / count + (offsets[index] ?? 0);
      }
    }
  };
  for (let round = 0; round < STRAIGHTENINGS; round += 1) {
    for (let at = 1; at < layers.length; at += 1) settle(layers[at] as number[], up);
    yield;
    for (let at = layers.length - 2; at >= 0; at -= 1) settle(layers[at] as number[], down);
    yield;
  }
  const least = x.reduce((a, b) => Math.min(a, b), Infinity);
  return x.map((each) => each - (Number.isFinite(least) ? least : 0) + width(0) / 2);
}

/** A slice of work is no longer than this: a frame has 16 ms. */
const SLICE_MS = 8;

/** Runs a layout in slices between frames; undefined when the signal aborts. */
export async function inSlices<T>(
  work: Generator<undefined, T, undefined>,
  signal: AbortSignal,
  pause: () => Promise<unknown> = () => new Promise((resolve) => setTimeout(resolve, 0)),
): Promise<T | undefined> {
  for (;;) {
    const endMs = performance.now() + SLICE_MS;
    while (performance.now() < endMs) {
      const step = work.next();
      if (step.done === true) return step.value;
    }
    await pause();
    if (signal.aborted) return undefined;
  }
}
