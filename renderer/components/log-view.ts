/** A line of a log view. */
export interface LogLine {
  /** Grows by one from line to line, whatever was let go before the first. */
  readonly number: number;
  readonly text: string;
  /** Said about the log, not in it: something is missing here. */
  readonly isMark: boolean;
}

/** What `LogView.svelte` is given. */
export interface LogViewProps<Line extends LogLine> {
  label: string;
  /** Oldest first. The same array may come again, longer at its end or shorter at its front, in another wrapping. */
  log: { readonly lines: readonly Line[] };
  /** What stands before each line. */
  originOf?: ((line: Line) => string) | undefined;
  /** Characters of the longest of these. */
  originLength?: number;
  /** Said when there is no line. */
  empty: string;
  /** More may come. */
  isGrowing: boolean;
  /** Lines whose source is silent: they are drawn paler. */
  isOld?: ((line: Line) => boolean) | undefined;
}
