/** Which windows somebody can see. Nothing is asked only to be shown while nobody sees any. */
export class SeenWindows {
  readonly #told = new Map<number, boolean>();

  /** Whether any window may be seen; true where none has said anything, also while there is no window. */
  get isAny(): boolean {
    return this.#told.size === 0 || [...this.#told.values()].includes(true);
  }

  tell(windowId: number, isSeen: boolean): void {
    this.#told.set(windowId, isSeen);
  }

  /** A window was closed. */
  forget(windowId: number): void {
    this.#told.delete(windowId);
  }
}
