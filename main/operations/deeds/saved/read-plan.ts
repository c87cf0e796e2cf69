import * as v from 'valibot';
import { isMap, isScalar, isSeq, Scalar, type Node } from 'yaml';
import { Failed } from '../../../lib/failed.ts';
import {
  isUnset,
  mapEntries,
  parseYaml,
  scalarText,
  type TextPosition,
  type YamlDocument,
} from '../../../yaml/yaml-document.ts';
import { quoted } from '../../quoted.ts';
import { planFileSchema, type PlanFile } from './plan-file.ts';

/**
 * Reads the text of a plan by its strict schema: a field that is not known is refused by name and line. Throws Failed `file-invalid`.
 * Nothing of it is trusted: whatever it says is checked against the cluster when it is planned.
 */
export function readPlan(text: string, file: string): PlanFile {
  const yaml = parseYaml(text, file);
  const places = new Map<string, TextPosition>();
  if (yaml.nextAt !== undefined) throw refused('A second document begins here, and a plan is one.', yaml.nextAt, file);
  const { root } = yaml;
  if (!isMap(root) || !mapEntries(yaml, root).entries.some(({ name }) => name === 'minosPlan')) throw noPlan(file);
  const read = v.safeParse(planFileSchema, valueOf(root, [], { yaml, places, file }));
  if (read.success) return read.output;
  // Of a newer form other fields may be new as well: that is said before they are.
  const issue = read.issues.find(({ path }) => path?.[0]?.key === 'minosPlan') ?? read.issues[0];
  const path = (issue.path ?? []).map(({ key }) => String(key));
  throw refused(wordsOf(issue, path), placeOf(path, places), file);
}

/** What reading a node works with. */
interface Reading {
  readonly yaml: YamlDocument;
  /** Where each value stands, by its path. */
  readonly places: Map<string, TextPosition>;
  readonly file: string;
}

type Value = string | boolean | number | undefined | readonly Value[] | { readonly [name: string]: Value };

const keyOf = (path: readonly string[]): string => JSON.stringify(path);

/** A plain value. Throws Failed for what no plan of Minos has, such as an alias. */
function valueOf(node: Node | null, path: readonly string[], reading: Reading): Value {
  const { yaml, places, file } = reading;
  const at = yaml.positionOf(node?.range?.[0] ?? 0);
  if (!places.has(keyOf(path))) places.set(keyOf(path), at);
  if (isMap(node)) {
    const { entries, duplicates, oddKeysAt } = mapEntries(yaml, node);
    const [odd] = oddKeysAt;
    if (odd !== undefined) throw refused('A name is no text here.', odd, file);
    for (const [name, [, second = at]] of duplicates) throw refused(`${quoted(name)} stands here twice.`, second, file);
    return Object.fromEntries(
      entries.map((entry) => {
        // Names that every object has are never fields, and no check by name would refuse them.
        if (entry.name in {}) throw refused(unknown(entry.name), entry.at, file);
        places.set(keyOf([...path, entry.name]), entry.at);
        return [entry.name, valueOf(entry.pair.value, [...path, entry.name], reading)];
      }),
    );
  }
  if (isSeq(node)) return node.items.map((item, index) => valueOf(item as Node | null, [...path, `${index}`], reading));
  if (node !== null && !isScalar(node)) throw refused('An alias stands here, and a plan has none.', at, file);
  return node === null || isUnset(node) ? undefined : scalarOf(node);
}

function scalarOf(node: Scalar): Value {
  const text = scalarText(node);
  if (node.type !== Scalar.PLAIN) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

function wordsOf(issue: v.BaseIssue<unknown>, path: readonly string[]): string {
  const name = path.at(-1) ?? '';
  if (path[0] === 'minosPlan' && typeof issue.input === 'number')
    return `It is in form ${issue.input}, and this Minos reads form 1: open it with the Minos that made it.`;
  if (issue.type === 'strict_object' && issue.expected === 'never') return unknown(name);
  if (issue.input === undefined) return `${quoted(name)} is missing.`;
  return `${quoted(name)} is not what it must be, or is too long.`;
}

const unknown = (name: string): string => `Minos does not know ${quoted(name)} here.`;

/** Where a value stands, or what it would stand in. */
function placeOf(path: readonly string[], places: ReadonlyMap<string, TextPosition>): TextPosition {
  for (let length = path.length; length > 0; length--) {
    const at = places.get(keyOf(path.slice(0, length)));
    if (at !== undefined) return at;
  }
  return { line: 1, column: 1 };
}

const refused = (message: string, at: TextPosition, file: string): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `Line ${at.line}: ${message}`,
    hint: 'Nothing was done. Ask whoever made the plan to save it anew.',
    where: { file, ...at },
  });

const noPlan = (file: string): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `${file} is no plan that Minos saved.`,
    hint: 'Plans are saved in the sheet of a plan, by “Save plan…”.',
    where: { file },
  });
