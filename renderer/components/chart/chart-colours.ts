/** Lines that each have a colour of their own; with more, all are drawn alike and the one pointed at is marked. */
export const MOST_COLOURED = 8;

/** Colours of the page that a canvas needs as values. */
export interface ChartColours {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly series: readonly string[];
}

/** The colours of an element as they are now: they change with the theme. */
export function chartColours(element: HTMLElement): ChartColours {
  const style = getComputedStyle(element);
  const probe = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: resolved(element, probe('--text')),
    muted: resolved(element, probe('--muted')),
    line: resolved(element, probe('--line')),
    accent: resolved(element, probe('--accent')),
    series: Array.from({ length: MOST_COLOURED }, (_each, at) => resolved(element, probe(`--chart-${at + 1}`))),
  };
}

/** A canvas knows no light-dark(): the browser is asked for what it comes to. */
function resolved(element: HTMLElement, colour: string): string {
  const before = element.style.outlineColor;
  element.style.outlineColor = colour;
  const value = getComputedStyle(element).outlineColor;
  element.style.outlineColor = before;
  return value;
}
