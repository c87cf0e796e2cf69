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

globalThis.ResizeObserver = StillObserver;
Element.prototype.scrollIntoView = () => undefined;
document.execCommand = vi.fn(() => true);

HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  if (!this.open) return;
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
});

const open = new WeakSet<HTMLElement>();

function toggle(panel: HTMLElement, isOpen: boolean): void {
  if (open.has(panel) === isOpen) return;
  if (isOpen) open.add(panel);
  else open.delete(panel);
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
document.addEventListener('click', (event) => {
  const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button[popovertarget]');
  const panel = button && document.getElementById(button.getAttribute('popovertarget') ?? '');
  if (panel && !button.disabled) toggle(panel, !open.has(panel));
});
