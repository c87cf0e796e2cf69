import type { ContextSummary, KubeContextSource } from '../../../preload/contract/index.ts';
import type { KubeContext } from '../../kubeconfig/summary.ts';
import { parseEndpoint } from '../../lib/endpoint-address.ts';

/** Where a kubeconfig was fetched from once: what later tells which contexts belong to that Talos cluster. */
export interface KubeconfigMemory {
  /** The Talos context's name then. */
  readonly context: string;
  /** SHA-256 of the Talos authorities: a context keeps them when it is renamed. */
  readonly talosAuthorities: readonly string[];
  /** As `normalServer` writes it. */
  readonly server: string;
  /** SHA-256 of the Kubernetes authorities. */
  readonly authorities: readonly string[];
}

/** A Talos context with every address its cluster is known to have. */
export interface TalosSource {
  readonly summary: ContextSummary;
  readonly addresses: readonly string[];
}

/** Hosts of a context's endpoints; those that cannot be dialled are left out. */
export function endpointHosts({ endpoints }: ContextSummary): readonly string[] {
  return endpoints.flatMap((endpoint) => {
    const parsed = parseEndpoint(endpoint);
    return 'host' in parsed ? [parsed.host] : [];
  });
}

/**
 * Which Talos context a kubeconfig context comes from: by the authority that was fetched from it, with the same server where
 * there is one, else by a server address that is one of its cluster's. Among several contexts of one cluster an administrator's comes first.
 */
export function sourceOf(
  context: KubeContext,
  talos: readonly TalosSource[],
  memory: readonly KubeconfigMemory[],
): KubeContextSource | undefined {
  const ofAuthority = memory.filter(({ authorities }) => authorities.some((one) => context.authorities.includes(one)));
  const ofServer = ofAuthority.filter(({ server }) => server === context.normalServer);
  // Behind a tunnel or a load balancer it has another address than it was fetched with.
  const fetched = ofServer.length > 0 ? ofServer : ofAuthority;
  const byAuthority = best(
    talos.filter(({ summary }) =>
      fetched.some(({ talosAuthorities }) => talosAuthorities.some((one) => summary.caFingerprints.includes(one))),
    ),
    fetched.map((one) => one.context),
  );
  if (byAuthority) return { context: byAuthority.summary.id, by: 'authority' };
  const host = hostOf(context.server);
  if (host === undefined) return undefined;
  const byAddress = best(
    talos.filter(({ addresses }) => addresses.includes(host)),
    [],
  );
  return byAddress && { context: byAddress.summary.id, by: 'address' };
}

function best(candidates: readonly TalosSource[], names: readonly string[]): TalosSource | undefined {
  const rank = ({ summary }: TalosSource): number =>
    (summary.certificate?.roles.includes('os:admin') ? 2 : 0) + (names.includes(summary.name) ? 1 : 0);
  return [...candidates].sort((a, b) => rank(b) - rank(a))[0];
}

function hostOf(server: string): string | undefined {
  try {
    return new URL(server).hostname.replace(/^\[(.*)\]$/, '$1');
  } catch {
    return undefined;
  }
}
