/**
 * What a custom property such as `--text` comes to on an element, as a colour that a canvas takes. A canvas knows no `light-dark()`:
 * the browser is asked for what it comes to.
 */
export function colourOn(element: HTMLElement, property: string): string {
  const before = element.style.outlineColor;
  element.style.outlineColor = `var(${property})`;
  const value = getComputedStyle(element).outlineColor;
  element.style.outlineColor = before;
  return value;
}

/** Calls back whenever colours are others: another theme was chosen, or the system has another. Answers what ends it. */
export function onTheme(changed: () => void): () => void {
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    chosen.disconnect();
    system.removeEventListener('change', changed);
  };
}
