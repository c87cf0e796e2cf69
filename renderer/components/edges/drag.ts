/** Tells each place that a pointer comes to which went down on a handle, until it is let go, outside of the handle too. */
export function drag(
  { currentTarget: handle, pointerId }: PointerEvent & { readonly currentTarget: HTMLElement },
  onmove: (place: PointerEvent) => void,
): void {
  handle.setPointerCapture(pointerId);
  handle.addEventListener('pointermove', onmove);
  handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', onmove), {
    once: true,
  });
}
