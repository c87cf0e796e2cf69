/** A place in the window, in CSS pixels from its upper left corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** An attachment that tells of a right click, or of the menu key, on what it is attached to. Selected text has a menu of its own. */
export function menuAt(open: (at: Spot) => void): (element: HTMLElement) => () => void {
  return (element) => {
    const onContextmenu = (event: MouseEvent): void => {
      if (!(getSelection()?.isCollapsed ?? true)) return;
      event.preventDefault();
      open(spotOf(event, element));
    };
    element.addEventListener('contextmenu', onContextmenu);
    return () => element.removeEventListener('contextmenu', onContextmenu);
  };
}

/** Where the pointer is; the menu key has none, so the element itself. */
function spotOf({ clientX, clientY, button }: MouseEvent, element: HTMLElement): Spot {
  if (button === 2) return { x: clientX, y: clientY };
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left + 24, y: bottom };
}
