import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { cpuBusySeconds, memoryUsedKb } from '../node/machine-load.ts';
import { steady, steadyInt } from '../wire/random.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { podsOf, systemContainers } from '../node/workload.ts';

interface Program {
  readonly pid: number;
  readonly ppid: number;
  readonly executable: string;
  /** The whole command line with its first word, as the program was called. */
  readonly args: string;
  readonly label: string;
  readonly weight: number;
}

/** The kernel keeps so much of a program's name. */
const NAME_LENGTH = 15;

/** Programs of Talos that run outside containers. */
const BASE: readonly (readonly [pid: number, executable: string, args: string, label: string, weight: number])[] = [
  [1, '/usr/bin/init', '/sbin/init', 'system_u:system_r:init_t:s0', 1.4],
  [
    811,
    '/usr/bin/containerd',
    '/bin/containerd --address /system/run/containerd/containerd.sock',
    'system_u:system_r:sys_containerd_t:s0',
    0.6,
  ],
  [842, '/usr/bin/udevd', '/sbin/udevd --resolve-names=never', 'system_u:system_r:udev_t:s0', 0.05],
  [
    1_204,
    '/usr/bin/containerd',
    '/bin/containerd --config /etc/cri/containerd.toml',
    'system_u:system_r:pod_containerd_t:s0',
    1.1,
  ],
];

function programs(node: VirtualNode): readonly Program[] {
  const system = systemContainers(node).map(({ name, pid, weight }) => ({
    pid,
    ppid: 811,
    executable: `/usr/bin/${name}`,
    args:
      name === 'kubelet'
        ? '/usr/bin/kubelet --config=/etc/kubernetes/kubelet.yaml --container-runtime-endpoint=unix:///run/containerd/containerd.sock'
        : `/usr/bin/${name}`,
    label: `system_u:system_r:${name.replaceAll('-', '_')}_t:s0`,
    weight,
  }));
  const pods = podsOf(node).flatMap(({ pid, containers }) => [
    { pid, ppid: 1_204, executable: '/pause', args: '/pause', label: 'system_u:system_r:pod_p:s0', weight: 0 },
    ...containers.map((each) => ({
      pid: each.pid,
      ppid: pid,
      executable: `/usr/local/bin/${each.name}`,
      args: `${each.name} --v=2`,
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
      command: (program.executable.split('/').at(-1) ?? program.executable).slice(0, NAME_LENGTH),
    };
  });
  return running.sort((a, b) => a.pid - b.pid);
}

/** What runs on a node. Threads of the kernel have no program behind them, and machined leaves them out. */
export const processAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Processes', (_request, context) => ({
    messages: [{ processes: processes(context) }],
  })),
];
