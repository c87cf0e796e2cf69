/**
 * Puts the focus on an element from the beginning. A dialog gives it away when it opens, after everything in it is there, and its
 * first button closes it; so it is asked, too.
 */
export function takeFocus(element: HTMLElement): void {
  element.setAttribute('autofocus', '');
  element.focus();
}
