import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { RunColumn } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { toNumber, wholeCell } from '../kit/cells.ts';
import type { CommandParams, Row } from '../kit/definition.ts';

/** One socket as a node tells it. */
export type Socket = MethodReply<'/machine.MachineService/Netstat'>['messages'][number]['connectrecord'][number];

/** What talosctl always prints. */
export const SOCKET_COLUMNS: readonly RunColumn[] = [
  { id: 'protocol', title: 'Proto', kind: 'text' },
  { id: 'receiving', title: 'Recv-Q', kind: 'number' },
  { id: 'sending', title: 'Send-Q', kind: 'number' },
  { id: 'local', title: 'Local Address', kind: 'text' },
  { id: 'foreign', title: 'Foreign Address', kind: 'text' },
  { id: 'state', title: 'State', kind: 'state' },
];

/** Place of the state. */
export const STATE_COLUMN = 5;

const isOn = (params: CommandParams, id: string): boolean => params[id] === true || params['verbose'] === true;

/** What is printed with these flags. */
export interface SocketParts {
  readonly hasOwner: boolean;
  readonly hasProgram: boolean;
  readonly hasPod: boolean;
  readonly hasTimer: boolean;
}

/** `-v` is all of them. */
export function socketParts(params: CommandParams): SocketParts {
  return {
    hasOwner: isOn(params, 'extend'),
    hasProgram: isOn(params, 'programs'),
    hasPod: isOn(params, 'pods'),
    hasTimer: isOn(params, 'timers'),
  };
}

/** The columns of a run with these parts. */
export function socketColumns({ hasOwner, hasProgram, hasPod, hasTimer }: SocketParts): readonly RunColumn[] {
  const owner: readonly RunColumn[] = [
    { id: 'uid', title: 'Uid', kind: 'id' },
    { id: 'inode', title: 'Inode', kind: 'id' },
  ];
  const program: RunColumn = { id: 'program', title: 'PID/Program name', kind: 'text' };
  const pod: RunColumn = { id: 'pod', title: 'Pod', kind: 'text' };
  const timer: RunColumn = { id: 'timer', title: 'Timer', kind: 'text' };
  return [
    ...SOCKET_COLUMNS,
    ...(hasOwner ? owner : []),
    ...(hasProgram ? [program] : []),
    ...(hasPod ? [pod] : []),
    ...(hasTimer ? [timer] : []),
  ];
}

/** talosctl prints no state for a socket that has none, which the kernel calls closed. */
export const stateWord = ({ state }: Socket): string => (state === 'CLOSE' ? '' : String(state));

/** Hundredths of a second as seconds, then how often it was sent again and timed out. */
function timerText({ tr: timer, timerwhen, retrnsmt, timeout }: Socket): string {
  const seconds = (toNumber(timerwhen) / 100).toFixed(2);
  return `${String(timer).toLowerCase()} (${seconds}/${retrnsmt}/${timeout})`;
}

/** Rows in the order of the answer. `podOf` names the pod of a network namespace. */
export function* socketRows(
  sockets: Iterable<Socket>,
  { hasOwner, hasProgram, hasPod, hasTimer }: SocketParts,
  podOf: (network: string) => string,
): Generator<Row> {
  for (const socket of sockets) {
    const row: (string | number | boolean | null)[] = [
      socket.l4proto,
      wholeCell(socket.rxqueue),
      wholeCell(socket.txqueue),
      `${socket.localip}:${socket.localport}`,
      `${socket.remoteip}:${socket.remoteport === 0 ? '*' : socket.remoteport}`,
      stateWord(socket),
    ];
    if (hasOwner) row.push(socket.uid, wholeCell(socket.inode));
    if (hasProgram) {
      const { process } = socket;
      row.push(process === null || process.pid === 0 ? '-' : `${process.pid}/${process.name}`);
    }
    if (hasPod) row.push(podOf(socket.netns));
    if (hasTimer) row.push(timerText(socket));
    yield row;
  }
}

/** States that are told by name; the rest are together. */
const MOST_STATES = 6;

/** "352 sockets: 300 ESTABLISHED, 52 LISTEN." of their states; undefined for none. */
export function stateCounts(states: Iterable<string>): string | undefined {
  const counts = new Map<string, number>();
  let all = 0;
  for (const state of states) {
    all += 1;
    const word = state === '' ? 'without a state' : state.slice(0, 32);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (all === 0) return undefined;
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  const named = most.slice(0, MOST_STATES).map(([word, count]) => `${formatNumber(count)} ${word}`);
  const rest = most.slice(MOST_STATES).reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) named.push(`${formatNumber(rest)} others`);
  return `${all === 1 ? '1 socket' : `${formatNumber(all)} sockets`}: ${named.join(', ')}.`;
}
