/** Which nodes of which context each window has in view. */
export class LookedAt {
  readonly #byContext = new Map<string, Map<number, readonly string[]>>();

  /** Takes what a window looks at now; what all of them look at, in turns, so that none takes the others' places. */
  look(context: string, windowId: number, nodes: readonly string[]): readonly string[] {
    const windows = this.#byContext.get(context) ?? new Map<number, readonly string[]>();
    if (nodes.length > 0) windows.set(windowId, nodes);
    else windows.delete(windowId);
    if (windows.size > 0) this.#byContext.set(context, windows);
    else this.#byContext.delete(context);
    const all = [...windows.values()];
    const most = Math.max(0, ...all.map(({ length }) => length));
    return [...new Set(Array.from({ length: most }, (_, at) => all.flatMap((each) => each.slice(at, at + 1))).flat())];
  }

  /** The contexts of which a window has nodes in view. */
  contextsOf(windowId: number): readonly string[] {
    return [...this.#byContext].flatMap(([context, windows]) => (windows.has(windowId) ? [context] : []));
  }
}
