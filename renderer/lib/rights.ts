import type { ContextSummary } from '../../preload/contract/index.ts';

/** Roles that may; a node-to-node certificate gets its own with each call, so the cluster decides. */
const MAY_FETCH: readonly string[] = ['os:admin', 'os:impersonator'];

/**
 * Why the certificate of a context may not have a kubeconfig issued; undefined when it may, or when a sign-in decides. Said
 * beside the button, before anything is opened.
 */
export function whyNoKubeconfig({ certificate }: Pick<ContextSummary, 'certificate'>): string | undefined {
  if (certificate === undefined || MAY_FETCH.some((role) => certificate.roles.includes(role))) return undefined;
  const has = certificate.roles.join(', ') || 'no role';
  return `Fetching a kubeconfig needs the role os:admin; this certificate has ${has}.`;
}
