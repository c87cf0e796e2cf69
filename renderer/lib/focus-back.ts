/**
 * Remembers what had the focus before it went into a part of the window, so that closing that part does not lose it. One for
 * each part.
 */
export class FocusBack {
  #part: HTMLElement | undefined;
  #before: HTMLElement | undefined;

  /** An attachment of the part. */
  readonly watch = (part: HTMLElement): (() => void) => {
    const onFocusin = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof HTMLElement && !part.contains(relatedTarget)) this.#before = relatedTarget;
    };
    this.#part = part;
    part.addEventListener('focusin', onFocusin);
    return () => {
      part.removeEventListener('focusin', onFocusin);
      this.#part = undefined;
    };
  };

  /** Called just before the part goes. Where the focus is elsewhere, it stays there. */
  give(): void {
    const { activeElement, body } = document;
    if (activeElement !== body && this.#part?.contains(activeElement) === false) return;
    const target = this.#before?.isConnected === true ? this.#before : document.querySelector<HTMLElement>('main');
    target?.focus({ preventScroll: true });
  }
}
