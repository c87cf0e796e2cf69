import { vi } from 'vitest';

/**
 * What jsdom lacks of the browser and the components build on: dialogs, popovers, ResizeObserver, layout. Only as much
 * as roles and keys need; how it looks is proven in a real browser by the scenes and the end-to-end tests.
 */

class StillObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Files share one document; listening to it twice would do everything twice. */
const listened = document as Document & { minosListens?: true };
function listenOnce(type: 'click' | 'keydown', listener: (event: Event) => void): void {
  if (listened.minosListens !== true) document.addEventListener(type, listener);
}

globalThis.ResizeObserver = StillObserver;
// The chart library asks for the density of the screen as soon as it is loaded. Nothing matches, and nothing changes.
globalThis.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    ...{ matches: false, media, onchange: null },
    ...{ addListener: () => undefined, removeListener: () => undefined },
  });
Element.prototype.scrollIntoView = () => undefined;
document.execCommand = vi.fn(() => true);

const FOCUSABLE = ':is(button, input, select, textarea):not(:disabled), a[href], [tabindex="0"]';
// The browser's own steps: it asks for what wants the focus, and else takes the first that can have it.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
  const wanted = this.querySelector<HTMLElement>('[autofocus]') ?? this.querySelector<HTMLElement>(FOCUSABLE);
  wanted?.focus();
};
HTMLDialogElement.prototype.close = function close() {
  if (!this.open) return;
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
listenOnce('keydown', (event) => {
  if ((event as KeyboardEvent).key === 'Escape') document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
});

/** Marked on the element: the listener of the first file and the methods of the last one speak of the same. */
const OPEN = 'minosOpen';

const isOpenPopover = (panel: HTMLElement): boolean => OPEN in panel && panel[OPEN] === true;

function toggle(panel: HTMLElement, isOpen: boolean): void {
  if (isOpenPopover(panel) === isOpen) return;
  Object.assign(panel, { [OPEN]: isOpen });
  // jsdom's own style sheet hides every popover, since it knows no open ones.
  panel.style.display = isOpen ? 'block' : '';
  panel.dispatchEvent(Object.assign(new Event('toggle'), { newState: isOpen ? 'open' : 'closed' }));
}

HTMLElement.prototype.showPopover = function showPopover() {
  toggle(this, true);
};
HTMLElement.prototype.hidePopover = function hidePopover() {
  toggle(this, false);
};
listenOnce('click', (event) => {
  const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button[popovertarget]');
  const panel = button && document.getElementById(button.getAttribute('popovertarget') ?? '');
  if (panel && !button.disabled) toggle(panel, !isOpenPopover(panel));
});
listened.minosListens = true;
