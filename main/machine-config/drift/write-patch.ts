import { isPlainList, isPlainMap, isSameValue, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { renderLines } from '../../yaml/render-yaml.ts';
import { isV1Alpha1, type ConfigDocument } from '../documents/config-document.ts';
import type { ConfigField, FieldStep } from './config-fields.ts';

/** A field that is to be changed: how it is wanted; undefined to be without. */
export interface FieldChange {
  readonly field: ConfigField;
  readonly wanted: PlainValue | undefined;
}

/** True where both are there and the same, or neither is. */
export const isSameField = (a: PlainValue | undefined, b: PlainValue | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && isSameValue(a, b));

/** The text of a patch. */
export function writtenPatch(documents: readonly (PlainMap | readonly PlainValue[])[]): string {
  const text = documents.map((one) => `${renderLines(one, '', '  ').join('\n')}\n`).join('---\n');
  return text.replaceAll('"$patch": delete\n', '$patch: delete\n');
}

const DELETE: PlainMap = new Map([['$patch', 'delete']]);

/** A strategic merge patch: what changes, in documents of their own. */
export function mergePatch(changes: readonly FieldChange[]): readonly PlainMap[] {
  const documents = new Map<string, PlainMap>();
  for (const { field, wanted } of changes) {
    const root = documents.get(field.document) ?? headOf(field);
    // A document that comes is there with its fields.
    const whole = wanted === undefined ? new Map([...root, ...DELETE]) : root;
    documents.set(field.document, field.steps.length === 0 ? whole : withValue(root, field.steps, wanted ?? DELETE));
  }
  return [...documents.values()];
}

function headOf({ kind, title }: ConfigField): PlainMap {
  if (isV1Alpha1({ kind })) return new Map();
  const name = title.slice(kind.kind.length + 1);
  const head = { apiVersion: kind.apiVersion, kind: kind.kind, ...(name !== '' && { name }) };
  return new Map(Object.entries(head));
}

function withValue(map: PlainMap, [step, ...rest]: readonly FieldStep[], value: PlainValue): PlainMap {
  if (typeof step !== 'string') return map;
  const result = new Map(map);
  const [next] = rest;
  if (next === undefined) return result.set(step, value);
  const known = map.get(step);
  if (typeof next === 'string')
    return result.set(step, withValue(isPlainMap(known) ? known : new Map<string, PlainValue>(), rest, value));
  const list = isPlainList(known) ? known : [];
  const at = list.findIndex((one) => isPlainMap(one) && isSameField(one.get(next.key), next.value));
  const found = list[at];
  const element: PlainMap = isPlainMap(found) ? found : new Map([[next.key, next.value]]);
  const changed = rest.length > 1 ? withValue(element, rest.slice(1), value) : element;
  return result.set(step, at === -1 ? [...list, changed] : list.with(at, changed));
}

/** A JSON patch on the only document of a config. */
export function jsonPatch(
  document: ConfigDocument | undefined,
  changes: readonly FieldChange[],
): readonly (readonly PlainValue[])[] {
  if (document === undefined) return [];
  const made = new Set<string>();
  const operations = changes.flatMap(({ field: { steps }, wanted }): readonly PlainMap[] => {
    const found: PlainMap[] = [];
    let value: PlainValue | undefined = document.plain;
    let pointer = '';
    steps.forEach((step, i) => {
      const isLast = i === steps.length - 1;
      if (typeof step === 'string') {
        pointer += `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        value = isPlainMap(value) ? value.get(step) : undefined;
        const isThere = value !== undefined || made.has(pointer);
        if (isLast) found.push(...lastOperation(pointer, wanted, value !== undefined));
        else if (!isThere && wanted !== undefined) {
          made.add(pointer);
          found.push(operation('add', pointer, typeof steps[i + 1] === 'string' ? new Map() : []));
        }
      } else {
        const index = isPlainList(value)
          ? value.findIndex((one) => isPlainMap(one) && isSameField(one.get(step.key), step.value))
          : -1;
        // An element that is not there yet is for a merge to add.
        pointer += `/${index}`;
        value = isPlainList(value) ? value[index] : undefined;
      }
    });
    return found;
  });
  return [operations];
}

function lastOperation(pointer: string, wanted: PlainValue | undefined, isThere: boolean): readonly PlainMap[] {
  if (wanted === undefined) return isThere ? [operation('remove', pointer)] : [];
  return [operation(isThere ? 'replace' : 'add', pointer, wanted)];
}

const operation = (op: string, path: string, value?: PlainValue): PlainMap =>
  new Map<string, PlainValue>([
    ['op', op],
    ['path', path],
    ...(value === undefined ? [] : [['value', value] as const]),
  ]);
