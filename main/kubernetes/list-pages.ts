import * as v from 'valibot';
import { Failed } from '../lib/failed.ts';

const pageSchema = v.object({
  items: v.array(v.unknown()),
  metadata: v.optional(v.object({ continue: v.optional(v.pipe(v.string(), v.maxLength(4096)), '') }), { continue: '' }),
});

/** A list of the API, and how much of it is read. */
export interface PagedList<T> {
  readonly path: string;
  /** Beside those of the pages. */
  readonly query: Readonly<Record<string, string>>;
  /** Objects asked for at a time. */
  readonly page: number;
  /** A longer list is refused as a whole. */
  readonly most: number;
  /** Undefined for what is another thing: it is left out. */
  readonly read: (item: unknown) => T | undefined;
}

/** Reads a list page by page. Throws Failed `invalid` for what is no list, `too-large` for one of too many objects, and what `ask` throws. */
export async function listPages<T>(
  { path, query, page, most, read }: PagedList<T>,
  ask: (path: string) => Promise<unknown>,
): Promise<readonly T[]> {
  const found: T[] = [];
  let seen = 0;
  for (let next = ''; ;) {
    const all = new URLSearchParams({ limit: String(page), ...query, ...(next !== '' && { continue: next }) });
    const answer = v.safeParse(pageSchema, await ask(`${path}?${all.toString()}`));
    if (!answer.success)
      throw new Failed({ code: 'invalid', message: 'The API of Kubernetes answered without a list.' });
    const { items, metadata } = answer.output;
    found.push(...items.flatMap((item) => read(item) ?? []));
    // Those that are left out, too: an answer must not keep us for ever.
    seen += items.length;
    next = metadata.continue;
    if (next === '' || items.length === 0) return found;
    if (seen >= most)
      throw new Failed({ code: 'too-large', message: `There are more than ${most} objects at ${path}.` });
  }
}
