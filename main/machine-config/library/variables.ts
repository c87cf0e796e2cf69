import { configRefused } from '../documents/config-refused.ts';
import { allowedWords, isOpenEnum } from '../schema/schema.ts';
import { fixedProblem, scalarsOf, type PlacedScalar } from './placed-scalars.ts';

/** What stands for a value that is asked for when a patch is used: `${NAME}`; with a second dollar the same text itself. */
const VARIABLE = /(\$?)\$\{([A-Z][A-Z0-9_]{0,39})\}/g;

/** Most variables of one patch. */
const MOST_VARIABLES = 40;

/** A value that is asked for when a patch is used. */
export interface TemplateVariable {
  readonly name: string;
  /** What its first place takes: `int`, `bool`, `duration`, `text`. */
  readonly wants: string;
  /** The words that are allowed there. */
  readonly words?: readonly string[];
}

/** A text with values in the place of its variables. `valueOf` is asked once for each place. */
export const withValues = (text: string, valueOf: (name: string) => string): string =>
  text.replace(VARIABLE, (whole, isWritten: string, name: string) =>
    isWritten === '' ? valueOf(name) : whole.slice(1),
  );

/** The names of the variables in a text, in their order, each once. */
export const variableNames = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(VARIABLE)].flatMap(([, isWritten, name]) => (isWritten === '' && name ? [name] : []))),
];

/** True for a text of which nothing is left without its variables. */
export const isOnlyVariables = (text: string): boolean => withValues(text, () => '').trim() === '';

/** True for a text that is one variable and nothing else. */
export const isOneVariable = (text: string): boolean => /^\$\{[A-Z][A-Z0-9_]{0,39}\}$/.test(text.trim());

/**
 * The variables of a patch, in their order. Throws Failed `file-invalid` with the line for one that stands where a value would decide what
 * the patch is about, and for too many.
 */
export function variablesOf(text: string): readonly TemplateVariable[] {
  const found = new Map<string, TemplateVariable>();
  for (const scalar of scalarsOf(text)) {
    const names = variableNames(scalar.text);
    const problem = names.length === 0 ? undefined : fixedProblem(scalar);
    if (problem !== undefined) throw configRefused({ text: problem, line: scalar.line });
    for (const name of names) if (!found.has(name)) found.set(name, variableAt(name, scalar));
  }
  if (found.size > MOST_VARIABLES)
    throw configRefused({ text: `The patch has more than ${MOST_VARIABLES} variables.`, hint: 'Make two of it.' });
  return [...found.values()];
}

function variableAt(name: string, scalar: PlacedScalar): TemplateVariable {
  const { text, type, isKey } = scalar;
  if (isKey || !isOneVariable(text)) return { name, wants: 'text' };
  const words = allowedWords(scalar);
  if (words !== undefined && !isOpenEnum(type)) return { name, wants: 'one of these words', words };
  return { name, wants: type?.is === 'scalar' && type.word !== 'string' ? type.word : 'text' };
}
