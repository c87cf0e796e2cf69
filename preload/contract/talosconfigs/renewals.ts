import type { ShownDiffLine } from '../plans/changes.ts';
import type { PlanHead } from '../plans/plans.ts';
import type { CertificateFacts } from './certificates.ts';

/** A new certificate that was issued and is not written yet. */
export interface RenewalPlan extends PlanHead {
  readonly context: string;
  readonly node: string;
  readonly before?: CertificateFacts;
  readonly after: CertificateFacts;
  readonly diff: readonly ShownDiffLine[];
}
