import { toNumber } from '../../commands/kit/cells.ts';
import { askNodes, isKept } from './ask-nodes.ts';
import { CheckUnmet, unmetOf, type Check, type CheckTools } from './check.ts';
import { listResources } from './read-resources.ts';

const INTERVAL_MS = 5_000;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** What Talos asks for, less what firmware and kernel keep for themselves. */
const LEAST_MEMORY = { controlPlane: 1_698 * MIB, worker: 874 * MIB };
/** 6 GiB less the partitions beside it. */
const LEAST_EPHEMERAL = 3_932 * MIB;

const versionOf = (tools: CheckTools) =>
  askNodes(
    tools.nodes,
    tools,
    (node, why) => `error getting version from node "${node}": ${why}`,
    async (call) => (await tools.connection.unary('/machine.MachineService/Version', {}, call)).value,
  );

/** Machines of their own, as opposed to containers, which share memory and disk with others. */
async function bareMachines(tools: CheckTools): Promise<CheckTools['nodes']> {
  const versions = await versionOf(tools);
  return versions.filter(([, { messages }]) => messages[0]?.platform?.mode !== 'container').map(([node]) => node);
}

const apid: Check = {
  name: 'apid to be ready',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    await versionOf(tools);
    return 'ok';
  },
};

const memory: Check = {
  name: 'all nodes memory sizes',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    const answers = await askNodes(
      await bareMachines(tools),
      tools,
      (node, why) => `error getting memory info for node "${node}": ${why}`,
      async (call) => (await tools.connection.unary('/machine.MachineService/Memory', {}, call)).value,
    );
    unmetOf(
      answers.flatMap(([{ ip, isControlPlane }, { messages }]) => {
        const bytes = toNumber(messages[0]?.meminfo?.memtotal) * 1024;
        const least = isControlPlane ? LEAST_MEMORY.controlPlane : LEAST_MEMORY.worker;
        if (bytes >= least) return [];
        const figures = `expected at least ${Math.round(least / MIB)} MiB, actual ${Math.round(bytes / MIB)} MiB`;
        return [`node "${ip}" does not meet memory requirements: ${figures}`];
      }),
    );
    return 'ok';
  },
};

const disks: Check = {
  name: 'all nodes disk sizes',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    const { connection } = tools;
    let isRefused = false;
    const answers = await askNodes(
      await bareMachines(tools),
      tools,
      (node, why) => `error getting volume status for node "${node}": ${why}`,
      async (call) => {
        try {
          const place = { namespace: 'runtime', type: 'VolumeStatuses.block.talos.dev' };
          const volumes = await listResources(connection, place, ['{.size}', '{.location}'], call);
          return volumes.find(({ id }) => id === 'EPHEMERAL');
        } catch (error) {
          if (!isKept(error, tools, call.node)) throw error;
          isRefused = true;
          return undefined;
        }
      },
    );
    if (isRefused) return 'skipped';
    unmetOf(
      answers.flatMap(([{ ip }, volume]) => {
        if (volume === undefined) return [`error getting volume status for node "${ip}": it has no EPHEMERAL volume`];
        const [size = '', location = ''] = volume.fields;
        if (Number(size) >= LEAST_EPHEMERAL) return [];
        const gib = (bytes: number): string => (bytes / GIB).toFixed(1);
        return [
          `ephemeral partition "${location}" for node "${ip}" is too small, expected at least ${gib(LEAST_EPHEMERAL)} GiB, actual ${gib(Number(size))} GiB`,
        ];
      }),
    );
    return 'ok';
  },
};

const diagnostics: Check = {
  name: 'no diagnostics',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    let isRefused = false;
    const answers = await askNodes(
      tools.nodes,
      tools,
      (node, why) => `error getting diagnostics of node "${node}": ${why}`,
      async (call) => {
        try {
          const place = { namespace: 'runtime', type: 'Diagnostics.runtime.talos.dev' };
          return await listResources(tools.connection, place, ['{.message}'], call);
        } catch (error) {
          if (!isKept(error, tools, call.node)) throw error;
          isRefused = true;
          return [];
        }
      },
    );
    const active = answers.filter(([, found]) => found.length > 0);
    if (active.length > 0) {
      const words = active.map(([{ ip }, found]) => `${ip}: ${found.map(({ fields }) => fields[0]).join(', ')}`);
      throw new CheckUnmet(`active diagnostics: ${words.join('; ')}`);
    }
    return isRefused ? 'skipped' : 'ok';
  },
};

const booted: Check = {
  name: 'all nodes to finish boot sequence',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    const answers = await askNodes(
      tools.nodes,
      tools,
      (node, why) => `error watching machine ${node} status: ${why}`,
      async (call) => {
        const place = { namespace: 'runtime', type: 'MachineStatuses.runtime.talos.dev' };
        const [status] = await listResources(tools.connection, place, ['{.stage}'], call);
        return status?.fields[0] ?? 'unknown';
      },
    );
    const stages = new Map<string, string[]>();
    for (const [{ ip }, stage] of answers) {
      if (stage !== 'running') stages.set(stage, [...(stages.get(stage) ?? []), ip]);
    }
    if (stages.size === 0) return 'ok';
    const words = [...stages].map(([stage, nodes]) => `${stage}: [${nodes.join(' ')}]`);
    throw new CheckUnmet(`nodes are not running: ${words.sort().join(', ')}`);
  },
};

const CONTROLLERS = [
  ['APIServerConfigs.kubernetes.talos.dev', 'kube-system/kube-apiserver'],
  ['ControllerManagerConfigs.kubernetes.talos.dev', 'kube-system/kube-controller-manager'],
  ['SchedulerConfigs.kubernetes.talos.dev', 'kube-system/kube-scheduler'],
] as const;

const staticPods: Check = {
  name: 'all control plane static pods to be running',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    const { connection } = tools;
    const answers = await askNodes(
      tools.nodes.filter(({ isControlPlane }) => isControlPlane),
      tools,
      (node, why) => `error listing static pods on node ${node}: ${why}`,
      async (call) => {
        const wanted: string[] = [];
        for (const [type, pod] of CONTROLLERS) {
          // One whose configuration holds secrets is expected where it may not be read.
          const configs = await listResources(connection, { namespace: 'controlplane', type }, [], call).catch(
            (error: unknown) => {
              if (isKept(error, tools, call.node)) return undefined;
              throw error;
            },
          );
          if (configs === undefined || configs.length > 0) wanted.push(pod);
        }
        const place = { namespace: 'k8s', type: 'StaticPodStatuses.kubernetes.talos.dev' };
        const running = await listResources(connection, place, [], call);
        return wanted.filter((pod) => !running.some(({ id }) => id.startsWith(pod)));
      },
    );
    unmetOf(
      answers.flatMap(([{ ip }, missing]) =>
        missing.length === 0 ? [] : [`missing static pods on node ${ip}: [${missing.join(' ')}]`],
      ),
    );
    return 'ok';
  },
};

/** What a health check looks at of the machines themselves, but for etcd and kubelet. */
export const MACHINE_CHECKS: readonly Check[] = [apid, memory, disks, diagnostics, booted, staticPods];
