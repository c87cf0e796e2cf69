import { bucketOf, overflowOf, readMeta, readPage, type BucketPlace, type Leaf, type Meta } from './bbolt-page.ts';
import { Unreadable, type BytesAt } from './bytes.ts';

/** Enough for a meta page: header, 64 bytes, and the sizes of pages where the second one may begin. */
const META_BYTES = 80;
const FIRST_PAGE = 512;
const LAST_PAGE = 65_536;
/** A tree of so many levels would have more pages than any disk. */
const MOST_LEVELS = 32;
/** etcd takes no request above 1.5 MiB by itself; a page with its overflow holds one value, or many small ones. */
const MOST_PAGE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a bbolt database as it lies in a file, without trusting it: every page once at most, every position checked, keys in their
 * order. Throws {@link Unreadable} for whatever is not as bbolt writes it. Memory: one page for each level of the tree.
 */
export class BboltFile {
  readonly #bytes: BytesAt;
  readonly #meta: Meta;
  readonly #seen: Uint8Array;

  constructor(bytes: BytesAt) {
    this.#bytes = bytes;
    this.#meta = newestMeta(bytes);
    const { pages, pageSize, root } = this.#meta;
    if (pages * pageSize > bytes.length) throw new Unreadable('it ends before its last page');
    if (root < 2 || root >= pages) throw new Unreadable('its root lies out of it');
    this.#seen = new Uint8Array(Math.ceil(pages / 8));
  }

  /** Bytes of all pages that the newest transaction knows. */
  get usedBytes(): number {
    return this.#meta.pages * this.#meta.pageSize;
  }

  /** The buckets at the top, by name, in their order. Once. */
  *buckets(): Generator<{ readonly name: Buffer; readonly place: BucketPlace }> {
    for (const leaf of this.#tree({ root: this.#meta.root })) {
      if (!leaf.isBucket) throw new Unreadable('it has an entry beside its buckets');
      yield { name: leaf.key, place: bucketOf(leaf) };
    }
  }

  /** Keys and values of a bucket in their order; what lies in buckets within it is left out. Once. */
  entries(place: BucketPlace): Generator<Leaf> {
    return this.#tree(place);
  }

  *#tree({ root, inline }: BucketPlace): Generator<Leaf> {
    let before: Buffer | undefined;
    const leaves = inline === undefined ? this.#below(root, MOST_LEVELS) : leavesOf(inline);
    for (const leaf of leaves) {
      if (before !== undefined && before.compare(leaf.key) >= 0) throw new Unreadable('its keys are out of order');
      before = leaf.key;
      yield leaf;
    }
  }

  *#below(id: number, levels: number): Generator<Leaf> {
    if (levels === 0) throw new Unreadable('its tree is too deep');
    const page = readPage(this.#read(id), `page ${id}`);
    if (page.kind === 'leaf') return yield* page.leaves;
    for (const child of page.children) yield* this.#below(child, levels - 1);
  }

  #read(id: number): Buffer {
    const { pages, pageSize } = this.#meta;
    if (id < 2 || id >= pages) throw new Unreadable(`page ${id} lies out of it`);
    this.#see(id);
    const first = this.#bytes.read(id * pageSize, pageSize);
    const more = overflowOf(first, id);
    if (more === 0) return first;
    const length = (more + 1) * pageSize;
    if (id + more >= pages || length > MOST_PAGE_BYTES) throw new Unreadable(`page ${id} goes on beyond its end`);
    // A page that lies in another one would be read again and again.
    for (let next = id + 1; next <= id + more; next++) this.#see(next);
    return this.#bytes.read(id * pageSize, length);
  }

  #see(id: number): void {
    const [byte, bit] = [Math.floor(id / 8), 1 << (id % 8)];
    const seen = this.#seen[byte] ?? 0;
    if ((seen & bit) !== 0) throw new Unreadable(`page ${id} is in two places`);
    this.#seen[byte] = seen | bit;
  }
}

function leavesOf(inline: Buffer): readonly Leaf[] {
  const page = readPage(inline, 'a small bucket');
  if (page.kind !== 'leaf') throw new Unreadable('a small bucket is no leaf');
  return page.leaves;
}

/** Of the two meta pages that which was written last, whole; where the second one is follows from the size of pages. */
function newestMeta(bytes: BytesAt): Meta {
  const at = (place: number): Meta | undefined =>
    place + META_BYTES <= bytes.length ? readMeta(bytes.read(place, META_BYTES)) : undefined;
  const first = at(0);
  let second = first && at(first.pageSize);
  for (let size = FIRST_PAGE; first === undefined && second === undefined && size <= LAST_PAGE; size *= 2) {
    const found = at(size);
    if (found?.pageSize === size) second = found;
  }
  const newest = [first, second]
    .filter((meta) => meta !== undefined)
    .reduce<Meta | undefined>((best, meta) => (best && best.transaction >= meta.transaction ? best : meta), undefined);
  if (newest === undefined) throw new Unreadable('it has no valid page of its own (meta)');
  return newest;
}
