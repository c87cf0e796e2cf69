import { Failed } from '../../../lib/failed.ts';
import type { SmallEntry } from './small-files.ts';

/** A control group of a node with what its files hold. */
export interface Cgroup {
  /** Its folder below /sys/fs/cgroup; `.` is the root. */
  readonly path: string;
  /** What it is called in the tree: a pod or container by its own name where that is known. */
  name: string;
  readonly parent: Cgroup | undefined;
  /** Sorted by name when the tree is gone through. */
  readonly children: Cgroup[];
  /** Text of its files, such as `memory.current`, without the end of its last line. */
  readonly files: Map<string, string>;
}

/** More than a node has: it runs some hundred pods. */
const MAX_GROUPS = 20_000;

/** Characters of files of one node; beyond them it waits until no other large answer is in memory. */
const LARGE = 4 * 1024 * 1024;

/**
 * The tree that folders and files of /sys/fs/cgroup make. `beforeLarge` is waited for before more than usual is kept. Throws
 * Failed `too-large`, and what the archive throws.
 */
export async function readCgroups(
  entries: AsyncIterable<SmallEntry>,
  beforeLarge?: () => Promise<void>,
): Promise<Cgroup> {
  const root = group('.', '.', undefined);
  const groups = new Map([['.', root]]);
  const at = (path: string): Cgroup => {
    const known = groups.get(path);
    if (known !== undefined) return known;
    if (groups.size === MAX_GROUPS) {
      throw new Failed({ code: 'too-large', message: 'The node has more control groups than Minos shows.' });
    }
    const end = path.lastIndexOf('/');
    const parent = end < 0 ? root : at(path.slice(0, end));
    const made = group(path, path.slice(end + 1), parent);
    groups.set(path, made);
    parent.children.push(made);
    return made;
  };
  let kept = 0;
  for await (const { path, kind, text } of entries) {
    if (path === '') continue;
    kept += text.length;
    if (kept > LARGE) await beforeLarge?.();
    if (kind === 'folder') at(path);
    const end = path.lastIndexOf('/');
    if (kind === 'file') (end < 0 ? root : at(path.slice(0, end))).files.set(path.slice(end + 1), text.trimEnd());
  }
  return root;
}

const group = (path: string, name: string, parent: Cgroup | undefined): Cgroup => ({
  ...{ path, name, parent },
  children: [],
  files: new Map(),
});

/** The groups from the top, children of one by name. */
export function* walkCgroups(root: Cgroup): Generator<Cgroup> {
  // A stack, since a tree may be deeper than calls can be nested.
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const children = [...next.children].sort((a, b) => (a.name < b.name ? -1 : 1));
    open.push(...children.reverse());
  }
}

/** A group as it is kept: plain data, which can be measured and written as JSON. */
export interface PlainGroup {
  readonly path: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The tree as plain data, from the top. */
export const plainGroups = (root: Cgroup): readonly PlainGroup[] =>
  [...walkCgroups(root)].map(({ path, name, files }) => ({ path, name, files: Object.fromEntries(files) }));

/** The tree of plain data, each group after its parent. */
export function treeOf(plain: readonly PlainGroup[]): Cgroup {
  const groups = new Map<string, Cgroup>();
  for (const { path, name, files } of plain) {
    const end = path.lastIndexOf('/');
    const parent = path === '.' ? undefined : groups.get(end < 0 ? '.' : path.slice(0, end));
    const made: Cgroup = { path, name, parent, children: [], files: new Map(Object.entries(files)) };
    groups.set(path, made);
    parent?.children.push(made);
  }
  return groups.get('.') ?? group('.', '.', undefined);
}
