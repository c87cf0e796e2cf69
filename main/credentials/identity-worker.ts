import { serveJobs } from '../lib/serve-jobs.ts';
import { AuthorityMemo } from './authorities.ts';
import {
  checkCredentials,
  type CheckDepth,
  type CheckedCredentials,
  type IdentityFields,
} from './check-credentials.ts';

/** Entry of the thread that {@link IdentityReader} starts. */
const memo = new AuthorityMemo();

const JOBS = {
  /** In the order of the fields. Keys stay in this process. */
  check: (fields: readonly IdentityFields[], nowMs: number, depth: CheckDepth): readonly CheckedCredentials[] =>
    fields.map((one) => checkCredentials(one, nowMs, memo, depth)),
};

/** What the thread does. */
export type IdentityJobs = typeof JOBS;

serveJobs(JOBS);
