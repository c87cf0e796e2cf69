import { NODE_SIZE, type DependencyGraph } from './dependency-graph.svelte.ts';
import { shortLabel } from './graph-text.ts';
import type { Layout } from './layered.ts';

/** What of the layout is seen: its middle, and how many pixels a unit has. */
export interface GraphSight {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** What is drawn, and how. */
export interface GraphDrawing {
  readonly graph: DependencyGraph;
  readonly layout: Layout;
  readonly sight: GraphSight;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colours: Readonly<Record<'text' | 'muted' | 'surface' | 'sunken' | 'accent', string>>;
  readonly chosen: number | undefined;
  /** The chosen one and its neighbours; all others pale. */
  readonly near: ReadonlySet<number> | undefined;
  readonly found: ReadonlySet<number>;
  /** Edges wait until nothing moves: thousands of them would hold up each frame. */
  readonly isMoving: boolean;
}

/** Smaller, words cannot be read. */
const LEAST_TEXT_SCALE = 0.45;
/** So few edges are drawn while it moves, too. */
const FEW_EDGES = 400;

/** Draws the part of a graph that is seen. */
export function drawGraph(context: CanvasRenderingContext2D, drawing: GraphDrawing): void {
  const { graph, layout, sight, widthPx, heightPx, isMoving } = drawing;
  const { scale } = sight;
  const left = sight.x - widthPx / 2 / scale;
  const top = sight.y - heightPx / 2 / scale;
  const right = left + widthPx / scale;
  const bottom = top + heightPx / scale;
  context.clearRect(0, 0, widthPx, heightPx);
  context.save();
  context.scale(scale, scale);
  context.translate(-left, -top);
  if (!isMoving || graph.edges.length <= FEW_EDGES) drawEdges(context, drawing, { left, top, right, bottom });
  const { width, height } = NODE_SIZE;
  context.font = '11px Inter, system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let at = 0; at < graph.nodes.length; at += 1) {
    const [x, y] = [layout.x[at] ?? 0, layout.y[at] ?? 0];
    if (x + width < left || x - width > right || y + height < top || y - height > bottom) continue;
    drawNode(context, drawing, at, x, y);
  }
  context.restore();
}

interface Seen {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function drawEdges(context: CanvasRenderingContext2D, drawing: GraphDrawing, seen: Seen): void {
  const { graph, layout, chosen, colours, sight } = drawing;
  const strokes = { plain: new Path2D(), bold: new Path2D(), weak: new Path2D(), near: new Path2D() };
  for (let edge = 0; edge < graph.edges.length; edge += 1) {
    const line = layout.lines[edge];
    if (line === undefined || !isSeen(line, seen)) continue;
    const [from, to] = graph.ends[edge] ?? [0, 0];
    const { kind } = graph.edges[edge] ?? {};
    const isNear = chosen !== undefined && (from === chosen || to === chosen);
    const path = isNear
      ? strokes.near
      : kind === 'output-exclusive'
        ? strokes.bold
        : kind === 'input-weak'
          ? strokes.weak
          : strokes.plain;
    path.moveTo(line[0] ?? 0, line[1] ?? 0);
    for (let at = 2; at < line.length; at += 2) path.lineTo(line[at] ?? 0, line[at + 1] ?? 0);
  }
  const thin = Math.max(1, 0.7 / sight.scale);
  context.strokeStyle = colours.muted;
  context.globalAlpha = chosen === undefined ? 0.55 : 0.15;
  context.lineWidth = thin;
  context.stroke(strokes.plain);
  context.setLineDash([3 * thin, 3 * thin]);
  context.stroke(strokes.weak);
  context.setLineDash([]);
  context.lineWidth = thin * 1.8;
  context.stroke(strokes.bold);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.stroke(strokes.near);
}

function isSeen(line: Float64Array, { left, top, right, bottom }: Seen): boolean {
  // Layers lie in the order of the line, so its ends bound it downwards.
  const [first, last] = [line[1] ?? 0, line[line.length - 1] ?? 0];
  if (Math.max(first, last) < top || Math.min(first, last) > bottom) return false;
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < line.length; at += 2) {
    const x = line[at] ?? 0;
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return most >= left && least <= right;
}

function drawNode(context: CanvasRenderingContext2D, drawing: GraphDrawing, at: number, x: number, y: number): void {
  const { graph, colours, chosen, near, found, sight } = drawing;
  const { width, height } = NODE_SIZE;
  const node = graph.nodes[at];
  if (node === undefined) return;
  context.globalAlpha = near === undefined || near.has(at) ? 1 : 0.3;
  context.fillStyle = node.kind === 'controller' ? colours.surface : colours.sunken;
  context.strokeStyle = at === chosen || found.has(at) ? colours.accent : colours.muted;
  context.lineWidth = at === chosen ? 3 : found.has(at) ? 2 : 1;
  context.beginPath();
  if (node.kind === 'controller') context.rect(x - width / 2, y - height / 2, width, height);
  else context.roundRect(x - width / 2, y - height / 2, width, height, height / 2);
  context.fill();
  context.stroke();
  if (sight.scale >= LEAST_TEXT_SCALE) {
    context.fillStyle = colours.text;
    context.fillText(shortLabel(node.label), x, y, width - 10);
  }
  context.globalAlpha = 1;
}

/** The node at a place of the layout; undefined when there is none. */
export function nodeAt({ nodes }: DependencyGraph, layout: Layout, x: number, y: number): number | undefined {
  const { width, height } = NODE_SIZE;
  for (let at = 0; at < nodes.length; at += 1) {
    if (Math.abs((layout.x[at] ?? 0) - x) <= width / 2 && Math.abs((layout.y[at] ?? 0) - y) <= height / 2) return at;
  }
  return undefined;
}
