import { diffArrays } from 'diff';
import { refuseTooLong } from '../documents/bounds.ts';
import { renderText } from '../../yaml/render-yaml.ts';
import { Masker, type MaskedSecret, type MaskedText } from '../secrets/mask.ts';
import { maskedLines } from '../secrets/masked-lines.ts';

/** A placeholder of an edited text that stands for no secret of the config, or for one that cannot stand within another text. */
export interface StrangePlaceholder {
  readonly placeholder: string;
  /** 1-based, of the edited text. */
  readonly line: number;
  readonly isOfConfig: boolean;
}

/** A masked text that was edited, with its secrets again. */
export interface FilledConfig {
  readonly text: string;
  /** The line of the edited text that a line of the filled one is of; both 1-based. */
  readonly lines: readonly number[];
  /** Placeholders that could not be filled in. */
  readonly strange: readonly StrangePlaceholder[];
}

/** What the masked text has in common with the edited one is looked for so long. */
const MOST_EDITS = 2_000;
const LOOK_FOR_MS = 300;

const PLACEHOLDER = /<secret-\d+>/g;
const TOO_OFTEN = 'It names a long secret again and again.';

/**
 * Puts the secrets of a config into its masked text after that was edited. Lines that were left as they are are those of the config to the
 * byte; in others each placeholder becomes what it stood for, spelled as it was where it is the whole value, by the rules of the quotes around
 * it, and bare within another text. Lines end as they do in the config, whatever the line ends of the edited text. Throws Failed when the
 * config is none, and `too-large` for more than a config may hold.
 */
export function fillSecrets(before: string, edited: string): FilledConfig {
  const masker = new Masker();
  return fillMasked(before, edited, masker, masker.config(before));
}

/** {@link fillSecrets} of a config that was masked already, by this masker. */
export function fillMasked(before: string, edited: string, masker: Masker, masked: MaskedText): FilledConfig {
  const original = originalLines(before, masked.secrets);
  const values = masker.values();
  const spelled = spellings(before, masked.secrets, values);
  const [old, next] = [linesOf(masked.text), linesOf(edited)];
  const eol = /\r?\n/.exec(before)?.[0] === '\r\n' ? '\r' : '';
  const filled: string[] = [];
  const lines: number[] = [];
  const strange: StrangePlaceholder[] = [];
  let [from, line, spelledOut] = [0, 0, 0];
  const put = (text: string): void => {
    for (const one of text.split('\n')) {
      filled.push(one);
      lines.push(line);
    }
  };
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (placeholder, at: number) => {
      const around = { before: text.slice(0, at), after: text.slice(at + placeholder.length) };
      const found = isWholeValue(around)
        ? spelled.get(placeholder)?.(indentOf(text))
        : within(values.get(placeholder), around);
      if (found === undefined) strange.push({ placeholder, line, isOfConfig: values.has(placeholder) });
      spelledOut += found?.length ?? 0;
      refuseTooLong(spelledOut, TOO_OFTEN);
      return found ?? placeholder;
    });
  for (const { kind, count } of changes(old, next)) {
    for (let i = 0; i < count; i++) {
      if (kind === 'removed') {
        from++;
        continue;
      }
      const text = next[line++] ?? '';
      const isLast = line === next.length;
      if (kind === 'same') put(lineAsItWas(original[from++] ?? text, isLast, from === old.length, eol));
      else put(fill(text) + (isLast ? '' : eol));
    }
  }
  return { text: filled.join('\n'), lines, strange };
}

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/);

/** A line as it was. What was the last one gets the end of the others where some follow it now, and the other way round. */
function lineAsItWas(line: string, isLast: boolean, wasLast: boolean, eol: string): string {
  if (isLast === wasLast) return line;
  return isLast ? line.replace(/\r$/, '') : line + eol;
}

/** What stands on the line of a placeholder. */
interface Around {
  readonly before: string;
  readonly after: string;
}

/** True where a placeholder is all of a value; else it stands within a comment, quotes, or another text. */
const isWholeValue = ({ before, after }: Around): boolean =>
  !isComment(before) && STARTS_VALUE.test(before) && ENDS_VALUE.test(after);

const isComment = (before: string): boolean => /(?:^|\s)#/.test(before);
/** A colon or dash within a word, as in `x-<secret-1>`, begins no value. */
const STARTS_VALUE = /(?:^|[:,]\s|(?:^|\s)[-?]\s|[[{])\s*$/;
const ENDS_VALUE = /^\s*(?:$|[,\]}]|\s#)/;
/** What may be read as something else within another text, whatever that is. */
const READ_OTHERWISE = /["'\\,[\]{}]|:\s|\s#/;

/** A secret within quotes or another text; undefined for one that would break it or be read as another. */
function within(value: string | undefined, { before, after }: Around): string | undefined {
  if (value === undefined) return undefined;
  if (!isComment(before) && STARTS_VALUE.test(before.slice(0, -1)) && ENDS_VALUE.test(after.slice(1))) {
    if (before.endsWith('"') && after.startsWith('"')) return renderText(value, 'double').slice(1, -1);
    if (before.endsWith("'") && after.startsWith("'"))
      return /[\r\n]/.test(value) ? undefined : value.replaceAll("'", "''");
  }
  const text = value.trim();
  const isReadOtherwise = /[\r\n]/.test(text) || (!isComment(before) && READ_OTHERWISE.test(text));
  return isReadOtherwise ? undefined : text;
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
    const [first = '', ...more] = before
      .slice(start, end)
      .replace(/\r?\n$/, '')
      .split('\n');
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
