import type { ComparedContext } from '../../../preload/contract/index.ts';
import type { ContextFacts } from '../../talosconfig/merge-classify.ts';
import type { ReadContext } from './context-reading.ts';

/** What is compared of a context when talosconfigs are merged; without a hash it is none. */
export function contextFacts(read: ReadContext, contentHash: string | undefined): ContextFacts {
  const { summary, raw, issuerFingerprint } = read;
  const { certificate, cluster, endpoints, caFingerprints } = summary;
  const broken = summary.problems.find(({ severity }) => severity === 'error' && !isAboutUse(read))?.message;
  const identity = raw.auth.siderov1?.identity ?? raw.auth.basic?.username;
  return {
    name: raw.name,
    content: contentHash ?? `broken:${raw.name}`,
    caFingerprints,
    ...(issuerFingerprint !== undefined && { issuerFingerprint }),
    ...(certificate && { leafFingerprint: certificate.fingerprint, notAfterMs: certificate.notAfterMs }),
    roles: certificate?.roles ?? [],
    ...(cluster !== undefined && { cluster }),
    endpoints,
    ...(identity !== undefined && { identity }),
    ...((broken !== undefined || contentHash === undefined) && {
      broken: broken ?? 'It is not a context that can be copied.',
    }),
  };
}

/** A context fresh from `talosctl gen config` has no endpoints yet: it cannot be dialled, and is worth keeping. */
function isAboutUse({ summary }: ReadContext): boolean {
  const errors = summary.problems.filter(({ severity }) => severity === 'error');
  return errors.every(({ field }) => field === 'endpoints') && summary.endpoints.length === 0;
}

/** What the page sees of it. */
export function comparedContext(read: ReadContext, broken: string | undefined): ComparedContext {
  const { name, endpoints, nodes, cluster, certificate, caFingerprints } = read.summary;
  const identity = read.raw.auth.siderov1?.identity ?? read.raw.auth.basic?.username;
  return {
    name,
    endpoints,
    nodes,
    ...(cluster !== undefined && { cluster }),
    ...(certificate && { certificate }),
    caFingerprints,
    ...(identity !== undefined && { identity }),
    ...(broken !== undefined && { broken }),
  };
}
