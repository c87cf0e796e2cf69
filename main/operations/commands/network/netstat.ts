import type { CommandParam } from '../../../../preload/contract/index.ts';
import type { MethodReply, MethodRequest } from '../../../talos/method-types.ts';
import type {
  ComingAnswer,
  CommandParams,
  PreparedCommand,
  Row,
  RowsCommand,
  TalosctlFlag,
} from '../kit/definition.ts';
import { textParam, wrong } from '../kit/params.ts';
import { findPod, podsByNetwork, type PodPlace } from './pods.ts';
import {
  SOCKET_COLUMNS,
  socketColumns,
  socketParts,
  socketRows,
  STATE_COLUMN,
  stateCounts,
  stateWord,
  type Socket,
} from './socket-rows.ts';

type Reply = MethodReply<'/machine.MachineService/Netstat'>;

/** What one node answered: nothing where the pod asked for is elsewhere. */
interface Answer {
  reply: Reply | undefined;
}

/** Flags as talosctl has them: long and short name, and what the box beside it says. */
const FLAGS: readonly (readonly [id: string, short: string, title: string])[] = [
  ['all', 'a', 'All sockets'],
  ['listening', 'l', 'Only listening ones'],
  ['programs', 'p', 'Programs'],
  ['pods', 'k', 'Sockets of pods too'],
  ['extend', 'x', 'User and inode'],
  ['timers', 'o', 'Timers'],
  ['verbose', 'v', 'Everything about each'],
  ['tcp', 't', 'TCP'],
  ['udp', 'u', 'UDP'],
  ['udplite', 'U', 'UDP-Lite'],
  ['raw', 'w', 'Raw'],
  ['ipv4', '4', 'Only IPv4'],
  ['ipv6', '6', 'Only IPv6'],
];

const PARAMS: readonly CommandParam[] = FLAGS.map(([id, , title]) => ({
  ...{ id, title, kind: 'flag', required: false, initial: false },
}));

const SYNTAX: readonly TalosctlFlag[] = FLAGS.map(([id, short]) => ({
  ...{ long: id, short, takesValue: false, param: id },
}));

/** What talosctl would ask for (docs/talos-behaviour.md §6.9). Without a protocol it is TCP and UDP. */
export function netstatRequest(
  params: CommandParams,
  network?: string,
): MethodRequest<'/machine.MachineService/Netstat'> {
  const is = (id: string): boolean => params[id] === true;
  const isDefault = !['tcp', 'udp', 'udplite', 'raw'].some(is);
  const [four, six] = [!is('ipv6'), !is('ipv4')];
  const { hasProgram, hasPod } = socketParts(params);
  const of = (id: string, wanted = is(id)): Record<string, boolean> => ({
    [id]: wanted && four,
    [`${id}6`]: wanted && six,
  });
  return {
    filter: is('all') ? 'ALL' : is('listening') ? 'LISTENING' : 'CONNECTED',
    feature: { pid: hasProgram },
    l4proto: {
      ...of('tcp', is('tcp') || isDefault),
      ...of('udp', is('udp') || isDefault),
      ...of('udplite'),
      ...of('raw'),
    },
    netns: {
      hostnetwork: network === undefined,
      netns: network === undefined ? [] : [network],
      allnetns: hasPod && network === undefined,
    },
  };
}

/** `talosctl netstat` (docs/talos-behaviour.md §6.9): sockets of the host, of every pod, or of one. */
export const netstat: RowsCommand = {
  shape: 'rows',
  id: 'netstat',
  title: 'Sockets',
  about: 'Network sockets of each node with their state; on demand with program, pod and timer.',
  method: '/machine.MachineService/Netstat',
  syntax: { names: ['netstat', 'ss'], positionals: ['pod'], flags: SYNTAX },
  params: [{ id: 'pod', title: 'Pod (namespace/name)', kind: 'text', required: false }, ...PARAMS],
  columns: SOCKET_COLUMNS,
  picture: { kind: 'sockets', local: 'local', foreign: 'foreign', state: 'state' },
  hasDetail: false,
  check: (params) => {
    if (textParam(params, 'pod') !== '' && params['pods'] === true) {
      throw wrong('pod', 'Either the sockets of all pods or those of one.');
    }
  },

  async prepare(request): Promise<PreparedCommand> {
    const { connection, params } = request;
    const name = textParam(params, 'pod').toLowerCase();
    const parts = socketParts(params);
    const place: PodPlace | undefined = name === '' ? undefined : await findPod(request, name);
    const asked = netstatRequest(params, place?.network);

    return {
      columns: socketColumns(parts),
      come(node, options): ComingAnswer {
        const answer: Answer = { reply: undefined };
        async function* read(): AsyncGenerator<Iterable<Row>, void, undefined> {
          if (place !== undefined && place.node !== node) return;
          const pods =
            parts.hasPod && place === undefined
              ? await podsByNetwork(connection, node, options)
              : new Map<string, string>();
          const rowsOf = (sockets: readonly Socket[]): Iterable<Row> =>
            socketRows(sockets, parts, (network) => (place === undefined ? (pods.get(network) ?? '') : name));
          const begun = Promise.withResolvers<Reply | undefined>();
          const asking = connection.unary('/machine.MachineService/Netstat', asked, {
            ...{ node, onHead: begun.resolve },
            ...options,
          });
          // Read below; it may fail while the first rows are still taken.
          asking.then(() => begun.resolve(undefined), begun.reject);
          const first = socketsOf(await begun.promise);
          yield rowsOf(first);
          answer.reply = (await asking).value;
          yield rowsOf(socketsOf(answer.reply).slice(first.length));
        }
        return { rows: read(), answer };
      },
      // What `come` gave.
      notes: (answer) => {
        const { reply } = answer as Answer;
        if (reply === undefined) return [`The pod runs on ${place?.node ?? 'another node'}.`];
        return [stateCounts(socketsOf(reply).map(stateWord))].filter((note) => note !== undefined);
      },
    };
  },

  conclude: (answers) => {
    const all = [...answers.values()];
    // Of more rows than it is given it knows no more than the notes of the nodes say.
    if (all.some((rows) => rows.length >= MOST_COUNTED)) return [];
    const counts = stateCounts(all.flatMap((rows) => rows.map((row) => String(row[STATE_COLUMN]))));
    return counts === undefined ? [] : [{ severity: 'info', message: counts }];
  },
};

/** A conclusion sees at most so many rows of a node. */
const MOST_COUNTED = 10_000;

const socketsOf = (reply: Answer['reply']): readonly Socket[] =>
  reply?.messages.flatMap(({ connectrecord }) => connectrecord) ?? [];
