import type { DependencyEdge, DependencyKind, DependencyNode } from '../../../../preload/contract/index.ts';
import type { Layout } from './layered.ts';
import { NODE_SIZE } from './dependency-graph.svelte.ts';

const STYLES: Readonly<Record<DependencyKind, string>> = {
  'output-exclusive': 'bold',
  'output-shared': 'solid',
  'input-strong': 'solid',
  'input-weak': 'dotted',
};

/** The graph for Graphviz, in the shapes of `talosctl inspect dependencies`: controllers are boxes, types are notes. */
export function dotText(nodes: readonly DependencyNode[], edges: readonly DependencyEdge[]): string {
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', ' ')}"`;
  const shape = { controller: 'shape="box"', type: 'shape="note" fillcolor="azure2" style="filled"' } as const;
  return [
    'digraph {',
    ...nodes.map(
      ({ id, kind, label }) =>
        `  ${quoted(id)} [label=${quoted(label)} ${kind === 'controller' ? shape.controller : shape.type}];`,
    ),
    ...edges.map(({ from, to, kind, resource }) => {
      const label = resource === undefined ? '' : ` label=${quoted(resource)}`;
      return `  ${quoted(from)} -> ${quoted(to)} [style="${STYLES[kind]}"${label}];`;
    }),
    '}',
    '',
  ].join('\n');
}

/** The picture as it is laid out. */
export function svgText(nodes: readonly DependencyNode[], edges: readonly DependencyEdge[], layout: Layout): string {
  const escaped = (text: string): string =>
    text.replace(/[<>&"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[sign] ?? '');
  const n = (value: number | undefined): string => (value ?? 0).toFixed(0);
  const { width, height } = NODE_SIZE;
  const lines = edges.map(({ kind }, edge) => {
    const line = layout.lines[edge] ?? new Float64Array();
    const points = Array.from({ length: line.length / 2 }, (_each, at) => `${n(line[2 * at])},${n(line[2 * at + 1])}`);
    return `<polyline class="${kind}" points="${points.join(' ')}"/>`;
  });
  const boxes = nodes.map(({ kind, label }, at) => {
    const [x, y] = [layout.x[at] ?? 0, layout.y[at] ?? 0];
    return `<g><title>${escaped(label)}</title><rect class="${kind}" x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${width}" height="${height}" rx="4"/><text x="${n(x)}" y="${n(y + 4)}">${escaped(shortLabel(label))}</text></g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 ${n(layout.width + 40)} ${n(layout.height + 40)}">`,
    '<style>polyline{fill:none;stroke:#8a8c88}.output-exclusive{stroke-width:2}.input-weak{stroke-dasharray:3 3}',
    'rect{fill:#fff;stroke:#5b5e63}.type,.resource{fill:#f0f8ff}text{font:11px sans-serif;text-anchor:middle}</style>',
    ...lines,
    ...boxes,
    '</svg>',
    '',
  ].join('\n');
}

/** Characters of a label that fit into a node. */
const MOST_LABEL = 32;

/** The end of a name tells it apart: `…alised.ControllerName`. */
export function shortLabel(label: string): string {
  return label.length <= MOST_LABEL ? label : `…${label.slice(1 - MOST_LABEL)}`;
}
