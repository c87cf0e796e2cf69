import type { DrainEvent } from '../../../kubernetes/drain/drain-node.ts';

/** How far draining one node is, in a sentence at a time. */
export class DrainProgress {
  readonly #node: string;
  #total = 0;
  #gone = 0;
  /** Pods that may not go yet, with why. */
  readonly #held = new Map<string, string>();

  constructor(node: string) {
    this.#node = node;
  }

  /** What is to be shown after this. */
  words(event: DrainEvent): string {
    switch (event.kind) {
      case 'cordoned':
        return event.byUs
          ? `Kubernetes puts nothing new on ${this.#node}.`
          : `${this.#node} was cordoned before, and will stay so.`;
      case 'leaving':
        this.#total = event.pods;
        break;
      case 'trouble':
        return `${event.why} It is tried again.`;
      case 'pod':
        this.#held.delete(event.pod);
        if (event.state === 'gone') this.#gone += 1;
        if (event.state === 'held') this.#held.set(event.pod, event.why);
    }
    return this.#sofar();
  }

  #sofar(): string {
    const gone = `${this.#gone} of ${this.#total} pods left ${this.#node}.`;
    const [first] = this.#held;
    if (first === undefined) return gone;
    const [pod, why] = first;
    const more = this.#held.size > 1 ? ` So do ${this.#held.size - 1} more.` : '';
    return `${gone} ${pod} waits: ${why}${more}`;
  }
}
