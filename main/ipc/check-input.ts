import * as v from 'valibot';
import { MAX_REQUEST_SIZE, NOT_PLAIN_REQUEST, plainSize, TOO_LARGE_REQUEST } from '../../preload/contract/index.ts';
import { Failed } from '../lib/failed.ts';

/** Longest id of a call: the preload passes a number. */
const MAX_ID_SIZE = 256;

/**
 * Checks an input against its schema, after its size: nothing walks what is too large. Throws Failed `too-large` or
 * `invalid` naming the field; never echoes values.
 */
export function checkInput<S extends v.GenericSchema>(schema: S, name: string, input: unknown): v.InferOutput<S> {
  const size = input === TOO_LARGE_REQUEST ? Infinity : plainSize(input);
  if (size === 'not-plain' || input === NOT_PLAIN_REQUEST) {
    throw new Failed({ code: 'invalid', message: `The request ${name} holds something that is not plain data.` });
  }
  if (size > MAX_REQUEST_SIZE) {
    throw new Failed({ code: 'too-large', message: `The request ${name} is larger than 1 MiB.` });
  }
  // The first fault is enough: a hundred thousand of them would be collected otherwise.
  const parsed = v.safeParse(schema, input, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = (v.getDotPath(issue) ?? '').slice(0, 200);
  throw new Failed({
    code: 'invalid',
    message: `The request ${name} has a wrong shape${field === '' ? '' : ` at ${field}`}: expected ${issue.expected ?? 'another value'}.`,
    where: { field },
  });
}

/** The id a page gave its call may be anything small, and is kept while the call runs. Throws Failed `invalid`. */
export function checkId(id: unknown): void {
  const size = plainSize(id, MAX_ID_SIZE);
  if (size === 'not-plain' || size > MAX_ID_SIZE) {
    throw new Failed({ code: 'invalid', message: 'The id of a request is not a short one.' });
  }
}
