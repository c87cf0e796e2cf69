import { hierarchy, treemap } from 'd3-hierarchy';
import { partsOf, type UsageNode, type UsagePart } from './usage-tree.ts';

/** A rectangle of the map, in pixels. */
export interface Tile extends UsagePart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What is drawn inside it, to hint at what it is made of. */
  readonly inner: readonly Omit<Tile, 'inner'>[];
}

/** Entries of the folder that are drawn, and of each folder in it. */
export const MOST_TILES = 48;
const MOST_INNER = 16;
/** Room for the name. */
const HEAD_PX = 20;
/** What is smaller is not drawn: nobody could hit it. */
const LEAST_PX = 3;
/** What is smaller has no room for what is inside. */
const LEAST_OUTER_PX = 48;

interface Box {
  readonly part?: UsagePart;
  readonly size: number;
  readonly parts?: readonly Box[];
}

/** The map of a folder: its parts by what they take up, and inside each folder the parts of that. */
export function tilesOf(folder: UsageNode, width: number, height: number): readonly Tile[] {
  const boxes = partsOf(folder, MOST_TILES).map((part): Box => {
    const inner = part.node === undefined ? [] : partsOf(part.node, MOST_INNER);
    return { part, size: part.size, parts: inner.map((one) => ({ part: one, size: one.size })) };
  });
  if (width <= 0 || height <= 0 || boxes.every(({ size }) => size === 0)) return [];
  const root = hierarchy<Box>({ size: 0, parts: boxes }, ({ parts }) => parts).sum(({ size, parts = [] }) =>
    parts.length === 0 ? size : 0,
  );
  const drawn = treemap<Box>()
    .size([width, height])
    .paddingInner(2)
    .paddingOuter((node) => (node.depth === 1 ? 2 : 0))
    // After the others, which it is one of.
    .paddingTop((node) => (node.depth === 1 ? HEAD_PX : 0))
    .round(true)(root);
  return (drawn.children ?? []).flatMap((one): Tile[] => {
    const { part } = one.data;
    const place = rectangle(one);
    if (part === undefined || place.width < LEAST_PX || place.height < LEAST_PX) return [];
    const hasRoom = place.width >= LEAST_OUTER_PX && place.height >= LEAST_OUTER_PX;
    const inner = (hasRoom ? (one.children ?? []) : []).flatMap((each) => {
      const at = rectangle(each);
      const within = each.data.part;
      return within === undefined || at.width < LEAST_PX || at.height < LEAST_PX
        ? []
        : [{ ...within, ...at, x: at.x - place.x, y: at.y - place.y }];
    });
    return [{ ...part, ...place, inner }];
  });
}

interface Corners {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const rectangle = ({ x0, y0, x1, y1 }: Corners) => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 });

/** The tile that an arrow key leads to from another one: the nearest in that direction; itself where there is none. */
export function tileBeside(tiles: readonly Tile[], from: number, key: string): number | undefined {
  const start = tiles[from];
  const direction = DIRECTIONS[key];
  if (start === undefined || direction === undefined) return undefined;
  const [dx, dy] = direction;
  const middle = ({ x, y, width, height }: Tile) => ({ x: x + width / 2, y: y + height / 2 });
  const at = middle(start);
  let best = from;
  let bestCost = Infinity;
  for (const [index, tile] of tiles.entries()) {
    const to = middle(tile);
    const along = (to.x - at.x) * dx + (to.y - at.y) * dy;
    const across = Math.abs((to.x - at.x) * dy) + Math.abs((to.y - at.y) * dx);
    const cost = along + 2 * across;
    if (index === from || along <= 0 || cost >= bestCost) continue;
    best = index;
    bestCost = cost;
  }
  return best;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
