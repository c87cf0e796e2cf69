import { measuredWidthPx, type TableColumn } from './table-model.ts';

/** Widths that were drawn by hand, in CSS pixels, by the id of the column. */
type DrawnWidths = ReadonlyMap<string, number>;

/**
 * Width of each column that is shown, in CSS pixels: as it was drawn, else as its texts want it. The first one, which stays where it is when the
 * others scroll, leaves room for them.
 */
export function columnWidths<Row>(
  shown: readonly TableColumn<Row>[],
  drawn: DrawnWidths,
  sample: readonly Row[],
  mostFirstPx: number,
): readonly number[] {
  return shown.map((column, index) => {
    const widthPx = drawn.get(column.id) ?? measuredWidthPx(column, sample);
    return index === 0 && shown.length > 1 ? Math.min(widthPx, mostFirstPx) : widthPx;
  });
}

/** The widths with another one of a column; undefined takes back what was drawn. */
export function withWidth(drawn: DrawnWidths, column: string, widthPx: number | undefined): DrawnWidths {
  const next = new Map(drawn);
  if (widthPx === undefined) next.delete(column);
  else next.set(column, widthPx);
  return next;
}

/** Scrolls a heading into the room that the first column, so many pixels wide, leaves. */
export function bringBeside(scroller: HTMLElement, header: HTMLElement, firstPx: number): void {
  const [box, room] = [header.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const fromPx = room.left + firstPx;
  if (box.left < fromPx) scroller.scrollLeft -= fromPx - box.left;
  else if (box.right > room.right) scroller.scrollLeft += Math.min(box.right - room.right, box.left - fromPx);
}
