/** One line of a difference between two texts. Line numbers start at 1. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  /** Missing for added lines. */
  readonly old?: number;
  /** Missing for removed lines. */
  readonly new?: number;
  readonly text: string;
}

/** `3 lines added, 1 removed`. */
export function diffCount(lines: readonly DiffLine[]): string {
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count('added'), count('removed')];
  if (added + removed === 0) return 'no line changes';
  const parts = [...(added > 0 ? [`${added} added`] : []), ...(removed > 0 ? [`${removed} removed`] : [])];
  return `${parts.join(', ')} ${added + removed === 1 ? 'line' : 'lines'}`;
}
