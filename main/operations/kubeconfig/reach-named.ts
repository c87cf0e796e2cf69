import type { KubeReachability, KubeServerReach } from '../../../preload/contract/index.ts';
import type { Ask } from '../confirm.ts';
import { endpointHost } from '../talosconfigs/named-hosts.ts';
import { probeQuestion } from './questions.ts';
import { reachServer } from './reach.ts';

/** What {@link reachNamed} tries. */
export interface NamedReachWish {
  /** For the question. */
  readonly context: string;
  readonly server: string;
  /** Other addresses of the same server, as the cluster tells them. */
  readonly alternatives: readonly string[];
  /** Keys of the hosts that files of the user name. */
  readonly named: ReadonlySet<string>;
  /** Missing: what no file names is not tried. */
  readonly ask: Ask | undefined;
  readonly signal: AbortSignal;
}

/**
 * Tries the server, and the alternatives when it does not answer. Only hosts that files of the user name are dialled
 * unasked: the others come from the cluster, and Minos is not its scanner of this network.
 */
export async function reachNamed(wish: NamedReachWish): Promise<KubeReachability> {
  const { context, server, alternatives, named, ask, signal } = wish;
  const isNamed = (one: string): boolean => named.has(endpointHost(one).key);
  const unnamed = [server, ...alternatives].filter((one) => !isNamed(one));
  if (ask && unnamed.length > 0) await ask(probeQuestion(context, unnamed), signal);
  const reach = (one: string): Promise<KubeServerReach> =>
    ask || isNamed(one) ? reachServer(one, signal) : Promise.resolve(untried(one));
  const first = await reach(server);
  if (first.isReachable) return { ...first, alternatives: [] };
  return { ...first, alternatives: await Promise.all(alternatives.map(reach)) };
}

const untried = (server: string): KubeServerReach => ({
  server,
  isReachable: false,
  isUntried: true,
  why: 'not tried: no file of yours names it',
});
