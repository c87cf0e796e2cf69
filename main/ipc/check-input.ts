import * as v from 'valibot';
import { Failed } from '../lib/failed.ts';

/** Largest request the page may send, counted over its texts, numbers and fields. */
export const MAX_INPUT_SIZE = 1024 * 1024;

/** A rough size that never recurses deeper than `depth`: plain data of the page has no reason to be deep. */
function sizeOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (value === null || typeof value !== 'object') return 8;
  if (depth === 0) return Infinity;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  let size = 8;
  for (const [key, item] of Object.entries(value)) {
    size += key.length + sizeOf(item, depth - 1);
    if (size > MAX_INPUT_SIZE) return Infinity;
  }
  return size;
}

/** Checks an input against its schema. Throws Failed `too-large` or `invalid` naming the field; never echoes values. */
export function checkInput<S extends v.GenericSchema>(schema: S, name: string, input: unknown): v.InferOutput<S> {
  if (sizeOf(input, 12) > MAX_INPUT_SIZE) {
    throw new Failed({ code: 'too-large', message: `The request ${name} is larger than 1 MiB.` });
  }
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue) ?? '';
  throw new Failed({
    code: 'invalid',
    message: `The request ${name} has a wrong shape${field === '' ? '' : ` at ${field}`}: expected ${issue.expected ?? 'another value'}.`,
    where: { field },
  });
}
