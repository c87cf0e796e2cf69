import type { MethodReply } from '../../../talos/method-types.ts';
import { plainNumber, toNumber, wholeCell } from '../kit/cells.ts';
import type { Row } from '../kit/definition.ts';
import { unaryCommand } from '../kit/unary-command.ts';

type Reply = MethodReply<'/machine.MachineService/Processes'>;
type Process = Reply['messages'][number]['processes'][number];

/**
 * The command line as talosctl shows it: the arguments, with their first word replaced by the path of the executable when
 * both name the same file; kernel threads have only their name.
 */
export function commandText({ executable, args, command }: Pick<Process, 'executable' | 'args' | 'command'>): string {
  if (executable === '') return command;
  if (args === '') return executable;
  const end = args.search(/\s/);
  const first = end < 0 ? args : args.slice(0, end);
  const [path = ''] = executable.split(/\s/, 1);
  return first !== '' && first === path.slice(path.lastIndexOf('/') + 1)
    ? `${executable}${args.slice(first.length)}`
    : args;
}

/** A place takes so many of the low bits of a key. */
const PLACE_BITS = 20;
const KEY_MASK = -1 << PLACE_BITS;

/**
 * Places of the processes, largest first, equal ones in their order. Half a million are sorted in one go while everybody waits:
 * so each key is one number of 64 bits, which sorts without asking us: the bits of the value, turned round, and, in place of
 * its last twenty, the place. Values that differ by less than a four-billionth count as equal.
 */
function largestFirst(processes: readonly Process[], sort: unknown): Uint32Array {
  const most = Math.min(processes.length, 1 << PLACE_BITS);
  const values = new Float64Array(most);
  for (let place = 0; place < most; place += 1) {
    const one = processes[place] as Process;
    const value = sort === 'cpu' ? one.cpu_time : toNumber(one.resident_memory);
    // Nothing is less than nothing, and no number sorts with zero.
    values[place] = value > 0 ? value : 0;
  }
  const words = new Int32Array(values.buffer);
  for (let place = 0; place < most; place += 1) {
    words[2 * place] = (~(words[2 * place] as number) & KEY_MASK) | place;
    words[2 * place + 1] = ~(words[2 * place + 1] as number);
  }
  new BigUint64Array(values.buffer).sort();
  return Uint32Array.from({ length: most }, (_, index) => (words[2 * index] as number) & ~KEY_MASK);
}

function* rowsOf(processes: readonly Process[], sort: unknown): Generator<Row> {
  for (const place of largestFirst(processes, sort)) {
    const one = processes[place];
    if (one === undefined) continue;
    yield [
      one.pid,
      one.state,
      one.threads,
      plainNumber(one.cpu_time * 1000),
      wholeCell(one.virtual_memory),
      wholeCell(one.resident_memory),
      one.label,
      commandText(one),
      one.ppid,
    ];
  }
}

/** `talosctl processes` (docs/talos-behaviour.md §6.1). Live by being run again and again. */
export const processes = unaryCommand({
  id: 'processes',
  title: 'Processes',
  about: 'Processes of each node, as a sortable table or as a tree.',
  method: '/machine.MachineService/Processes',
  syntax: {
    names: ['processes', 'p', 'ps'],
    flags: [
      { long: 'sort', short: 's', takesValue: true, param: 'sort' },
      { long: 'watch', short: 'w', takesValue: false, note: 'switch "Live" on in the run to repeat it.' },
    ],
  },
  params: [{ id: 'sort', title: 'Sort by', kind: 'choice', choices: ['rss', 'cpu'], required: false, initial: 'rss' }],
  columns: [
    { id: 'pid', title: 'PID', kind: 'id' },
    { id: 'state', title: 'STATE', kind: 'state' },
    { id: 'threads', title: 'THREADS', kind: 'number' },
    { id: 'cpu-time', title: 'CPU-TIME', kind: 'duration' },
    { id: 'virtmem', title: 'VIRTMEM', kind: 'bytes' },
    { id: 'resmem', title: 'RESMEM', kind: 'bytes' },
    { id: 'label', title: 'LABEL', kind: 'text' },
    { id: 'command', title: 'COMMAND', kind: 'text' },
    { id: 'ppid', title: 'PPID', kind: 'id', isExtra: true },
  ],
  picture: { kind: 'tree', id: 'pid', parent: 'ppid' },
  liveEveryMs: 2000,
  request: () => ({}),
  rows: (reply, { sort }) =>
    rowsOf(
      reply.messages.length === 1 ? (reply.messages[0]?.processes ?? []) : reply.messages.flatMap((m) => m.processes),
      sort,
    ),
});
