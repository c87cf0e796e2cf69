/** Puts the focus on the first line of the menu in `element`, which must be in sight: what is hidden takes no focus. */
export function focusFirstItem(element: HTMLElement): void {
  element.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
}
