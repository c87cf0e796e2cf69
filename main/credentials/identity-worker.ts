import { serveOrders } from '../lib/worker-threads.ts';
import { AuthorityMemo } from './authorities.ts';
import {
  checkCredentials,
  type CheckDepth,
  type CheckedCredentials,
  type IdentityFields,
} from './check-credentials.ts';

/** What the worker is asked; keys stay in this process. */
export interface CheckOrder {
  readonly id: number;
  readonly fields: readonly IdentityFields[];
  readonly nowMs: number;
  readonly depth: CheckDepth;
}

/** In the order of the fields. */
export interface CheckAnswer {
  readonly id: number;
  readonly checked: readonly CheckedCredentials[];
}

/** Entry of the worker thread that {@link IdentityReader} starts. */
const memo = new AuthorityMemo();

serveOrders(({ id, fields, nowMs, depth }: CheckOrder): CheckAnswer => {
  const checked = fields.map((one) => checkCredentials(one, nowMs, memo, depth));
  return { id, checked };
});
