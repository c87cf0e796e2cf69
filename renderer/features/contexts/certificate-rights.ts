import { validityOf } from '../../../preload/contract/talosconfigs/certificates.ts';
import type { ContextSummary } from '../../../preload/contract/index.ts';

/** What to do when the certificate of a context can no longer be renewed. */
export const WHEN_EXPIRED = [
  'Ask somebody whose certificate for this cluster still works to issue one for you, and import it.',
  'Make a new talosconfig from the cluster’s secrets: talosctl gen config --with-secrets secrets.yaml, and import it.',
  'Without either, a control plane’s machine configuration still holds the cluster’s CA and key.',
] as const;

export function isExpired(context: ContextSummary, nowMs: number): boolean {
  return context.certificate !== undefined && validityOf(context.certificate, nowMs).state === 'ended';
}

/** Why the cluster will not issue a certificate for this context; undefined when it may. */
export function whyNotIssue(context: ContextSummary, nowMs: number): string | undefined {
  if (isExpired(context, nowMs)) return 'The certificate has expired, so the cluster no longer accepts it.';
  if (!context.isUsable) return 'The context cannot be used, so the cluster cannot be asked.';
  const roles = context.certificate?.roles ?? [];
  if (!roles.includes('os:admin')) {
    return `Only os:admin may issue certificates; this one has ${roles.join(', ') || 'no role'}.`;
  }
  return undefined;
}
