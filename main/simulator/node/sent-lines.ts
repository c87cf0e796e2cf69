/** Which lines of the logs of a node were sent to readers: each counts once, however often it was asked for. */
export class SentLines {
  readonly #logs = new Map<string, { boot: string; upTo: number; count: number }>();

  /** Lines of a log from one number to before another were sent, in order; a boot numbers them anew. */
  add(log: string, boot: string, from: number, to: number): void {
    const known = this.#logs.get(log) ?? { boot, upTo: 0, count: 0 };
    if (known.boot !== boot) Object.assign(known, { boot, upTo: 0 });
    known.count += Math.max(0, to - Math.max(from, known.upTo));
    known.upTo = Math.max(known.upTo, to);
    this.#logs.set(log, known);
  }

  /** Of a log, over all boots; 0 for one that nobody read. */
  count(log: string): number {
    return this.#logs.get(log)?.count ?? 0;
  }
}
