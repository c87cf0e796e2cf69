import type { NodesState } from '../../../preload/contract/index.ts';
import { KubernetesConnection, type KubernetesServer } from '../../kubernetes/connection.ts';
import { joinHostPort } from '../../lib/endpoint-address.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Ask } from '../confirm.ts';
import { fetchKubeconfig } from '../kubeconfig/fetch.ts';
import { handedOutAccess } from '../kubeconfig/fetched.ts';
import type { KubeconfigTexts } from '../kubeconfig/texts.ts';
import { endpointHost } from '../talosconfigs/named-hosts.ts';
import { apiServerQuestion, type KubernetesPurpose } from './api-server-question.ts';

/** What one comes to the API of a cluster's Kubernetes with. */
export interface KubernetesWay {
  readonly connection: Caller;
  /** Who may be asked for a certificate. */
  readonly nodes: () => Pick<NodesState, 'nodes'>;
  /** Roles of the context's certificate, to explain a refusal. */
  readonly roles: readonly string[];
  /** For the question. */
  readonly context: string;
  readonly texts: Pick<KubeconfigTexts, 'readHandedOut'>;
  readonly ask: Ask;
  /** Keys of the hosts that files of the user name. */
  readonly namedHosts: () => Promise<ReadonlySet<string>>;
  /** Instead of the server the cluster says; undefined: that one. */
  readonly endpoint: KubernetesServer | undefined;
  readonly now: () => number;
  /** Keys of hosts that were agreed to before: they are not asked about again. Gets the one that is. */
  readonly agreed?: Set<string>;
}

/**
 * A connection with a certificate that the cluster issues for it, which no file ever holds and which is forgotten with it. A
 * server that no file of the user names is connected to only after they confirmed it. Throws what fetching a kubeconfig and
 * asking throw; Failed `denied` when the user did not let it. The caller closes it.
 */
export async function openKubernetes(
  way: KubernetesWay,
  purpose: KubernetesPurpose,
  signal: AbortSignal,
): Promise<KubernetesConnection> {
  const { connection, roles, texts, now, endpoint } = way;
  const { text } = await fetchKubeconfig({ connection, nodes: way.nodes(), roles, signal });
  const { server: told, identity } = await handedOutAccess(text, { texts, nowMs: now() });
  const server = endpoint ?? told;
  const address = `https://${joinHostPort(server.host, server.port)}`;
  await mayConnect(way, address, purpose, signal);
  signal.throwIfAborted();
  return new KubernetesConnection(server, identity, now);
}

async function mayConnect(
  { context, endpoint, ask, namedHosts, agreed }: KubernetesWay,
  address: string,
  purpose: KubernetesPurpose,
  signal: AbortSignal,
): Promise<void> {
  const { key } = endpointHost(address);
  if (agreed?.has(key) === true || (await namedHosts()).has(key)) return;
  try {
    await ask(apiServerQuestion(context, address, endpoint === undefined, purpose), signal);
    agreed?.add(key);
  } catch (error) {
    signal.throwIfAborted();
    if (!isCancelled(error)) throw error;
    throw new Failed({ code: 'denied', message: `You did not let Minos connect to ${address}.` }, error);
  }
}
