/** Where images lie: those of pods, those of Talos, and those that are only in memory. */
export type ImageShelf = 'pods' | 'system' | 'memory';

/** What was pulled to a machine and removed from it, beside the images that its containers brought. */
export class ImageStore {
  readonly #removed = new Set<string>();
  readonly #pulled = new Map<string, ImageShelf>();

  /** The images of a shelf, given those that its containers brought. */
  listed(shelf: ImageShelf, brought: readonly string[]): readonly string[] {
    const pulled = [...this.#pulled].flatMap(([key, on]) => (on === shelf ? [key.slice(shelf.length + 1)] : []));
    const kept = brought.filter((name) => !this.#removed.has(`${shelf} ${name}`));
    return [...new Set([...kept, ...pulled])];
  }

  add(shelf: ImageShelf, name: string): void {
    this.#removed.delete(`${shelf} ${name}`);
    this.#pulled.set(`${shelf} ${name}`, shelf);
  }

  remove(shelf: ImageShelf, name: string): void {
    this.#pulled.delete(`${shelf} ${name}`);
    this.#removed.add(`${shelf} ${name}`);
  }
}
