import { formatMinute } from '../../../../preload/contract/format/moments.ts';
import type { KubernetesNode } from '../../../../preload/contract/index.ts';

/**
 * Who cordoned a node, and how it takes pods again. What Minos cordoned for a deed it gives back when the deed is over: it stays so
 * while the deed goes on, and when Minos ended in the middle of it.
 */
export function whoCordoned({ name, cordonedByMinosMs: sinceMs }: KubernetesNode): {
  readonly detail: string;
  readonly sinceMs?: number;
} {
  const back = `kubectl uncordon ${name}`;
  if (sinceMs === undefined) return { detail: `Somebody cordoned it. When that is over: ${back}.` };
  return {
    detail: `Minos cordoned it at ${formatMinute(sinceMs)} for a deed. If that deed is over: ${back}.`,
    sinceMs,
  };
}
