import { Unreadable } from './bytes.ts';

/*
 * The format of a bbolt database, as go.etcd.io/bbolt writes it on little-endian machines: pages of one size, each with a header of 16
 * bytes (id 8, flags 2, count 2, overflow 4); then elements of 16 bytes, whose positions count from the element itself.
 */
const HEADER_BYTES = 16;
const ELEMENT_BYTES = 16;

const BRANCH = 0x01;
const LEAF = 0x02;
const META = 0x04;
/** Of an element: its value is a bucket. */
const BUCKET = 0x01;

const MAGIC = 0xed0cdaed;
const VERSION = 2;
const META_SUM_AT = 56;
/** bbolt itself takes the page size of the machine; no machine has smaller or larger pages than these. */
const SMALLEST_PAGE = 512;
const LARGEST_PAGE = 65_536;

/** A key and what it has: bytes, or a bucket of its own. */
export interface Leaf {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly isBucket: boolean;
}

/** Where a bucket begins: a page, or within its own value when it is small. */
export interface BucketPlace {
  readonly root: number;
  readonly inline?: Buffer;
}

/** What the newest of the two meta pages says. */
export interface Meta {
  readonly pageSize: number;
  readonly root: number;
  /** Pages that are in use begin below this one. */
  readonly pages: number;
  readonly transaction: bigint;
}

/** What a page holds: keys, or the numbers of the pages where they are. */
export type Page =
  | { readonly kind: 'leaf'; readonly leaves: readonly Leaf[] }
  | { readonly kind: 'branch'; readonly children: readonly number[] };

/** FNV-1a with 64 bits, as a meta page has it of itself. */
function fnv1a(bytes: Buffer): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash;
}

/** The number of a page; those of a real database fit. */
function pageNumber(bytes: Buffer, at: number): number {
  const number = bytes.readBigUInt64LE(at);
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new Unreadable('it points to a page beyond its end');
  return Number(number);
}

/** A meta page; undefined for one that is none, or that was cut while it was written. `page` has at least 80 bytes. */
export function readMeta(page: Buffer): Meta | undefined {
  const meta = page.subarray(HEADER_BYTES);
  if ((page.readUInt16LE(8) & META) === 0) return undefined;
  if (meta.readUInt32LE(0) !== MAGIC || meta.readUInt32LE(4) !== VERSION) return undefined;
  if (meta.readBigUInt64LE(META_SUM_AT) !== fnv1a(meta.subarray(0, META_SUM_AT))) return undefined;
  const pageSize = meta.readUInt32LE(8);
  if (pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE || pageSize % SMALLEST_PAGE !== 0) return undefined;
  return {
    pageSize,
    root: pageNumber(meta, 16),
    pages: pageNumber(meta, 40),
    transaction: meta.readBigUInt64LE(48),
  };
}

/** How many pages behind its first one a page goes on; `id` is where it was read. */
export function overflowOf(header: Buffer, id: number): number {
  if (pageNumber(header, 0) !== id) throw new Unreadable(`page ${id} says that it is another one`);
  return header.readUInt32LE(12);
}

/** A page with all that belongs to it. Throws {@link Unreadable} for what is neither branch nor leaf, and for what points out of it. */
export function readPage(page: Buffer, name: string): Page {
  if (page.length < HEADER_BYTES) throw new Unreadable(`${name} is cut`);
  const flags = page.readUInt16LE(8);
  const count = page.readUInt16LE(10);
  if (HEADER_BYTES + count * ELEMENT_BYTES > page.length) throw new Unreadable(`${name} has more entries than room`);
  const places = Array.from({ length: count }, (_each, index) => HEADER_BYTES + index * ELEMENT_BYTES);
  const part = (from: number, length: number): Buffer => {
    if (from + length > page.length) throw new Unreadable(`an entry of ${name} points out of it`);
    return page.subarray(from, from + length);
  };
  if ((flags & LEAF) !== 0) {
    let bytes = HEADER_BYTES + count * ELEMENT_BYTES;
    const leaves = places.map((at): Leaf => {
      const key = at + page.readUInt32LE(at + 4);
      const keyBytes = page.readUInt32LE(at + 8);
      const valueBytes = page.readUInt32LE(at + 12);
      const leaf = {
        key: part(key, keyBytes),
        value: part(key + keyBytes, valueBytes),
        isBucket: (page.readUInt32LE(at) & BUCKET) !== 0,
      };
      bytes += keyBytes + valueBytes;
      return leaf;
    });
    // The same bytes would be gone through once for each entry.
    if (bytes > page.length) throw new Unreadable(`entries of ${name} lie in each other`);
    return { kind: 'leaf', leaves };
  }
  if ((flags & BRANCH) === 0) throw new Unreadable(`${name} is of no known kind`);
  return { kind: 'branch', children: places.map((at) => pageNumber(page, at + 8)) };
}

/** The bucket that a value is. */
export function bucketOf({ value }: Leaf): BucketPlace {
  if (value.length < HEADER_BYTES) throw new Unreadable('a bucket of it is cut');
  const root = pageNumber(value, 0);
  return root === 0 ? { root, inline: value.subarray(HEADER_BYTES) } : { root };
}
