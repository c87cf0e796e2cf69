import { serveBounded } from '../../lib/serve-bounded.ts';
import { READ, type ReadOrder } from './read-text.ts';

/** Entry of the thread that {@link ClusterTexts} starts: reads one text after the other. */
const MAX_ANSWER_BYTES = 1024 * 1024;

serveBounded(
  ({ name, args }: ReadOrder) => {
    const read = READ[name] as (...args: readonly unknown[]) => unknown;
    return read(...args);
  },
  { maxAnswerBytes: MAX_ANSWER_BYTES },
);
