import { Failed, isCancelled } from '../../../lib/failed.ts';
import { quoted } from '../../quoted.ts';
import type { AskOptions, PrepareRequest } from '../kit/definition.ts';
import type { Caller } from '../../clusters/caller.ts';

/** Pods of one node by the name of their network namespace; those in the host's network have none of their own. */
export async function podsByNetwork(
  connection: Caller,
  node: string,
  options: Pick<AskOptions, 'deadlineMs' | 'signal'>,
): Promise<ReadonlyMap<string, string>> {
  const request = { namespace: 'k8s.io', driver: 'CRI' } as const;
  const { value } = await connection.unary('/machine.MachineService/Containers', request, { node, ...options });
  const containers = value.messages.flatMap((message) => message.containers);
  return new Map(
    containers
      .filter(({ network_namespace: network, pid, id, pod_id: pod }) => network !== '' && pid !== 0 && id === pod)
      .map(({ network_namespace: network, id }) => [network, id]),
  );
}

/** Where a pod is. */
export interface PodPlace {
  readonly node: string;
  readonly network: string;
}

/** Nodes asked at a time for a pod. */
const PARALLEL = 16;

/** Finds the node that runs a pod (`namespace/name`). Throws Failed `not-found`, or why no node could say. */
export async function findPod({ connection, nodes, ...options }: PrepareRequest, pod: string): Promise<PodPlace> {
  const left = [...new Set(nodes)];
  let place: PodPlace | undefined;
  let problem: Error | undefined;
  let answered = 0;
  // Nodes that are still asked once the pod is found must not use up the time of the run.
  const found = new AbortController();
  const signal = AbortSignal.any([options.signal, found.signal]);
  const search = async (): Promise<void> => {
    for (let node = left.shift(); node !== undefined && place === undefined; node = left.shift()) {
      try {
        const pods = await podsByNetwork(connection, node, { ...options, signal });
        answered += 1;
        const network = [...pods].find(([, id]) => id === pod)?.[0];
        if (network === undefined) continue;
        place ??= { node, network };
        found.abort();
      } catch (error) {
        if (place !== undefined) return;
        if (isCancelled(error) || options.signal.aborted || !(error instanceof Error)) throw error;
        problem ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, left.length) }, search));
  if (place !== undefined) return place;
  if (answered === 0 && problem !== undefined) throw problem;
  throw new Failed({
    code: 'not-found',
    message: `None of these nodes runs a pod ${quoted(pod)} with a network of its own.`,
    hint: 'Pods are named namespace/name. Those in the network of the host are among the sockets of the node itself.',
  });
}
