import type { LensFromWorker, LensToWorker } from './protocol.ts';
import workerUrl from './worker/lens-worker.ts?worker&url';

/** The thread of one lens. */
export interface LensThread {
  post(message: LensToWorker): void;
  end(): void;
}

/** What is used of the browser's trusted types, of which the compiler does not know. */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

let trusted: unknown;

/**
 * The one script that becomes a worker. The Content-Security-Policy names the policy, and the policy gives no other address
 * (docs/adr/0036).
 */
function trustedWorkerUrl(): unknown {
  const { href } = new URL(workerUrl, document.baseURI);
  const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes;
  // The name can be taken only once in a page.
  return (trusted ??=
    factory === undefined
      ? href
      : factory.createPolicy('minos-worker', { createScriptURL: () => href }).createScriptURL(''));
}

/** Starts a thread; whoever does ends it. `onMessage` is told what it says. */
export function startWorker(onMessage: (message: LensFromWorker) => void): LensThread {
  const worker = new Worker(trustedWorkerUrl() as string, { type: 'module', name: 'lens' });
  worker.onmessage = ({ data }: MessageEvent<LensFromWorker>) => {
    onMessage(data);
  };
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    end: () => {
      worker.terminate();
    },
  };
}
