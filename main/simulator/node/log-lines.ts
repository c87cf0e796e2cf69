import { steadyHex, steadyInt, steadyPick } from '../wire/random.ts';
import type { VirtualNode } from './virtual-node.ts';
import { podsOf } from './workload.ts';

/*
 * The text of a node's logs. Line number n of a log is always the same, and its time follows from the interval of the
 * log, so nothing has to be stored and following is waiting for the next number.
 */

/** A log a node keeps, or the kernel's. */
export interface LogSource {
  readonly name: string;
  readonly intervalMs: number;
  /** Line `index`, written at `atMs`, without its end. */
  line(index: number, atMs: number): string;
}

/** The node forgets older lines, as its ring buffer does. */
export const LINES_KEPT = 1_000;

const DEFAULT_INTERVAL_MS = 9_000;

const INTERVALS_MS: Readonly<Record<string, number>> = {
  kubelet: 2_300,
  etcd: 3_100,
  apid: 11_000,
  containerd: 17_000,
  cri: 5_300,
  machined: 13_000,
  udevd: 240_000,
};

type Message = (node: VirtualNode, index: number, atMs: number) => string;

const iso = (atMs: number): string => new Date(atMs).toISOString();

const pick = (node: VirtualNode, index: number, choices: readonly string[]): string =>
  steadyPick(choices, node.facts.seed, node.name, 'line', index);

const podName = (node: VirtualNode, index: number): string =>
  steadyPick(podsOf(node), node.facts.seed, node.name, 'line-pod', index).id;

/** JSON, as Kubernetes' own parts write it. */
const kubelet: Message = (node, index, atMs) => {
  const pod = podName(node, index);
  const [level, caller, msg] = steadyPick(
    [
      ['info', 'kubelet/kubelet.go:2614', `SyncLoop (PLEG): event for pod ${pod}`],
      ['info', 'operationexecutor/operation_generator.go:615', `MountVolume.SetUp succeeded for pod ${pod}`],
      ['info', 'prober/prober_manager.go:312', `Probe succeeded for pod ${pod}`],
      ['info', 'kubelet/kubelet_node_status.go:497', 'Fast updating node status as it just became ready'],
      [
        'warn',
        'kubelet/pod_workers.go:1301',
        `Error syncing pod ${pod}, skipping: back-off 20s restarting failed container`,
      ],
    ] as const,
    node.facts.seed,
    node.name,
    'kubelet',
    index,
  );
  return JSON.stringify({ ts: atMs, level, caller, msg, v: 0 });
};

const etcd: Message = (node, index, atMs) =>
  JSON.stringify({
    level: index % 37 === 36 ? 'warn' : 'info',
    ts: iso(atMs),
    caller: index % 37 === 36 ? 'txn/util.go:93' : 'mvcc/kvstore_compaction.go:72',
    msg: index % 37 === 36 ? 'apply request took too long' : 'finished scheduled compaction',
    'compact-revision': 1_000_000 + index * 40,
    took: `${steadyInt(2, 180, node.facts.seed, node.name, 'took', index)}ms`,
  });

/** logfmt, as containerd writes it. */
const containerd: Message = (node, index, atMs) => {
  const id = steadyHex(64, node.facts.seed, node.name, 'sandbox', index);
  const what = pick(node, index, [`CreateContainer within sandbox`, `StartContainer for`, `RemoveContainer for`]);
  return `time="${iso(atMs)}" level=info msg="${what} \\"${id}\\" returns successfully"`;
};

const apid: Message = (node, index, atMs) => {
  const method = pick(node, index, [
    'MachineService/Version',
    'MachineService/ServiceList',
    'cosi.resource.State/List',
  ]);
  const took = steadyInt(300, 9_000, node.facts.seed, node.name, 'apid', index) / 1000;
  return `${iso(atMs)} OK [/machine.${method}] ${took}ms unary Success (:authority=${node.address}:50000;content-type=application/grpc;user-agent=grpc-go/1.77.0)`;
};

const machined: Message = (node, index, atMs) =>
  `[talos] ${iso(atMs)} ${pick(node, index, ['service[kubelet](Running): Health check successful', 'controller sync cycle finished', 'adjusting time (slew) by 1.2ms via time.cloudflare.com, state TIME_OK'])}`;

const other =
  (name: string): Message =>
  (node, index, atMs) =>
    `${iso(atMs)} ${name}: ${pick(node, index, ['request served', 'cache refreshed', 'reconciled 3 objects', 'Zeitüberschreitung überbrückt – weiter ✓'])} n=${index}`;

const WRITERS: Readonly<Record<string, Message>> = { kubelet, etcd, containerd, cri: containerd, apid, machined };

/** What a fault has the node write instead of its own lines. */
function insteadOf(node: VirtualNode, index: number): string | undefined {
  const { fault } = node;
  return fault?.kind === 'log-lines' ? fault.lines[index % fault.lines.length] : undefined;
}

/** The log of a service. Those that no writer of their own knows end in `n=` and the number of the line. */
export function logSource(node: VirtualNode, name: string): LogSource {
  const write = WRITERS[name] ?? other(name.split(':')[1] ?? name);
  return {
    name,
    intervalMs: node.facts.logIntervalMs ?? INTERVALS_MS[name] ?? DEFAULT_INTERVAL_MS,
    line: (index, atMs) => insteadOf(node, index) ?? write(node, index, atMs),
  };
}

/** The log of a container of Kubernetes: what it wrote, each line as the runtime keeps it in its file. */
export function containerLog(node: VirtualNode, id: string): LogSource {
  const source = logSource(node, id);
  return {
    ...source,
    line: (index, atMs) => `${iso(atMs).replace('Z', '000000Z')} stdout F ${source.line(index, atMs)}`,
  };
}

const BOOT_MESSAGES: readonly string[] = [
  'Linux version 6.18.5-talos (@buildkitsandbox) (gcc (GCC) 15.2.0) #1 SMP PREEMPT_DYNAMIC',
  'Command line: talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on',
  'BIOS-provided physical RAM map:',
  'SMBIOS 3.3.0 present.',
  'tsc: Detected 2850.000 MHz processor',
  'smpboot: Allowing CPUs',
  'Memory: available',
  'pci 0000:00:1d.0: PCI bridge to [bus 03]',
  'nvme nvme0: pci function 0000:03:00.0',
  'ixgbe 0000:01:00.0 eth0: NIC Link is Up 10 Gbps, Flow Control: RX/TX',
  'XFS (nvme0n1p6): Mounting V5 Filesystem',
  'XFS (nvme0n1p6): Ending clean mount',
];

const LATER_MESSAGES: readonly (readonly [facility: string, priority: string, text: string])[] = [
  ['user', 'warning', '[talos] service[kubelet](Running): Health check successful'],
  ['kern', 'info', 'cni0: port 3(veth5a1c2f) entered forwarding state'],
  ['kern', 'info', 'eth0: renamed from veth91d2c0'],
  ['user', 'warning', '[talos] adjusting time (slew) by 1.2ms via time.cloudflare.com, state TIME_OK, status STA_NANO'],
  ['kern', 'warning', 'TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.'],
];

const DMESG_INTERVAL_MS = 21_000;

/** The kernel's log: the boot, then now and then a line. */
export function dmesgSource(node: VirtualNode): LogSource {
  return {
    name: 'dmesg',
    intervalMs: node.facts.logIntervalMs ?? DMESG_INTERVAL_MS,
    line(index, atMs) {
      const boot = BOOT_MESSAGES[index];
      const [facility, priority, text] =
        boot === undefined
          ? steadyPick(LATER_MESSAGES, node.facts.seed, node.name, 'dmesg', index)
          : (['kern', 'info', boot] as const);
      const said = insteadOf(node, index) ?? text;
      return `${facility}: ${priority.padStart(7)}: [${iso(atMs).replace('Z', '000000Z')}]: ${said}`;
    },
  };
}
