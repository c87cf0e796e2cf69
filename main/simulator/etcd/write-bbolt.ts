/*
 * Writes a bbolt database as go.etcd.io/bbolt does: two meta pages, leaves and branches, and the list of free pages, each of 4 KiB. Made
 * after files of real etcd, and compared with what etcdctl says of them.
 */
const PAGE_BYTES = 4096;
const HEADER_BYTES = 16;
const ELEMENT_BYTES = 16;
const BRANCH = 0x01;
const LEAF = 0x02;
const META = 0x04;
const FREE_LIST = 0x10;
const IS_BUCKET = 1;
/** Above so many, the first entry of the list of free pages says how many there are. */
const MOST_COUNT = 0xffff;

/** What a bucket holds, in the order of its keys. */
export interface WrittenBucket {
  readonly name: string;
  readonly entries: readonly (readonly [key: Buffer, value: Buffer])[];
}

interface Element {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly flags: number;
}

/** All pages of a database in use. `free` pages more belong behind them, whose content says nothing. */
export function bboltPages(buckets: readonly WrittenBucket[], free = 0): Buffer {
  const pages = new Pages();
  const roots = buckets.map(({ name, entries }): Element => {
    const value = Buffer.alloc(16);
    value.writeBigUInt64LE(BigInt(pages.tree(entries.map(([key, one]) => ({ key, value: one, flags: 0 })))), 0);
    return { key: Buffer.from(name), value, flags: IS_BUCKET };
  });
  const root = pages.tree(roots);
  return pages.finish(root, free);
}

class Pages {
  readonly #written: Buffer[] = [];
  /** The two meta pages come first. */
  #next = 2;

  /** Writes elements as leaves, and branches above them; the number of the page at the top. */
  tree(elements: readonly Element[]): number {
    let level = inPages(elements).map((part) => ({ key: part[0]?.key ?? Buffer.alloc(0), page: this.#leaf(part) }));
    while (level.length > 1) {
      const above: typeof level = [];
      for (let at = 0; at < level.length; at += 100) {
        const part = level.slice(at, at + 100);
        above.push({ key: part[0]?.key ?? Buffer.alloc(0), page: this.#branch(part) });
      }
      level = above;
    }
    return level[0]?.page ?? 0;
  }

  finish(root: number, free: number): Buffer {
    const freeList = this.#next;
    const ids = Buffer.alloc(8 * (free + (free >= MOST_COUNT ? 1 : 0)));
    const listPages = Math.ceil((HEADER_BYTES + ids.length) / PAGE_BYTES);
    const firstFree = freeList + listPages;
    let at = 0;
    if (free >= MOST_COUNT) at = ids.writeBigUInt64LE(BigInt(free), at);
    for (let id = 0; id < free; id++) at = ids.writeBigUInt64LE(BigInt(firstFree + id), at);
    this.#page(FREE_LIST, Math.min(free, MOST_COUNT), ids);
    const pages = firstFree + free;
    return Buffer.concat([meta(0, root, freeList, pages), meta(1, root, freeList, pages), ...this.#written]);
  }

  #leaf(elements: readonly Element[]): number {
    const heads = elements.map(({ key, value, flags }) => [flags, key.length, value.length] as const);
    let offset = elements.length * ELEMENT_BYTES;
    const table = heads.map(([flags, keyBytes, valueBytes], index) => {
      const head = Buffer.alloc(ELEMENT_BYTES);
      head.writeUInt32LE(flags, 0);
      head.writeUInt32LE(offset - index * ELEMENT_BYTES, 4);
      head.writeUInt32LE(keyBytes, 8);
      head.writeUInt32LE(valueBytes, 12);
      offset += keyBytes + valueBytes;
      return head;
    });
    const data = elements.flatMap(({ key, value }) => [key, value]);
    return this.#page(LEAF, elements.length, Buffer.concat([...table, ...data]));
  }

  #branch(children: readonly { readonly key: Buffer; readonly page: number }[]): number {
    let offset = children.length * ELEMENT_BYTES;
    const table = children.map(({ key, page }, index) => {
      const head = Buffer.alloc(ELEMENT_BYTES);
      head.writeUInt32LE(offset - index * ELEMENT_BYTES, 0);
      head.writeUInt32LE(key.length, 4);
      head.writeBigUInt64LE(BigInt(page), 8);
      offset += key.length;
      return head;
    });
    return this.#page(BRANCH, children.length, Buffer.concat([...table, ...children.map(({ key }) => key)]));
  }

  #page(flags: number, count: number, body: Buffer): number {
    const id = this.#next;
    const pages = Math.max(1, Math.ceil((HEADER_BYTES + body.length) / PAGE_BYTES));
    const page = Buffer.alloc(pages * PAGE_BYTES);
    header(page, id, flags, count, pages - 1);
    body.copy(page, HEADER_BYTES);
    this.#written.push(page);
    this.#next += pages;
    return id;
  }
}

/** As many elements on a page as fit, and at least one. */
function inPages(elements: readonly Element[]): readonly (readonly Element[])[] {
  const parts: (readonly Element[])[] = [];
  let part: Element[] = [];
  let bytes = HEADER_BYTES;
  for (const element of elements) {
    const size = ELEMENT_BYTES + element.key.length + element.value.length;
    if (bytes + size > PAGE_BYTES && part.length > 0) {
      parts.push(part);
      part = [];
      bytes = HEADER_BYTES;
    }
    part.push(element);
    bytes += size;
  }
  return [...parts, part];
}

function header(page: Buffer, id: number, flags: number, count: number, overflow: number): void {
  page.writeBigUInt64LE(BigInt(id), 0);
  page.writeUInt16LE(flags, 8);
  page.writeUInt16LE(count, 10);
  page.writeUInt32LE(overflow, 12);
}

function meta(id: number, root: number, freeList: number, pages: number): Buffer {
  const page = Buffer.alloc(PAGE_BYTES);
  header(page, id, META, 0, 0);
  const body = page.subarray(HEADER_BYTES);
  body.writeUInt32LE(0xed0cdaed, 0);
  body.writeUInt32LE(2, 4);
  body.writeUInt32LE(PAGE_BYTES, 8);
  body.writeBigUInt64LE(BigInt(root), 16);
  body.writeBigUInt64LE(BigInt(freeList), 32);
  body.writeBigUInt64LE(BigInt(pages), 40);
  // bbolt writes a snapshot with the same transaction on both pages, less one on the second.
  body.writeBigUInt64LE(BigInt(100 - id), 48);
  let sum = 0xcbf29ce484222325n;
  for (const byte of body.subarray(0, 56)) sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  body.writeBigUInt64LE(sum, 56);
  return page;
}
