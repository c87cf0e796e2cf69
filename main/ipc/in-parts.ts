import type { ProducerMessage } from '../../preload/contract/index.ts';
import { roughSize } from '../lib/rough-size.ts';

/** A message of so much by {@link roughSize} stays below 1 MiB when it is copied: names of fields and wide letters come on top. */
const MAX_ROUGH_SIZE = 320 * 1024;

type Part = ProducerMessage & { readonly type: 'part' | 'value' };

/** The messages that carry one value of a topic: itself, or the items of its lists in parts and then the rest of it. */
export function inParts(value: unknown, revision: number): readonly Part[] {
  if (roughSize(value, MAX_ROUGH_SIZE) <= MAX_ROUGH_SIZE || !isRecord(value)) {
    return [{ type: 'value', revision, value }];
  }
  const parts: Part[] = [];
  const rest: Record<string, unknown> = { ...value };
  for (const [field, list] of Object.entries(value)) {
    if (!Array.isArray(list)) continue;
    rest[field] = [];
    for (const items of slices(list as readonly unknown[])) parts.push({ type: 'part', revision, field, items });
  }
  return [...parts, { type: 'value', revision, value: rest }];
}

function* slices(list: readonly unknown[]): Generator<readonly unknown[]> {
  let items: unknown[] = [];
  let size = 0;
  for (const item of list) {
    const more = roughSize(item, MAX_ROUGH_SIZE) + 8;
    if (size + more > MAX_ROUGH_SIZE && items.length > 0) {
      yield items;
      items = [];
      size = 0;
    }
    items.push(item);
    size += more;
  }
  if (items.length > 0) yield items;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
