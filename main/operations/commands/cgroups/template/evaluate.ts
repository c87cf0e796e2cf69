import type { Cgroup } from '../cgroup.ts';
import type { NodeNames } from '../presets.ts';
import { shareOf, sizeText } from '../values.ts';
import { groupField, NOTHING, type Datum } from './datum.ts';
import { goDurationText } from './go-duration-text.ts';
import type { TemplateOperand, Piece, Pipeline } from './parse.ts';

/** What one cell may cost: pieces that are written, and the length of its text. */
const MAX_STEPS = 5_000;
const MAX_LENGTH = 2_000;

interface Scope {
  readonly dot: Datum;
  readonly variables: ReadonlyMap<string, Datum>;
}

/** The text of a template for one group. Throws an Error that says which name is none. */
export function evaluateCell(pieces: readonly Piece[], group: Cgroup, names: NodeNames): string {
  let steps = 0;
  let text = '';
  const write = (all: readonly Piece[], scope: Scope): void => {
    for (const piece of all) {
      steps += 1;
      if (steps > MAX_STEPS || text.length > MAX_LENGTH) return;
      if (piece.kind === 'text') text += piece.text;
      else if (piece.kind === 'value') text += textOf(pipe(piece.pipeline, scope, names));
      else if (piece.kind === 'if') write(isTrue(pipe(piece.pipeline, scope, names)) ? piece.yes : piece.no, scope);
      else {
        for (const [key, value] of itemsOf(pipe(piece.pipeline, scope, names))) {
          const variables = new Map(scope.variables);
          if (piece.key !== undefined && piece.key !== piece.value)
            variables.set(piece.key, { kind: 'text', text: key });
          if (piece.value !== undefined) variables.set(piece.value, value);
          write(piece.body, { dot: value, variables });
        }
      }
    }
  };
  write(pieces, { dot: { kind: 'group', group }, variables: new Map([['', { kind: 'group', group }]]) });
  return text.slice(0, MAX_LENGTH);
}

function pipe(pipeline: Pipeline, scope: Scope, names: NodeNames): Datum {
  let last: Datum | undefined;
  for (const [first, ...words] of pipeline) {
    if (first === undefined) continue;
    const given = words.map((word) => operand(word, scope, names));
    last = call(first, last === undefined ? given : [...given, last], scope, names);
  }
  return last ?? NOTHING;
}

function call(first: TemplateOperand, words: readonly Datum[], scope: Scope, names: NodeNames): Datum {
  if (first.kind === 'function') {
    if (first.name === 'len') return { kind: 'text', text: String(itemsOf(words[0] ?? NOTHING).length) };
    const [format, ...values] = words;
    return { kind: 'text', text: printf(textOf(format ?? NOTHING), values) };
  }
  const method = first.kind === 'path' ? first.fields.at(-1) : undefined;
  if (first.kind === 'path' && method === 'DivideBy') {
    const target = operand({ ...first, fields: first.fields.slice(0, -1) }, scope, names);
    return { kind: 'text', text: percentText(target, words[0] ?? NOTHING) };
  }
  return operand(first, scope, names);
}

function operand(word: TemplateOperand, { dot, variables }: Scope, names: NodeNames): Datum {
  if (word.kind === 'text') return word;
  if (word.kind === 'function') throw new Error(`${word.name} needs something before it`);
  let datum = word.variable === undefined ? dot : variables.get(word.variable);
  if (datum === undefined) throw new Error(`$${word.variable ?? ''} is not known here`);
  for (const field of word.fields) datum = fieldOf(datum, field, names);
  return datum;
}

function fieldOf(datum: Datum, field: string, names: NodeNames): Datum {
  if (datum.kind === 'group') {
    const found = groupField(datum.group, field, names);
    if (found === undefined) throw new Error(`a control group has no ${field}`);
    return found;
  }
  const value: Datum = datum.kind === 'nothing' ? { kind: 'value', raw: undefined } : datum;
  if (value.kind === 'map') return value.entries.get(field) ?? { kind: 'nothing' };
  if (value.kind === 'value' && field === 'HumanizeIBytes') return { kind: 'text', text: sizeText(value.raw) };
  if (value.kind === 'value' && field === 'UsecToDuration') {
    const text =
      value.raw === undefined || !/^\d+$/.test(value.raw) ? textOf(value) : goDurationText(Number(value.raw));
    return { kind: 'text', text };
  }
  // A field of what is not there is not there.
  if (datum.kind === 'nothing') return NOTHING;
  throw new Error(`it has no ${field}`);
}

function percentText(part: Datum, whole: Datum): string {
  const share = shareOf(rawOf(part), rawOf(whole));
  return typeof share === 'number' ? (share * 100).toFixed(2) : String(share);
}

const rawOf = (datum: Datum): string | undefined => (datum.kind === 'value' ? datum.raw : undefined);

/** A map by its keys in order, as Go goes through it. */
function itemsOf(datum: Datum): readonly (readonly [string, Datum])[] {
  if (datum.kind === 'list') return datum.items.map((item, index) => [String(index), { kind: 'text', text: item }]);
  if (datum.kind === 'map') return [...datum.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return [];
}

function isTrue(datum: Datum): boolean {
  if (datum.kind === 'list') return datum.items.length > 0;
  if (datum.kind === 'map') return datum.entries.size > 0;
  if (datum.kind === 'text') return datum.text !== '';
  return datum.kind !== 'nothing';
}

function textOf(datum: Datum): string {
  switch (datum.kind) {
    case 'text':
      return datum.text;
    case 'value':
      return datum.raw ?? 'unset';
    case 'nothing':
      return 'unset';
    case 'list':
      return `[${datum.items.join(' ')}]`;
    case 'map':
      return `map[${itemsOf(datum)
        .map(([key, value]) => `${key}:${textOf(value)}`)
        .join(' ')}]`;
    case 'group':
      return datum.group.name;
  }
}

/** `%8s`, `%-8s`, `%.50s`, `%d`, `%v`, `%%`. Widths beyond a cell are cut. */
function printf(format: string, values: readonly Datum[]): string {
  let at = 0;
  return format.replace(
    /%(-?)(\d{0,3})(?:\.(\d{1,4}))?([sdvq%])/g,
    (_all, left: string, width: string, most: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const whole = textOf(values[at++] ?? NOTHING);
      const text = most === undefined ? whole : whole.slice(0, Number(most));
      return left === '-' ? text.padEnd(Number(width)) : text.padStart(Number(width));
    },
  );
}
