import type { CellValue, RunNote } from '../../../../preload/contract/index.ts';
import { compareVersions, parseVersion } from '../../../talos/version.ts';

/** More different versions than this are not listed one by one. */
const MAX_NOTES = 8;

/** A node that does not say its version does not run another one. */
const isUnknown = (tag: string): boolean =>
  /^[\s(]*(v?unknown|undefined|none|null|n\/a|devel|dev|[-–?]*)[\s)]*$/i.test(tag);

/** What to say when nodes run different versions: which are older than the newest of them. */
export function versionSkew(tags: ReadonlyMap<string, CellValue | undefined>): readonly RunNote[] {
  const nodesOf = new Map<string, string[]>();
  for (const [node, tag] of tags) {
    if (typeof tag !== 'string' || isUnknown(tag)) continue;
    nodesOf.set(tag, [...(nodesOf.get(tag) ?? []), node]);
  }
  if (nodesOf.size < 2) return [];

  const known = [...nodesOf.keys()].flatMap((tag) => {
    const parsed = parseVersion(tag);
    return parsed ? [{ tag, parsed }] : [];
  });
  known.sort((a, b) => compareVersions(b.parsed, a.parsed));
  const newest = known[0];
  if (newest === undefined || nodesOf.size > MAX_NOTES) {
    return [{ severity: 'warning', message: `The nodes report ${nodesOf.size} different versions.` }];
  }
  const older = known.filter(({ parsed }) => compareVersions(parsed, newest.parsed) < 0);
  const others = [...nodesOf.keys()].filter((tag) => parseVersion(tag) === undefined);
  return [
    ...older.map(({ tag }) => ({ tag, says: `${tag}; the newest here is ${newest.tag}` })),
    ...others.map((tag) => ({ tag, says: `${tag.slice(0, 100)}, which is not a release of Talos` })),
  ].map(({ tag, says }) => {
    const nodes = nodesOf.get(tag) ?? [];
    return {
      severity: 'warning',
      message: `${nodes.length === 1 ? '1 node runs' : `${nodes.length} nodes run`} ${says}.`,
      nodes,
    };
  });
}
