/** Entry of the thread that tests of BoundedWorker start. */
import { threadId } from 'node:worker_threads';
import { Failed } from '../../../../main/lib/failed.ts';
import { serveBounded } from '../../../../main/lib/serve-bounded.ts';

interface TestOrder {
  readonly do: string;
  readonly n?: number;
  readonly bytes?: number;
}

function answer({ do: what, n = 0, bytes = 0 }: TestOrder): unknown {
  switch (what) {
    case 'fail':
      throw new Failed({ code: 'file-invalid', message: 'No.' });
    case 'throw':
      throw new Error('A mistake.');
    case 'never':
      for (;;);
    case 'eat': {
      const eaten: unknown[] = [];
      for (;;) eaten.push({ more: eaten.length });
    }
    // falls through
    case 'answer':
      return 'x'.repeat(bytes);
    case 'exit':
      return process.exit();
    default:
      return { value: n * 2, thread: threadId };
  }
}

serveBounded(answer, { maxAnswerBytes: 1024 * 1024 });
