import * as v from 'valibot';
import { BLACK_BOX, type BlackBoxFile } from '../../preload/contract/blackbox/schema.ts';
import { Failed } from '../lib/failed.ts';
import { redactText } from '../lib/redact.ts';
import { visible } from '../lib/visible.ts';

/**
 * The text of a black box, checked against its schema: it may come from anywhere. Unseen signs in it are written out. Throws Failed
 * `invalid` that says what is wrong with it.
 */
export function readBlackBox(text: string): BlackBoxFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong('It is not JSON, or is cut off.');
  }
  const checked = v.safeParse(BLACK_BOX, parsed, { abortEarly: true });
  if (checked.success) return neutral(checked.output) as BlackBoxFile;
  const [issue] = checked.issues;
  if (v.getDotPath(issue) === 'version') throw wrong('It was made by another version of Minos.');
  throw wrong(`Its part ${(v.getDotPath(issue) ?? 'format').slice(0, 100)} is not as it should be.`);
}

function wrong(why: string): Failed {
  return new Failed({
    code: 'invalid',
    message: `This is no black box of Minos. ${why}`,
    hint: 'Choose a file that Minos saved as black box.',
  });
}

/** The same with every text safe to show. */
function neutral(value: unknown): unknown {
  if (typeof value === 'string') return visible(redactText(value));
  if (Array.isArray(value)) return value.map(neutral);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, neutral(one)]));
}
