import type { Caller } from '../../clusters/caller.ts';
import type { CheckName } from '../check-list.ts';
import type { KubernetesAccess } from './kubernetes-access.ts';

/** A machine that a health check is about. */
export interface CheckedNode {
  /** Its internal IP, by which it is called. */
  readonly ip: string;
  /** All its addresses. */
  readonly ips: readonly string[];
  readonly isControlPlane: boolean;
}

/** What a check works with during one try. */
export interface CheckTools {
  readonly connection: Caller;
  /** The node the health check was asked of. */
  readonly target: string;
  readonly nodes: readonly CheckedNode[];
  /** Missing: Kubernetes is not asked. */
  readonly kubernetes?: KubernetesAccess | undefined;
  /** What is left of this try, ms. */
  readonly deadlineMs: number;
  /** Aborts at the end of this try, and when the whole health check ends. */
  readonly signal: AbortSignal;
}

/** How a check ended: it passed, does not apply, or cannot be run, and why. */
export type Passed = 'ok' | 'skipped' | { readonly notRun: string };

/** One check of the list. */
export interface Check {
  readonly name: CheckName;
  /** It is tried so often, and one try takes no longer, ms. */
  readonly intervalMs: number;
  /** Throws CheckUnmet with what is missing, and what calls throw. */
  assert(tools: CheckTools): Promise<Passed>;
}

/** What a check found missing, in Talos's words. */
export class CheckUnmet extends Error {
  override readonly name = 'CheckUnmet';
}

/** Of a list of errors, a line each, as Talos lists several. */
export function unmetOf(errors: readonly string[]): void {
  const [only] = errors;
  if (only === undefined) return;
  if (errors.length === 1) throw new CheckUnmet(only);
  throw new CheckUnmet(`${errors.length} errors occurred:\n${errors.map((error) => `    * ${error}`).join('\n')}`);
}
