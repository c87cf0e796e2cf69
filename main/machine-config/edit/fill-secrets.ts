import { diffArrays } from 'diff';
import { refuseTooLong } from '../documents/bounds.ts';
import { Masker, type MaskedSecret, type MaskedText } from '../secrets/mask.ts';
import { maskedLines } from '../secrets/masked-lines.ts';

/** A masked text that was edited, with its secrets again. */
export interface FilledConfig {
  readonly text: string;
  /** The line of the edited text that a line of the filled one is of; both 1-based. */
  readonly lines: readonly number[];
  /** Placeholders that stand for no secret of the config, with their lines in the edited text. */
  readonly strange: readonly { readonly placeholder: string; readonly line: number }[];
}

/** What the masked text has in common with the edited one is looked for so long. */
const MOST_EDITS = 2_000;
const LOOK_FOR_MS = 300;

const PLACEHOLDER = /<secret-\d+>/g;
const TOO_OFTEN = 'It names a long secret again and again.';

/**
 * Puts the secrets of a config into its masked text after that was edited. Lines that were left as they are are those of the config to the
 * byte; in others each placeholder becomes what it stood for, spelled as it was. Throws Failed when the config is none, and `too-large` for more than a config may hold.
 */
export function fillSecrets(before: string, edited: string): FilledConfig {
  const masker = new Masker();
  return fillMasked(before, edited, masker, masker.config(before));
}

/** {@link fillSecrets} of a config that was masked already, by this masker. */
export function fillMasked(before: string, edited: string, masker: Masker, masked: MaskedText): FilledConfig {
  const original = originalLines(before, masked.secrets);
  const spelled = spellings(before, masked.secrets, masker.values());
  const next = edited.split('\n');
  const filled: string[] = [];
  const lines: number[] = [];
  const strange: { readonly placeholder: string; readonly line: number }[] = [];
  let [old, line, spelledOut] = [0, 0, 0];
  const spell = (placeholder: string, indent: number): string => {
    const text = spelled.get(placeholder)?.(indent) ?? placeholder;
    spelledOut += text.length;
    refuseTooLong(spelledOut, TOO_OFTEN);
    return text;
  };
  const put = (text: string): void => {
    for (const one of text.split('\n')) {
      filled.push(one);
      lines.push(line);
    }
  };
  for (const { kind, count } of changes(masked.text.split('\n'), next)) {
    for (let i = 0; i < count; i++) {
      if (kind === 'removed') old++;
      else if (kind === 'same') {
        line++;
        put(original[old++] ?? next[line - 1] ?? '');
      } else {
        line++;
        const text = next[line - 1] ?? '';
        for (const [placeholder] of text.matchAll(PLACEHOLDER))
          if (!spelled.has(placeholder)) strange.push({ placeholder, line });
        put(text.replace(PLACEHOLDER, (found) => spell(found, indentOf(text))));
      }
    }
  }
  return { text: filled.join('\n'), lines, strange };
}

/** The lines of a config by those of its masked text, several with line ends between. */
function originalLines(before: string, secrets: readonly MaskedSecret[]): readonly string[] {
  const lineOf = maskedLines(before, secrets);
  const groups: string[] = [];
  for (const [at, text] of before.split('\n').entries()) {
    const to = lineOf(at + 1) - 1;
    groups[to] = groups[to] === undefined ? text : `${groups[to]}\n${text}`;
  }
  return groups;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** How each secret is written on a line of some indentation. */
function spellings(
  before: string,
  secrets: readonly MaskedSecret[],
  values: ReadonlyMap<string, string>,
): ReadonlyMap<string, (indent: number) => string> {
  const written = before.split('\n');
  const spell = new Map<string, (indent: number) => string>(
    [...values].map(([placeholder, value]) => [placeholder, () => value]),
  );
  for (const { placeholder, start, end, line } of secrets.toReversed()) {
    const [first = '', ...more] = before.slice(start, end).replace(/\n$/, '').split('\n');
    const was = indentOf(written[line - 1] ?? '');
    spell.set(placeholder, (indent) => {
      refuseTooLong(more.length * Math.max(0, indent - was), TOO_OFTEN);
      return [first, ...more.map((one) => shifted(one, indent - was))].join('\n');
    });
  }
  return spell;
}

const shifted = (line: string, by: number): string =>
  by >= 0 ? ' '.repeat(line === '' ? 0 : by) + line : line.slice(Math.min(-by, indentOf(line)));

interface Change {
  readonly kind: 'same' | 'added' | 'removed';
  readonly count: number;
}

/** How the lines differ; where too much does, all between the first and the last difference. */
function changes(before: readonly string[], after: readonly string[]): readonly Change[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const [old, next] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const found = diffArrays([...old], [...next], { maxEditLength: MOST_EDITS, timeout: LOOK_FOR_MS });
  const between: readonly Change[] = found?.map(({ added, removed, count }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    count,
  })) ?? [
    { kind: 'removed', count: old.length },
    { kind: 'added', count: next.length },
  ];
  return [{ kind: 'same', count: head }, ...between, { kind: 'same', count: tail }];
}
