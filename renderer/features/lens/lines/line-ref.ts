/** A line of a lens as the inspector keeps it. */
export interface LineRef {
  readonly lens: number;
  readonly line: number;
}

/** How the inspector names a line. */
export function lineRef(lens: number, line: number): string {
  return `${lens}:${line}`;
}

/** What {@link lineRef} named. */
export function readLineRef(id: string): LineRef {
  const [lens, line] = id.split(':').map(Number);
  return { lens: lens ?? -1, line: line ?? -1 };
}
