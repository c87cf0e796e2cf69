import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import type { ServedReply, ServedRequest } from '../../talos/method-types.ts';
import { steadyInt } from '../wire/random.ts';
import { networkNamespace, podsOf, systemContainers } from '../node/workload.ts';

type Path = '/machine.MachineService/Netstat';
type Socket = NonNullable<NonNullable<ServedReply<Path>['messages']>[number]['connectrecord']>[number];
type Request = ServedRequest<Path>;

const ANY = '0.0.0.0';
const LISTENING: readonly (readonly [program: string, port: number])[] = [
  ['apid', 50_000],
  ['trustd', 50_001],
  ['kubelet', 10_250],
  ['etcd', 2_379],
  ['etcd', 2_380],
];

/** Where a container of a pod listens. */
const POD_PORT = 8_080;
const KEEPALIVE_HUNDREDTHS = 1_200;

function hostSockets({ node, cluster }: AnswerContext): readonly Socket[] {
  const pids = new Map(systemContainers(node).map(({ name, pid }) => [name, pid]));
  const record = (program: string, localPort: number, remoteIp: string, remotePort: number): Socket => ({
    l4proto: 'tcp',
    localip: remotePort === 0 ? ANY : node.address,
    localport: localPort,
    remoteip: remoteIp,
    remoteport: remotePort,
    state: remotePort === 0 ? 'LISTEN' : 'ESTABLISHED',
    ...(remotePort !== 0 && { tr: 'KEEPALIVE', timerwhen: String(KEEPALIVE_HUNDREDTHS) }),
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
  const resolver: Socket = {
    ...{ l4proto: 'udp', localip: '127.0.0.53', localport: 53, remoteip: ANY, remoteport: 0, state: 'CLOSE' },
    ...{ uid: 0, inode: '19874', process: { pid: 1, name: 'init' } },
  };
  return [...listening, ...toApiServers, resolver, ...crowd(node)];
}

/** Connections of many clients, on a node that was told to have them. */
function* crowd({ address, fault, facts }: AnswerContext['node']): Generator<Socket> {
  if (fault?.kind !== 'crowded') return;
  for (let index = 0; index < fault.items; index += 1) {
    yield {
      ...{ l4proto: 'tcp', localip: address, localport: 443, remoteport: 1_024 + (index % 60_000) },
      remoteip: `10.${64 + ((index >> 16) & 63)}.${(index >> 8) & 255}.${index & 255}`,
      state: index % 10 === 0 ? 'TIME_WAIT' : 'ESTABLISHED',
      inode: String(100_000 + index),
      process: { pid: steadyInt(3_000, 60_000, facts.seed, 'ingress'), name: 'envoy' },
    };
  }
}

/** Each pod listens, and talks to the next one. */
function podSockets({ node }: AnswerContext): readonly Socket[] {
  const pods = podsOf(node);
  const ip = (index: number): string => `10.244.${node.facts.index}.${(index % 250) + 2}`;
  return pods.flatMap((pod, index) => {
    const [container] = pod.containers;
    const of = (remoteip: string, remoteport: number, localport: number): Socket => ({
      ...{ l4proto: 'tcp', localip: ip(index), localport, remoteip, remoteport },
      state: remoteport === 0 ? 'LISTEN' : 'ESTABLISHED',
      inode: String(steadyInt(90_001, 99_999, node.facts.seed, node.name, pod.id, localport)),
      process: { pid: container?.pid ?? 0, name: container?.name ?? '' },
      netns: networkNamespace(node, pod),
    });
    return [of(ANY, 0, POD_PORT), of(ip(index + 1), POD_PORT, steadyInt(32_768, 60_999, node.facts.seed, pod.id))];
  });
}

const isAsked = ({ filter }: Request, { remoteip, remoteport, state }: Socket): boolean => {
  const isConnected = remoteip !== ANY && remoteport !== 0;
  if (filter === 'CONNECTED') return isConnected;
  return filter !== 'LISTENING' || state === 'LISTEN' || !isConnected;
};

/** Sockets of the host, and of the networks of its pods. */
export const socketAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Netstat', (request, context) => {
    const networks = new Set(request.netns?.netns ?? []);
    const all = request.netns?.allnetns === true;
    const records = [
      ...(request.netns?.hostnetwork !== false ? hostSockets(context) : []),
      ...podSockets(context).filter(({ netns }) => all || networks.has(netns ?? '')),
    ].filter(
      (record) =>
        isAsked(request, record) && (record.l4proto === 'udp' ? request.l4proto?.udp : request.l4proto?.tcp) === true,
    );
    const withProcess = request.feature?.pid === true;
    return {
      messages: [{ connectrecord: records.map((record) => (withProcess ? record : { ...record, process: null })) }],
    };
  }),
];
