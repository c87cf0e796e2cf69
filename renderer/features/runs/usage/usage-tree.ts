import { formatNumber } from '../../../lib/format.ts';
import type { CellValue } from '../../../../preload/contract/index.ts';

/** A folder or file with what it takes up. */
export interface UsageNode {
  /** Below the path that was asked, `.` for that itself. */
  readonly id: string;
  readonly name: string;
  /** As the node told; undefined until it has, since a folder comes after what is in it. */
  size: number | undefined;
  /** What came of its content, added up. */
  below: number;
  readonly parent: UsageNode | undefined;
  readonly children: UsageNode[];
}

/** Deeper is nobody asked for; what a node sends deeper counts for the folder at this depth. */
const MOST_DEPTH = 64;

/** Places of the columns a map is made of. */
export interface UsagePlaces {
  readonly id: number;
  readonly size: number;
}

/** What takes up how much on one node, built while rows come. A folder stands as soon as something in it is known. */
export class UsageTree {
  readonly #places: UsagePlaces;
  #nodes = new Map<string, UsageNode>();
  #taken = 0;
  #first: readonly CellValue[] | undefined;

  constructor(places: UsagePlaces) {
    this.#places = places;
    this.#begin();
  }

  /** The path that was asked. */
  get root(): UsageNode {
    return this.#node('.', '.', undefined);
  }

  find(id: string): UsageNode | undefined {
    return this.#nodes.get(id);
  }

  /** Takes the rows that came since; rows of another answer begin it anew. */
  grow(rows: readonly (readonly CellValue[])[]): void {
    if (rows[0] !== this.#first || rows.length < this.#taken) this.#begin();
    [this.#first] = rows;
    for (const row of rows.slice(this.#taken)) this.#take(row[this.#places.id], row[this.#places.size]);
    this.#taken = rows.length;
  }

  #begin(): void {
    this.#nodes = new Map();
    this.#taken = 0;
    this.#first = undefined;
  }

  #take(id: CellValue | undefined, size: CellValue | undefined): void {
    if (typeof id !== 'string' || typeof size !== 'number' || !(size >= 0)) return;
    const names = id.split('/').filter((name) => name !== '' && name !== '.');
    let node = this.root;
    let path = '';
    for (const name of names.slice(0, MOST_DEPTH)) {
      path = path === '' ? name : `${path}/${name}`;
      node = this.#node(path, name, node);
    }
    if (names.length > MOST_DEPTH) return;
    // Told twice, the newer counts.
    const more = size - sizeOf(node);
    node.size = size;
    for (let above = node.parent; above !== undefined && more !== 0; above = above.parent) {
      above.below += more;
      if (above.size !== undefined) break;
    }
  }

  #node(id: string, name: string, parent: UsageNode | undefined): UsageNode {
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    const made: UsageNode = { id, name, size: undefined, below: 0, parent, children: [] };
    this.#nodes.set(id, made);
    parent?.children.push(made);
    return made;
  }
}

/** What it takes up as far as is known. */
export const sizeOf = ({ size, below }: UsageNode): number => size ?? below;

/** What is drawn of a folder: an entry of it, those too small to be drawn together, or what was not listed. */
export interface UsagePart {
  readonly key: string;
  readonly kind: 'entry' | 'others' | 'unlisted';
  /** Unseen signs are not written out yet. */
  readonly name: string;
  readonly size: number;
  /** Of the folder, 0 to 1. */
  readonly share: number;
  /** Only of `entry`. */
  readonly node?: UsageNode;
}

/**
 * The largest entries of a folder, then the others as one, then what the node counted and did not list. Sizes that do not add up,
 * as when files grow while they are counted, are shared out of what they are together.
 */
export function partsOf(folder: UsageNode, most: number): readonly UsagePart[] {
  const sorted = [...folder.children].sort((a, b) => sizeOf(b) - sizeOf(a));
  const drawn = sorted.slice(0, most);
  const others = sorted.slice(most);
  const listed = sorted.reduce((sum, one) => sum + sizeOf(one), 0);
  const total = Math.max(sizeOf(folder), listed);
  const share = (size: number): number => (total > 0 ? size / total : 0);
  const together = others.reduce((sum, one) => sum + sizeOf(one), 0);
  const unlisted = total - listed;
  return [
    ...drawn.map((node): UsagePart => ({
      ...{ key: node.id, kind: 'entry', name: node.name, node },
      ...{ size: sizeOf(node), share: share(sizeOf(node)) },
    })),
    ...(others.length === 0
      ? []
      : [
          {
            ...{ key: '//others', kind: 'others' as const, size: together, share: share(together) },
            name: `${formatNumber(others.length)} others`,
          },
        ]),
    ...(unlisted <= 0 || sorted.length === 0
      ? []
      : [{ key: '//unlisted', kind: 'unlisted' as const, name: 'not listed', size: unlisted, share: share(unlisted) }]),
  ];
}

/** The folders on the way, from the path that was asked on. */
export function wayTo(node: UsageNode): readonly UsageNode[] {
  const way: UsageNode[] = [];
  for (let at: UsageNode | undefined = node; at !== undefined; at = at.parent) way.unshift(at);
  return way;
}
