import type { KubernetesNode } from '../../../kubernetes/objects.ts';
import type { KubernetesReader } from '../../../kubernetes/reader.ts';
import { orAborted } from '../../../lib/until-aborted.ts';
import type { CheckName } from '../check-list.ts';
import { CheckUnmet, type Check, type CheckedNode, type CheckTools, type Passed } from './check.ts';
import { checkPods } from './pods-check.ts';
import { listResources } from './read-resources.ts';

const INTERVAL_MS = 5_000;
/** Nodes of Kubernetes come slowly: that check is tried less often. */
const NODES_INTERVAL_MS = 30_000;
const SYSTEM = 'kube-system';

/** A check that reads Kubernetes; it does not apply where there is none, and is not run where Minos may not. */
function kubernetesCheck(
  name: CheckName,
  intervalMs: number,
  look: (reader: KubernetesReader, tools: CheckTools) => Promise<Passed>,
): Check {
  return {
    name,
    intervalMs,
    async assert(tools) {
      const way = await orAborted(
        tools.signal,
        tools.kubernetes?.open() ?? Promise.resolve({ notRun: 'It was not asked for.' }),
      );
      if (way === 'no-kubernetes') return 'skipped';
      return 'notRun' in way ? way : look(way, tools);
    },
  };
}

/** Go's `%q` list. */
const quotedList = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;

/** Throws CheckUnmet unless each expected node is one of Kubernetes, by an address they share, and none is left. */
function matchNodes(expected: readonly CheckedNode[], nodes: readonly KubernetesNode[]): void {
  const left = new Set(nodes);
  for (const { ips } of expected) {
    const found = [...left].find((node) => node.ips.some((ip) => ips.includes(ip)));
    if (found === undefined) throw new CheckUnmet(`can't find expected node with IPs ${quotedList(ips)}`);
    left.delete(found);
  }
  if (left.size > 0)
    throw new CheckUnmet(`unexpected nodes with IPs ${quotedList([...left].flatMap(({ ips }) => ips))}`);
}

/** Whether the cluster brings its own network of pods; without one, nodes and what runs on them wait for another's. */
async function bringsNetwork({ connection, target, deadlineMs, signal }: CheckTools): Promise<boolean> {
  const place = { namespace: 'controlplane', type: 'BootstrapManifestsConfigs.kubernetes.talos.dev' };
  const [config] = await listResources(connection, place, ['{.cniName}'], { node: target, deadlineMs, signal });
  return config !== undefined && config.fields[0] !== 'none';
}

const names = (nodes: readonly KubernetesNode[]): string => nodes.map(({ name }) => name).join(' ');

const reporting = kubernetesCheck('all k8s nodes to report', NODES_INTERVAL_MS, async (reader, { nodes, signal }) => {
  matchNodes(nodes, await reader.nodes(signal));
  return 'ok';
});

const COMPONENTS = ['kube-apiserver', 'kube-scheduler', 'kube-controller-manager'] as const;

const components = kubernetesCheck('all control plane components to be ready', INTERVAL_MS, async (reader, tools) => {
  const expected = tools.nodes.filter(({ isControlPlane }) => isControlPlane);
  const nodes = await reader.nodes(tools.signal);
  matchNodes(
    expected,
    nodes.filter(({ isControlPlane }) => isControlPlane),
  );
  for (const component of COMPONENTS) {
    const all = await reader.pods(SYSTEM, `k8s-app=${component}`, tools.signal);
    const pods = all.filter(({ isCheckpoint }) => !isCheckpoint);
    if (pods.length !== expected.length)
      throw new CheckUnmet(`expected number of pods for ${component} to be ${expected.length}, got ${pods.length}`);
    const notReady = pods.filter(({ isReady }) => !isReady).map(({ name }) => name);
    if (notReady.length > 0) throw new CheckUnmet(`some pods are not ready for ${component}: [${notReady.join(' ')}]`);
  }
  return 'ok';
});

const ready = kubernetesCheck('all k8s nodes to report ready', INTERVAL_MS, async (reader, tools) => {
  if (!(await bringsNetwork(tools))) return 'skipped';
  const notReady = (await reader.nodes(tools.signal)).filter(({ isReady }) => !isReady);
  if (notReady.length > 0) throw new CheckUnmet(`some nodes are not ready: [${names(notReady)}]`);
  return 'ok';
});

const proxy = kubernetesCheck('kube-proxy to report ready', INTERVAL_MS, async (reader, { signal }) => {
  const [set] = await reader.daemonSets(SYSTEM, 'k8s-app=kube-proxy', signal);
  if (set === undefined || set.wantedPods === 0) return 'skipped';
  await checkPods(reader, SYSTEM, 'k8s-app=kube-proxy', set.wantedPods, signal);
  return 'ok';
});

const dns = kubernetesCheck('coredns to report ready', INTERVAL_MS, async (reader, tools) => {
  if (!(await bringsNetwork(tools))) return 'skipped';
  const [deployment] = await reader.deployments(SYSTEM, 'k8s-app=kube-dns', tools.signal);
  if (deployment === undefined) return 'skipped';
  await checkPods(reader, SYSTEM, 'k8s-app=kube-dns', deployment.wantedPods, tools.signal);
  return 'ok';
});

const schedulable = kubernetesCheck('all k8s nodes to report schedulable', INTERVAL_MS, async (reader, { signal }) => {
  const cordoned = (await reader.nodes(signal)).find(({ isSchedulable }) => !isSchedulable);
  // Talos stops at the first one, too.
  if (cordoned !== undefined) throw new CheckUnmet(`some nodes are not schedulable: [${cordoned.name}]`);
  return 'ok';
});

/** What a health check looks at of Kubernetes (docs/talos-behaviour.md §6.6, 10 and 12 to 16). */
export const KUBERNETES_CHECKS: readonly Check[] = [reporting, components, ready, proxy, dns, schedulable];
