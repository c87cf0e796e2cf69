import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { isV1Alpha1, type ConfigDocument } from '../documents/config-document.ts';
import { isNothing, plainText } from '../documents/scalars.ts';
import { successorOf, type Successor } from '../schema/successors.ts';
import { fieldsOf } from '../schema/schema.ts';
import { talosMinor } from '../schema/talos-minor.ts';

/** A field that is written the old way. */
export interface OldField {
  /** `machine.network.hostname` */
  readonly path: string;
  /** A sentence. */
  readonly text: string;
}

/** Talos itself warns of these, in its own words. */
const TOLD_BY_TALOS: ReadonlySet<string> = new Set(['machine.baseRuntimeSpecOverrides']);

/**
 * Fields of the v1alpha1 document for which a Talos of this version has something newer, the topmost of each section. Talos takes them all the
 * same. `version`: `v1.13.2`; empty where it is not known: then all are told, with the version that has the newer form.
 */
export function oldFields(documents: readonly ConfigDocument[], version: string): readonly OldField[] {
  const minor = talosMinor(version) ?? Number.POSITIVE_INFINITY;
  const found: OldField[] = [];
  const walk = (map: PlainMap, type: string, path: string): void => {
    for (const [name, value] of map) {
      const field = fieldsOf(type).get(name);
      const inner = path === '' ? name : `${path}.${name}`;
      if (field === undefined || isEmpty(value) || TOLD_BY_TALOS.has(inner)) continue;
      const successor = field.deprecated ? successorOf(type, name) : undefined;
      if (successor !== undefined && successor.since <= minor)
        found.push({ path: inner, text: words(inner, successor) });
      else if (isPlainMap(value) && field.type.is === 'struct') walk(value, field.type.id, inner);
    }
  };
  const old = documents.find(isV1Alpha1);
  if (old !== undefined) walk(old.plain, old.kind.root, '');
  return found;
}

function words(path: string, { kinds, field, since }: Successor): string {
  if (field !== undefined) return `${path} is an old field: ${field} took its place.`;
  const [first = '', ...more] = kinds;
  const those =
    more.length === 0 ? `a ${first} document can take its place` : `documents can take its place: ${kinds.join(', ')}`;
  return `${path} is an old field that still works. With Talos 1.${since} or newer ${those}. Do not write both.`;
}

/** What `talosctl gen config` writes although it holds nothing. */
const isEmpty = (value: PlainValue): boolean =>
  isNothing(value) || (isPlainMap(value) || isPlainList(value) ? sizeOf(value) === 0 : plainText(value) === '');

const sizeOf = (value: PlainMap | readonly PlainValue[]): number => (isPlainMap(value) ? value.size : value.length);
