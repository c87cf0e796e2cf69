import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { RunNote } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { finite, momentCell, toNumber } from '../kit/cells.ts';
import type { RowsCommand, PreparedCommand, Row } from '../kit/definition.ts';
import { textParam } from '../kit/params.ts';

type Reply = MethodReply<'/time.TimeService/Time'>;
type Stamp = Reply['messages'][number]['localtime'];

/** Members of etcd lose each other with clocks further apart than this, and certificates begin late. */
const NOTABLE_MS = 1_000;
const SKEW_COLUMN = 3;

/** Milliseconds with their fractions. */
const exactMs = (stamp: Stamp): number => (stamp === null ? NaN : toNumber(stamp.seconds) * 1000 + stamp.nanos / 1e6);

function* rowsOf(reply: Reply): Generator<Row> {
  for (const { server, localtime, remotetime } of reply.messages) {
    const skew = Math.round((exactMs(localtime) - exactMs(remotetime)) * 10) / 10;
    yield [server, momentCell(localtime), momentCell(remotetime), finite(skew)];
  }
}

/** `talosctl time` (docs/talos-behaviour.md §6.9): the node's clock beside that of a time server, which the node asks. */
export const time: RowsCommand = {
  shape: 'rows',
  id: 'time',
  title: 'Time',
  about: 'The clock of each node beside that of its time server, or of one you name.',
  method: '/time.TimeService/Time',
  syntax: { names: ['time'], flags: [{ long: 'check', takesValue: true, param: 'check' }] },
  params: [{ id: 'check', title: 'Time server', kind: 'text', required: false }],
  columns: [
    { id: 'server', title: 'NTP-SERVER', kind: 'text' },
    { id: 'node-time', title: 'NODE-TIME', kind: 'time' },
    { id: 'server-time', title: 'NTP-SERVER-TIME', kind: 'time' },
    { id: 'skew', title: 'SKEW', kind: 'number', unit: 'ms', isExtra: true },
  ],
  hasDetail: false,

  prepare: async ({ connection, params }): Promise<PreparedCommand> => {
    const server = textParam(params, 'check');
    return {
      columns: time.columns,
      async ask(node, options): Promise<Reply> {
        const { value } =
          server === ''
            ? await connection.unary('/time.TimeService/Time', {}, { node, ...options })
            : await connection.unary('/time.TimeService/TimeCheck', { server }, { node, ...options });
        return value;
      },
      // What `ask` resolved with.
      rows: (answer) => rowsOf(answer as Reply),
    };
  },

  conclude: (answers): readonly RunNote[] => {
    const skews = [...answers].flatMap(([node, [row]]) => {
      const skew = row?.[SKEW_COLUMN];
      return typeof skew === 'number' ? [{ node, skew }] : [];
    });
    skews.sort((a, b) => Math.abs(b.skew) - Math.abs(a.skew));
    const [worst] = skews;
    if (worst === undefined) return [];
    const off = skews.filter(({ skew }) => Math.abs(skew) > NOTABLE_MS);
    if (off.length === 0) {
      const most = formatNumber(Math.max(1, Math.ceil(Math.abs(worst.skew))));
      const whose = ['The clock is', 'Both clocks are'][skews.length - 1] ?? `All ${skews.length} clocks are`;
      return [{ severity: 'info', message: `${whose} within ${most} ms of the time server.` }];
    }
    const { node, skew } = worst;
    const words = `${formatNumber(Math.round(Math.abs(skew) / 100) / 10)} s ${skew > 0 ? 'ahead' : 'behind'}`;
    const message =
      off.length === 1
        ? `The clock of ${node} is ${words}.`
        : `${off.length} clocks are more than 1 s off; furthest is that of ${node}, ${words}.`;
    return [{ severity: 'warning', message, nodes: off.map((one) => one.node) }];
  },
};
