import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { invalidArgument, unknownError } from '../endpoint/errors.ts';
import { steadyInt } from '../wire/random.ts';
import { timestamp } from '../wire/timestamp.ts';

const DEFAULT_SERVER = 'time.cloudflare.com';
const SERVER_ADDRESS = '162.159.200.123';

/** The node's clock may be wrong; a time server never is, if the node can reach one. */
function time(server: string, { node, nowMs, cluster }: AnswerContext) {
  if (node.fault?.kind === 'no-time-server') {
    const from = `${node.address}:${steadyInt(32_768, 60_999, node.facts.seed, node.name, 'ntp')}`;
    throw unknownError(`error querying NTP server "${server}": read udp ${from}->${SERVER_ADDRESS}:123: i/o timeout`);
  }
  return { messages: [{ server, localtime: timestamp(nowMs()), remotetime: timestamp(cluster.clock.now()) }] };
}

/** The node's clock beside that of a time server. */
export const timeAnswers: readonly AnswerEntry[] = [
  unary('/time.TimeService/Time', (_request, context) => time(DEFAULT_SERVER, context)),
  unary('/time.TimeService/TimeCheck', (request, context) => {
    if (request.server === '') throw invalidArgument('ntp server is required');
    return time(request.server, context);
  }),
];
