import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { steadyInt } from '../wire/random.ts';
import { systemContainers } from '../node/workload.ts';

const ANY = '0.0.0.0';
const LISTENING: readonly (readonly [program: string, port: number])[] = [
  ['apid', 50_000],
  ['trustd', 50_001],
  ['kubelet', 10_250],
  ['etcd', 2_379],
  ['etcd', 2_380],
];

function connections({ node, cluster }: AnswerContext) {
  const pids = new Map(systemContainers(node).map(({ name, pid }) => [name, pid]));
  const record = (program: string, localPort: number, remoteIp: string, remotePort: number) => ({
    l4proto: 'tcp',
    localip: remotePort === 0 ? ANY : node.address,
    localport: localPort,
    remoteip: remoteIp,
    remoteport: remotePort,
    state: remotePort === 0 ? ('LISTEN' as const) : ('ESTABLISHED' as const),
    uid: program === 'apid' ? 50 : 0,
    inode: String(steadyInt(20_000, 90_000, node.facts.seed, node.name, program, localPort, remoteIp)),
    process: { pid: pids.get(program) ?? 0, name: program },
  });
  const listening = LISTENING.filter(([program]) => pids.has(program)).map(([program, port]) =>
    record(program, port, ANY, 0),
  );
  const toApiServers = cluster.nodes
    .filter((other) => other.role === 'controlplane' && other !== node)
    .map((other) =>
      record('kubelet', steadyInt(32_768, 60_999, node.facts.seed, node.name, other.name), other.address, 6_443),
    );
  return { listening, connected: toApiServers };
}

/** Sockets in the host's network. */
export const socketAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Netstat', (request, context) => {
    const { listening, connected } = connections(context);
    const wanted = { ALL: [...listening, ...connected], CONNECTED: connected, LISTENING: listening };
    const filter = request.filter === 'LISTENING' || request.filter === 'CONNECTED' ? request.filter : 'ALL';
    const records = request.l4proto?.tcp === true ? wanted[filter] : [];
    const withProcess = request.feature?.pid === true;
    return {
      messages: [
        { connectrecord: records.map(({ process, ...record }) => (withProcess ? { ...record, process } : record)) },
      ],
    };
  }),
];
