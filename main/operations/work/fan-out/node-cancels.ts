/** Cancels of work on many nodes: of the whole, and of each node alone. */
export class NodeCancels {
  /** Of the whole. */
  readonly signal: AbortSignal;
  readonly #nodes = new Map<string, AbortController>();

  constructor(signal: AbortSignal) {
    this.signal = signal;
    // One listener for all of them: a signal composed of two for each node costs more than the rest of a node's turn.
    const abortAll = (): void => {
      for (const controller of this.#nodes.values()) controller.abort(signal.reason);
    };
    signal.addEventListener('abort', abortAll, { once: true });
  }

  /** Aborted when this node or the whole is cancelled. */
  signalOf(node: string): AbortSignal {
    return this.#controllerOf(node).signal;
  }

  /** Also of a node that has not been asked yet. */
  isCancelled(node: string): boolean {
    return this.signal.aborted || this.#nodes.get(node)?.signal.aborted === true;
  }

  /** A node that has not been asked yet is then never asked. */
  cancelNode(node: string): void {
    this.#controllerOf(node).abort();
  }

  #controllerOf(node: string): AbortController {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const made = new AbortController();
    if (this.signal.aborted) made.abort(this.signal.reason);
    this.#nodes.set(node, made);
    return made;
  }
}
