import { serveBounded } from '../lib/serve-bounded.ts';
import { AuthorityMemo } from './authorities.ts';
import {
  checkCredentials,
  type CheckDepth,
  type CheckedCredentials,
  type IdentityFields,
} from './check-credentials.ts';

/** What the worker is asked; keys stay in this process. */
export interface CheckOrder {
  readonly fields: readonly IdentityFields[];
  readonly nowMs: number;
  readonly depth: CheckDepth;
}

/** In the order of the fields. */
export type CheckAnswer = readonly CheckedCredentials[];

/** Entry of the worker thread that {@link IdentityReader} starts. */
const memo = new AuthorityMemo();

serveBounded(({ fields, nowMs, depth }: CheckOrder): CheckAnswer => {
  return fields.map((one) => checkCredentials(one, nowMs, memo, depth));
});
