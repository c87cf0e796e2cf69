import { getHeapStatistics } from 'node:v8';
import { threadTimeMs } from '../../fakes/thread-time.ts';

/** What a process did to itself while it was measured. */
export interface Strain {
  /** Longest piece of work without a turn for other events, ms of this thread. */
  readonly gapMs: number;
  /** Most memory of main's own heap and buffers above what it was at rest, MB. Threads have their own. */
  readonly heapMb: number;
}

const TICK_MS = 5;
const MB = 1024 * 1024;

/** Measures its own thread. Start it when the process is at rest. */
export class GapMeter {
  #gapMs = 0;
  #rest = memory();
  #most = 0;
  #last = threadTimeMs();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => {
      this.#look();
    }, TICK_MS);
  }

  /** Begins anew from here, after the garbage of what came before is gone. */
  reset(): void {
    globalThis.gc?.();
    this.#gapMs = 0;
    this.#most = 0;
    this.#rest = memory();
    this.#last = threadTimeMs();
  }

  read(): Strain {
    this.#look();
    return { gapMs: this.#gapMs, heapMb: this.#most / MB };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = threadTimeMs();
    this.#gapMs = Math.max(this.#gapMs, now - this.#last);
    this.#most = Math.max(this.#most, memory() - this.#rest);
    // What looking takes is not counted.
    this.#last = threadTimeMs();
  }
}

/** Heap and buffers of this thread, bytes. */
export function memory(): number {
  // Unlike process.memoryUsage this needs no descriptor, of which a test may leave none.
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
