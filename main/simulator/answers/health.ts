import { status } from '@grpc/grpc-js';
import { stream, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { onlyControlPlane, Refusal } from '../endpoint/errors.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/** Talos looks again this often. */
const INTERVAL_MS = 5_000;
/** What a check takes that passes at once. */
const PASSES_MS = 60;

/** Names a condition, and says what is missing for it. */
type Condition = readonly [name: string, missing: (context: AnswerContext) => string | undefined];

const isAway = ({ fault, stage, apidIsDown }: VirtualNode): boolean =>
  apidIsDown || stage !== 'running' || ['down', 'black-hole', 'frozen', 'maintenance'].includes(fault?.kind ?? '');

const controlPlanes = ({ cluster }: AnswerContext): readonly VirtualNode[] =>
  cluster.nodes.filter(({ role }) => role === 'controlplane');

/** A node that is not reached, as the one that goes through the list sees it. */
const notReached = (nodes: readonly VirtualNode[], what: string): string | undefined => {
  const away = nodes.find(isAway);
  return (
    away &&
    `error getting ${what} from node "${away.address}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${away.address}:50000: connect: connection refused"`
  );
};

/** Go's list of several errors. */
function joined(errors: readonly string[]): string | undefined {
  if (errors.length === 0) return undefined;
  const head = errors.length === 1 ? '1 error occurred:' : `${errors.length} errors occurred:`;
  return `${head}\n${errors.map((error) => `\t* ${error}\n`).join('')}\n`;
}

function service(id: string, nodes: readonly VirtualNode[]): string | undefined {
  const errors = nodes.flatMap((node) => {
    const found = node.services.list().find((each) => each.id === id);
    const last = found?.events.at(-1);
    if (found === undefined || last === undefined)
      return [`${node.address}: no events recorded yet for service "${id}"`];
    if (last.state !== 'Running')
      return [
        `${node.address}: service "${id}" not in expected state "Running": current state [${last.state}] ${last.message}`,
      ];
    return found.healthy === true ? [] : [`${node.address}: service is not healthy: ${id}`];
  });
  return joined(errors);
}

const kubeletDown = ({ cluster }: AnswerContext): readonly string[] =>
  cluster.nodes
    .filter(
      (node) =>
        isAway(node) ||
        node.ills.isNotReadyInKubernetes === true ||
        node.services.list().some(({ id, healthy }) => id === 'kubelet' && healthy === false),
    )
    .map(({ name }) => name);

const CONDITIONS: readonly Condition[] = [
  [
    'etcd to be healthy',
    (context) =>
      notReached(controlPlanes(context), 'service info for service "etcd"') ?? service('etcd', controlPlanes(context)),
  ],
  ['etcd members to be consistent across nodes', () => undefined],
  ['etcd members to be control plane nodes', () => undefined],
  ['apid to be ready', ({ cluster }) => notReached(cluster.nodes, 'version')],
  ['all nodes memory sizes', () => undefined],
  ['all nodes disk sizes', () => undefined],
  ['no diagnostics', () => undefined],
  ['kubelet to be healthy', (context) => service('kubelet', controlPlanes(context))],
  ['all nodes to finish boot sequence', () => undefined],
  ['all k8s nodes to report', () => undefined],
  ['all control plane static pods to be running', () => undefined],
  [
    'all control plane components to be ready',
    (context) => {
      const ill = controlPlanes(context).filter((node) => node.ills.isApiServerNotReady === true);
      const pods = ill.map(({ name }) => `kube-apiserver-${name}`);
      return pods.length === 0 ? undefined : `some pods are not ready for kube-apiserver: [${pods.join(' ')}]`;
    },
  ],
  [
    'all k8s nodes to report ready',
    (context) => {
      const down = kubeletDown(context);
      return down.length === 0 ? undefined : `some nodes are not ready: [${down.join(' ')}]`;
    },
  ],
  ['kube-proxy to report ready', () => undefined],
  ['coredns to report ready', () => undefined],
  [
    'all k8s nodes to report schedulable',
    ({ cluster }) => {
      const cordoned = cluster.nodes.find((node) => node.ills.isCordoned === true);
      return cordoned && `some nodes are not schedulable: [${cordoned.name}]`;
    },
  ],
];

/** A control plane goes through the checks and tells each change, as `talosctl health` prints it. */
export const healthAnswers: readonly AnswerEntry[] = [
  stream('/cluster.ClusterService/HealthCheck', async function* (request, context) {
    if (context.node.role !== 'controlplane') throw onlyControlPlane('cluster health check');
    const timeoutMs = Number(request.wait_timeout?.seconds ?? 0) * 1000 + (request.wait_timeout?.nanos ?? 0) / 1e6;
    const untilMs = context.nowMs() + timeoutMs;
    const { control_plane_nodes: named = [], worker_nodes: workers = [] } = request.cluster_info ?? {};
    const nodes =
      named.length + workers.length > 0 ? [...named, ...workers] : context.cluster.nodes.map((node) => node.address);
    yield { message: `discovered nodes: [${nodes.map((node) => `"${node}"`).join(' ')}]` };
    for (const [name, missing] of CONDITIONS) {
      yield { message: `waiting for ${name}: ...` };
      await context.wait(PASSES_MS);
      let said: string | undefined;
      for (let text = missing(context); text !== undefined; text = missing(context)) {
        if (text !== said) yield { message: `waiting for ${name}: ${text}` };
        said = text;
        const leftMs = untilMs - context.nowMs();
        if (leftMs <= INTERVAL_MS) {
          await context.wait(Math.max(0, leftMs));
          throw new Refusal(status.DEADLINE_EXCEEDED, 'context deadline exceeded');
        }
        await context.wait(INTERVAL_MS);
      }
      yield { message: `waiting for ${name}: OK` };
    }
  }),
];
