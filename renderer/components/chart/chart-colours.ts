import { colourOn } from '../../lib/canvas-colours.ts';

/** Lines that each have a colour of their own; with more, all are drawn alike and the one pointed at is marked. */
export const MOST_COLOURED = 8;

/** Colours of the page that a canvas needs as values. */
export interface ChartColours {
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly series: readonly string[];
}

/** The colours of an element as they are now: they change with the theme. */
export function chartColours(element: HTMLElement): ChartColours {
  return {
    muted: colourOn(element, '--muted'),
    line: colourOn(element, '--line'),
    accent: colourOn(element, '--accent'),
    series: Array.from({ length: MOST_COLOURED }, (_each, at) => colourOn(element, `--chart-${at + 1}`)),
  };
}
