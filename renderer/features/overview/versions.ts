import type { NodeSummary } from '../../../preload/contract/index.ts';
import { talosVersion } from '../../lib/words.ts';

/** How many nodes run which Talos version, the most common first. An unknown version is its own line. */
export function countVersions(
  nodes: readonly NodeSummary[],
): readonly { readonly version: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const said = talosVersion(node.os);
    // `Talos`, `unknown`: a version has a number.
    const version = /\d/.test(said) ? said : '';
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts].map(([version, count]) => ({ version, count })).sort((a, b) => b.count - a.count);
}
