import type { Figure } from './measure.ts';
import { median, pairedRatio } from './statistics.ts';

/** The samples of one figure. */
export interface Result extends Figure {
  readonly samples: readonly number[];
  /** Of the other checkout, with `--against`. */
  readonly against?: readonly number[];
}

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const goalOf = ({ atMost, atLeast, unit }: Figure): string =>
  atMost !== undefined ? `≤ ${atMost} ${unit}` : atLeast !== undefined ? `≥ ${atLeast} ${unit}` : '';

/** Whether the median keeps the goal; true without one. */
export function keepsGoal({ samples, atMost = Infinity, atLeast = -Infinity }: Result): boolean {
  const value = median(samples);
  return value <= atMost && value >= atLeast;
}

/** A table for people, also as Markdown. */
export function table(results: readonly Result[]): string {
  const hasOther = results.some(({ against }) => against !== undefined);
  const head = ['Figure', 'Median', 'Least', 'Most', 'Samples', 'Goal', ...(hasOther ? ['Other', 'Change'] : [])];
  const rows = results.map((result) => {
    const { name, unit, samples, against } = result;
    const goal = goalOf(result);
    return [
      name,
      `${rounded(median(samples))} ${unit}`,
      rounded(Math.min(...samples)),
      rounded(Math.max(...samples)),
      String(samples.length),
      goal === '' || keepsGoal(result) ? goal : `${goal} missed`,
      ...(hasOther ? otherColumns(samples, against, unit) : []),
    ];
  });
  const all = [head, head.map(() => '---'), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      (row) =>
        `| ${row.map((cell, column) => (cell === '---' ? '-'.repeat(widths[column] ?? 3) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`,
    )
    .join('\n');
}

function otherColumns(samples: readonly number[], against: readonly number[] | undefined, unit: string): string[] {
  if (against === undefined) return ['', ''];
  const change = (pairedRatio(against, samples) - 1) * 100;
  return [`${rounded(median(against))} ${unit}`, `${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(1)} %`];
}

const [BEGIN, END] = ['<!-- bench: begin -->', '<!-- bench: end -->'];

/** A document with the text between its two marks replaced. */
export function withTable(document: string, text: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the document has no place for the table');
  return `${document.slice(0, from + BEGIN.length)}\n\n${text}\n\n${document.slice(to)}`;
}
