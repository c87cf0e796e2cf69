import type { LensContainer, LensNodeSources } from '../../../preload/contract/index.ts';
import type { Caller } from '../clusters/caller.ts';
import { fanOut } from '../work/fan-out/fan-out.ts';
import { NodeCancels } from '../work/fan-out/node-cancels.ts';

const DEADLINE_MS = 10_000;
/** Of one node; more are left out, since nobody chooses from more. */
const MOST_OF_NODE = 2000;
const MOST_NAME = 512;

/** What can be followed on each node, in the order of the nodes. Never rejects: a node that fails says why. */
export async function listSources(
  caller: Caller,
  nodes: readonly string[],
  signal: AbortSignal,
): Promise<readonly LensNodeSources[]> {
  const found = new Map<string, LensNodeSources>();
  await fanOut(nodes, new NodeCancels(signal), async ({ node, signal: own }) => {
    found.set(node, await ofNode(caller, node, own));
  });
  return nodes.map((node) => found.get(node) ?? { node, services: [], containers: [] });
}

async function ofNode(caller: Caller, node: string, signal: AbortSignal): Promise<LensNodeSources> {
  const options = { node, deadlineMs: DEADLINE_MS, signal };
  const [logs, pods] = await Promise.allSettled([
    caller.unary('/machine.MachineService/LogsContainers', {}, options),
    caller.unary('/machine.MachineService/Containers', { namespace: 'k8s.io', driver: 'CRI' }, options),
  ]);
  const failed = [logs, pods].find((one) => one.status === 'rejected');
  const services =
    logs.status === 'fulfilled'
      ? [...new Set(logs.value.value.messages.flatMap(({ ids }) => ids))].filter(isShort).sort().slice(0, MOST_OF_NODE)
      : [];
  const containers =
    pods.status === 'fulfilled'
      ? pods.value.value.messages.flatMap(({ containers: all }) =>
          all.flatMap((one) => containerOf(one.id, one.status)),
        )
      : [];
  return {
    node,
    services,
    containers: [...new Map(containers.map((one) => [one.id, one])).values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, MOST_OF_NODE),
    ...(failed?.status === 'rejected' && { failure: caller.explain(failed.reason, { node }) }),
  };
}

const isShort = (id: string): boolean => id !== '' && id.length <= MOST_NAME;

/** Out of `namespace/pod:container:hash`; a pod's own sandbox, `namespace/pod`, writes nothing. */
function containerOf(id: string, status: string): readonly LensContainer[] {
  const [path = '', name] = id.split(':');
  const slash = path.indexOf('/');
  if (name === undefined || slash < 0 || !isShort(id)) return [];
  const [namespace, pod] = [path.slice(0, slash), path.slice(slash + 1)];
  return [{ id: `${path}:${name}`, namespace, pod, name, status: status.slice(0, 64) }];
}
