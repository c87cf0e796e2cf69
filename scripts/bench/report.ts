import type { Figure } from './measure.ts';
import { median } from './statistics.ts';

/** The samples of one figure. */
export interface Result extends Figure {
  readonly samples: readonly number[];
}

/** A number with about three digits. */
export const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const goalOf = ({ atMost, atLeast, unit }: Figure): string =>
  atMost !== undefined ? `≤ ${atMost} ${unit}` : atLeast !== undefined ? `≥ ${atLeast} ${unit}` : '';

/** Whether the median keeps the goal; true without one. */
export function keepsGoal({ samples, atMost = Infinity, atLeast = -Infinity }: Result): boolean {
  const value = median(samples);
  return value <= atMost && value >= atLeast;
}

/** The figures of this checkout, also as Markdown. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { name, unit, samples } = result;
    const goal = goalOf(result);
    return [
      name,
      `${rounded(median(samples))} ${unit}`,
      rounded(Math.min(...samples)),
      rounded(Math.max(...samples)),
      String(samples.length),
      goal === '' || keepsGoal(result) ? goal : `${goal} missed`,
    ];
  });
  return aligned([['Figure', 'Median', 'Least', 'Most', 'Samples', 'Goal'], ...rows]);
}

/** A Markdown table; the first row is its head. */
export function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const [BEGIN, END] = ['<!-- bench: begin -->', '<!-- bench: end -->'];

/** A document with the text between its two marks replaced. */
export function withTable(document: string, text: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the document has no place for the table');
  return `${document.slice(0, from + BEGIN.length)}\n\n${text}\n\n${document.slice(to)}`;
}
