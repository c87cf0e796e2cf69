/** The thread of one lens: messages in, messages out. Everything else is in the engine. */
import type { LensFromWorker, LensToWorker } from '../protocol.ts';
import { LensEngine } from './lens-engine.ts';

/** What is used of a worker's global scope; the compiler knows that of a window. */
interface Scope {
  postMessage(message: LensFromWorker): void;
  onmessage: ((event: MessageEvent<LensToWorker>) => void) | null;
}

const scope = self as unknown as Scope;
/** A message to itself comes after those that wait already, and sooner than a timer. */
const { port1, port2 } = new MessageChannel();
let soon: (() => void)[] = [];
port1.onmessage = () => {
  const due = soon;
  soon = [];
  for (const run of due) run();
};

const engine = new LensEngine({
  post: (message) => {
    scope.postMessage(message);
  },
  now: () => performance.now(),
  after: (ms, run) => {
    if (ms > 0) setTimeout(run, ms);
    else {
      soon.push(run);
      port2.postMessage(0);
    }
  },
});

scope.onmessage = ({ data }) => {
  engine.take(data);
};
