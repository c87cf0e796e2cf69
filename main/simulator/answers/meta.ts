import { unary, type AnswerEntry } from '../endpoint/answer.ts';
import { exhausted, invalidArgument, notFound } from '../endpoint/errors.ts';

/** What the partition has room for. */
const MOST_BYTES = 512 * 1024;

function checkKey(key: number): void {
  if (key > 255) throw invalidArgument('key must be a uint8');
}

/** META: small values that outlast resets. */
export const metaAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/MetaWrite', ({ key, value }, { node: { machine } }) => {
    checkKey(key);
    if (value.length > MOST_BYTES) throw exhausted('meta write failed');
    machine.setMeta(key, Buffer.from(value).toString('utf8'));
    return { messages: [{}] };
  }),
  unary('/machine.MachineService/MetaDelete', ({ key }, { node: { machine } }) => {
    checkKey(key);
    if (!machine.meta.has(key)) throw notFound('meta key not found');
    machine.setMeta(key, undefined);
    return { messages: [{}] };
  }),
];
