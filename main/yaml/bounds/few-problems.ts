import { formatNumber } from '../../../preload/contract/format/numbers.ts';
import type { Problem } from '../../../preload/contract/index.ts';
import type { TextPosition } from '../yaml-document.ts';

/** Most contexts that are read of one file. */
export const MAX_CONTEXTS = 20_000;
/** Longest name, address or other text of a context that is shown; certificates and keys have limits of their own. */
export const MAX_TEXT_LENGTH = 1_024;
/** Most endpoints, and most nodes, of a context. */
export const MAX_LIST = 1_000;
/** Most characters of all endpoints, and of all nodes, of a context. */
export const MAX_LIST_LENGTH = 64_000;

/** The first `most` problems, and one that says how many more there are. What is wrong a thousand times is wrong once. */
export function fewProblems(problems: readonly Problem[], most: number): readonly Problem[] {
  const more = problems.length - most;
  if (more <= 0) return problems;
  const severity = problems.some((one) => one.severity === 'error') ? 'error' : 'warning';
  const message = `${formatNumber(more)} more problems are not listed.`;
  return [...problems.slice(0, most), { severity, message }];
}

/** `1 and 2 and 3`; of many, the first five and how many more. */
export function linesInWords(places: readonly TextPosition[]): string {
  const shown = places.slice(0, 5).map(({ line }) => String(line));
  return [...shown, ...(places.length > 5 ? [`${formatNumber(places.length - 5)} more`] : [])].join(' and ');
}
