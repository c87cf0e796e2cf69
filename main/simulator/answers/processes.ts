import { unary, type AnswerContext, type AnswerEntry } from '../answer.ts';
import { cpuBusySeconds, memoryUsedKb } from '../machine-load.ts';
import { steady, steadyInt, steadyPick } from '../random.ts';
import type { VirtualNode } from '../virtual-node.ts';
import { podsOf, systemContainers } from '../workload.ts';

interface Program {
  readonly pid: number;
  readonly ppid: number;
  readonly executable: string;
  readonly args: string;
  readonly label: string;
  readonly weight: number;
}

const KERNEL_THREADS = ['kworker/u17:2-events', 'ksoftirqd/0', 'rcu_preempt', 'migration/0', 'kswapd0', 'kcompactd0'];
const THREADS_PER_CPU = 3;

/** Programs of Talos that run outside containers. */
const BASE: readonly (readonly [pid: number, executable: string, args: string, label: string, weight: number])[] = [
  [1, '/sbin/init', '/sbin/init', 'system_u:system_r:init_t:s0', 1.4],
  [
    811,
    '/usr/bin/containerd',
    '--address /system/run/containerd/containerd.sock',
    'system_u:system_r:sys_containerd_t:s0',
    0.6,
  ],
  [842, '/usr/bin/udevd', '--resolve-names=never', 'system_u:system_r:udev_t:s0', 0.05],
  [1_204, '/bin/containerd', '--config /etc/cri/containerd.toml', 'system_u:system_r:pod_containerd_t:s0', 1.1],
];

function programs(node: VirtualNode): readonly Program[] {
  const system = systemContainers(node).map(({ name, pid, weight }) => ({
    pid,
    ppid: 811,
    executable: `/usr/bin/${name}`,
    args:
      name === 'kubelet'
        ? '--config=/etc/kubernetes/kubelet.yaml --container-runtime-endpoint=unix:///run/containerd/containerd.sock'
        : '',
    label: `system_u:system_r:${name.replaceAll('-', '_')}_t:s0`,
    weight,
  }));
  const pods = podsOf(node).flatMap(({ pid, containers }) => [
    { pid, ppid: 1_204, executable: '/pause', args: '', label: 'system_u:system_r:pod_p:s0', weight: 0 },
    ...containers.map((each) => ({
      pid: each.pid,
      ppid: pid,
      executable: `/usr/local/bin/${each.name}`,
      args: '--v=2',
      label: 'system_u:system_r:pod_p:s0',
      weight: each.weight,
    })),
  ]);
  const base = BASE.map(([pid, executable, args, label, weight]) => ({
    pid,
    ppid: pid === 1 ? 0 : 1,
    executable,
    args,
    label,
    weight,
  }));
  return [...base, ...system, ...pods];
}

function kernelThreads(node: VirtualNode) {
  const count = THREADS_PER_CPU * node.profile.cpuCount + KERNEL_THREADS.length;
  return Array.from({ length: count }, (_, index) => ({
    pid: index + 2,
    ppid: index === 0 ? 0 : 2,
    state: steadyPick(['S', 'I', 'I'], node.facts.seed, node.name, 'thread', index),
    threads: 1,
    cpu_time: Math.round(100 * steady(node.facts.seed, node.name, 'thread-time', index)) / 100,
    command:
      index === 0 ? 'kthreadd' : (KERNEL_THREADS[index - 1] ?? `kworker/${index % node.profile.cpuCount}:${index}`),
    label: 'system_u:system_r:kernel_t:s0',
  }));
}

function processes({ node, nowMs }: AnswerContext) {
  const all = programs(node);
  const weights = all.reduce((sum, { weight }) => sum + weight, 0);
  const cpuSeconds = cpuBusySeconds(node, nowMs()) * node.profile.cpuCount;
  const memoryBytes = memoryUsedKb(node, nowMs()) * 1024;
  const running = all.map(({ weight, ...program }) => {
    const resident = Math.round((memoryBytes * 0.9 * weight) / weights) + 700_000;
    return {
      ...program,
      state: weight > 1 && steady(node.facts.seed, program.pid, Math.floor(nowMs() / 3_000)) > 0.5 ? 'R' : 'S',
      threads: weight === 0 ? 1 : steadyInt(6, 48, node.facts.seed, node.name, program.pid, 'threads'),
      cpu_time: Math.round((100 * cpuSeconds * 0.9 * weight) / weights) / 100,
      virtual_memory: String(resident * 4 + 1_200_000_000),
      resident_memory: String(resident),
      command: program.executable.split('/').at(-1) ?? program.executable,
    };
  });
  return [...running, ...kernelThreads(node)].sort((a, b) => a.pid - b.pid);
}

/** What runs on a node. */
export const processAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Processes', (_request, context) => ({
    messages: [{ processes: processes(context) }],
  })),
];
