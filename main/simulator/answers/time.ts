import { unary, type AnswerContext, type AnswerEntry } from '../answer.ts';
import { timestamp } from '../timestamp.ts';

const DEFAULT_SERVER = 'time.cloudflare.com';

/** The node's clock may be wrong; a time server never is. */
const time = (server: string, { nowMs, cluster }: AnswerContext) => ({
  messages: [{ server, localtime: timestamp(nowMs()), remotetime: timestamp(cluster.clock.now()) }],
});

/** The node's clock beside that of a time server. */
export const timeAnswers: readonly AnswerEntry[] = [
  unary('/time.TimeService/Time', (_request, context) => time(DEFAULT_SERVER, context)),
  unary('/time.TimeService/TimeCheck', (request, context) => time(request.server || DEFAULT_SERVER, context)),
];
