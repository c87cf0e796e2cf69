import { Scalar } from 'yaml';
import { isPlainList, isPlainMap, Literal, plainOf, type PlainValue } from '../../yaml/plain-value.ts';
import { renderText } from '../../yaml/render-yaml.ts';
import { applySplices, quoteStyle } from '../../yaml/yaml-splices.ts';
import { Failed } from '../../lib/failed.ts';
import { readDocuments } from '../documents/bounds.ts';
import { scalarProblem } from '../documents/scalar-problem.ts';
import { loadPatch } from '../patch/load-patch.ts';
import { allowedWords, isOpenEnum } from '../schema/schema.ts';
import { scalarsOf, type PlacedScalar } from './placed-scalars.ts';
import { isOneVariable, variableNames, variablesOf, withValues } from './variables.ts';

/**
 * A patch with values in the place of its variables, ready to be applied. A value becomes a scalar of YAML, whatever it holds: the patch has
 * the same keys, lists and documents as before, which is proven by reading it again (docs/adr/0068). Throws Failed `invalid` that names
 * the variable in `where.field`, and `file-invalid` for what is no patch then.
 */
export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  for (const { name } of variablesOf(text)) if ((values.get(name) ?? '') === '') throw wrong(name, 'has no value.');
  const valueOf = (name: string): string => values.get(name) ?? '';
  const splices = scalarsOf(text)
    .filter(({ text: written }) => written.includes('${'))
    .map((scalar) => {
      const [start = 0, end = 0] = scalar.node.range ?? [];
      return { start, end, text: filled(scalar, text.slice(start, end), valueOf) };
    });
  const result = applySplices(text, splices);
  refuseOtherShape(text, result, valueOf);
  loadPatch(result);
  return result;
}

/** How one key or value is written. */
function filled(scalar: PlacedScalar, source: string, valueOf: (name: string) => string): string {
  const { node, text, isKey, isPointer } = scalar;
  const value = withValues(text, isPointer ? (name) => pointerToken(valueOf(name)) : valueOf);
  const [name = ''] = variableNames(text);
  if (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED) {
    if (variableNames(text).some((one) => /[\r\n]/.test(valueOf(one))))
      throw wrong(name, 'stands within a text of lines: it has one.');
    return withValues(source, valueOf);
  }
  if (isKey && value === '$patch') throw wrong(name, 'cannot be $patch, which deletes.');
  const style = quoteStyle(node);
  if (isKey || style !== 'plain' || !isOneVariable(text)) return renderText(value, style);
  refuseWrong(scalar, name, value);
  return isNumberOrFlag(scalar, value) ? value : renderText(value);
}

/** Numbers and booleans stand unquoted where the schema wants them, and where it says nothing. */
function isNumberOrFlag({ type }: PlacedScalar, value: string): boolean {
  if (type?.is === 'scalar' && NUMBERS.has(type.word)) return true;
  if (!/^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?|0[xo][0-9a-fA-F]+)$/.test(value)) return false;
  return type === undefined || type.is === 'object' || (type.is === 'scalar' && !TEXTS.has(type.word));
}

/** Checked already: nothing else is among them. */
const NUMBERS: ReadonlySet<string> = new Set(['int', 'uint', 'bool', 'octal mode']);
const TEXTS: ReadonlySet<string> = new Set(['string', 'url', 'cel', 'base64', 'mac', 'ip', 'bytesize', 'duration']);

/** Throws Failed for a value that Talos would not load at its place. */
function refuseWrong(scalar: PlacedScalar, name: string, value: string): void {
  const { type } = scalar;
  const words = allowedWords(scalar);
  const isNumbered = isOpenEnum(type) && /^\d+$/.test(value);
  if (words !== undefined && !isNumbered && !words.includes(value)) throw wrong(name, `is one of ${words.join(', ')}.`);
  if (type?.is !== 'scalar') return;
  const problem = scalarProblem(type.word, new Literal(value));
  if (problem !== undefined) throw wrong(name, `wants ${problem}.`);
}

/** A value as a part of a JSON pointer: it names one key, whatever it holds. */
const pointerToken = (value: string): string => value.replaceAll('~', '~0').replaceAll('/', '~1');

const wrong = (name: string, why: string): Failed =>
  new Failed({ code: 'invalid', message: `\${${name}} ${why}`, where: { field: name } });

/** Throws Failed `invalid` when a value made anything else of the patch than itself. */
function refuseOtherShape(before: string, after: string, valueOf: (name: string) => string): void {
  const [was, is] = [before, after].map((text) => readDocuments(text).map((yaml) => plainOf(yaml)));
  if (was !== undefined && is !== undefined && isFilled(was, is, valueOf, 'documents')) return;
  throw new Failed({
    code: 'invalid',
    message: 'With these values the patch would be another one: a value changes how it is read.',
    hint: 'Put quotes around the variable, or give it another value.',
  });
}

/** What a value of a patch is: a list of operations is a JSON patch, and their paths are pointers. */
type Part = 'documents' | 'document' | 'operation' | 'pointer' | 'inside';

const ITEM: Readonly<Record<Part, Part>> = {
  ...{ documents: 'document', document: 'operation', operation: 'inside', pointer: 'inside', inside: 'inside' },
};

function isFilled(was: PlainValue, is: PlainValue, valueOf: (name: string) => string, part: Part): boolean {
  const value = (text: string): string =>
    withValues(text, part === 'pointer' ? (name) => pointerToken(valueOf(name)) : valueOf);
  if (isPlainList(was))
    return (
      isPlainList(is) &&
      was.length === is.length &&
      was.every((one, i) => isFilled(one, is[i] ?? '', valueOf, ITEM[part]))
    );
  if (isPlainMap(was)) {
    const names = isPlainMap(is) ? [...is] : [];
    return (
      names.length === was.size &&
      [...was].every(([name, one], i) => {
        const [next, held] = names[i] ?? ['', ''];
        const isPointer = part === 'operation' && (name === 'path' || name === 'from');
        return next === value(name) && isFilled(one, held, valueOf, isPointer ? 'pointer' : 'inside');
      })
    );
  }
  if (isPlainList(is) || isPlainMap(is)) return false;
  const [old, next] = [was instanceof Literal ? was.text : was, is instanceof Literal ? is.text : is];
  // What has no variable is of the same kind as well: a number stays a number.
  return old.includes('${') ? next === value(old) : next === old && was instanceof Literal === is instanceof Literal;
}
