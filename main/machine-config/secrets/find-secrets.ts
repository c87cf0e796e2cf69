import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { isUnset, scalarText } from '../../yaml/yaml-document.ts';
import { contentEnd } from '../../yaml/yaml-items.ts';
import { documentFields } from '../documents/check-fields.ts';
import type { ConfigDocument } from '../documents/config-document.ts';
import { fieldsOf, type Field, type Fields, type FieldType } from '../schema/schema.ts';
import { looksSecret } from './looks-secret.ts';

/** A secret where it stands in a text. */
export interface FoundSecret {
  /** `machine.token`, `machine.network.interfaces[0].wireguard.privateKey` */
  readonly path: string;
  readonly value: string;
  /** False where it is hidden only because Minos does not know what stands there. */
  readonly isKnown: boolean;
  /** 1-based. */
  readonly line: number;
  /** Offsets of the text that holds it, quotes and line ends of block texts included. */
  readonly start: number;
  readonly end: number;
}

/**
 * What is hidden of a value: all of it as a secret, all of it because it is not known, only what is called `secret` inside, or
 * nothing but what looks like a secret.
 */
type Hidden = 'secret' | 'unknown' | 'called' | 'nothing';

/**
 * Every secret of a document: the fields that Talos hides (SPEC-2 F7), whatever is below a key that Talos does not know or written in
 * a way that it does not load, and private keys and addresses that sign in wherever they stand, also in free forms, files and manifests.
 */
export function findSecrets({ yaml, kind }: ConfigDocument): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const hide = (node: Node, path: string, isKnown: boolean): void => {
    const value = scalarText(node);
    const [start] = node.range ?? [0];
    if (value !== '')
      found.push({ path, value, isKnown, line: yaml.positionOf(start).line, start, end: contentEnd(node) });
  };
  const walk = (node: Node | null, path: string, type: FieldType | undefined, around: Hidden): void => {
    const hidden = around === 'secret' || fits(node, type) ? around : 'unknown';
    if (isMap(node)) {
      const fields = type?.is === 'struct' ? fieldsOf(type.id) : undefined;
      walkEntries(node.items, path, (name) =>
        fields
          ? ofField(fields.get(name), hidden)
          : [innerOf(type), hidden === 'called' && name === 'secret' ? 'secret' : hidden],
      );
    } else if (isSeq(node)) {
      (node.items as (Node | null)[]).forEach((item, i) => walk(item, `${path}[${i}]`, innerOf(type), hidden));
    } else if (isScalar(node)) {
      const isSecret = hidden === 'secret' || looksSecret(scalarText(node));
      if (isSecret || hidden === 'unknown') hide(node, path, isSecret);
    }
  };
  const walkEntries = (
    items: readonly unknown[],
    path: string,
    of: (name: string) => readonly [FieldType | undefined, Hidden],
  ): void => {
    for (const { key, value } of items as readonly Pair<Node | null, Node | null>[]) {
      const name = scalarText(key);
      walk(value, path === '' ? name : `${path}.${name}`, ...of(name));
    }
  };
  const fields: Fields = documentFields(kind);
  if (isMap(yaml.root)) walkEntries(yaml.root.items, '', (name) => ofField(fields.get(name), 'nothing'));
  return found;
}

/** The type of a field and what is hidden of it. */
function ofField(field: Field | undefined, around: Hidden): readonly [FieldType | undefined, Hidden] {
  if (around === 'secret' || around === 'unknown') return [field?.type, around];
  if (field === undefined) return [undefined, 'unknown'];
  if (!field.secret) return [field.type, 'nothing'];
  // Of a free form that is marked, only what is called so is secret.
  return [field.type, field.type.is === 'object' ? 'called' : 'secret'];
}

/** False for what Talos would not load: where a list stands for a mapping, nobody knows which of it are secrets. */
function fits(node: Node | null, type: FieldType | undefined): boolean {
  if (type === undefined || isUnset(node)) return true;
  switch (type.is) {
    case 'struct':
    case 'map':
    case 'arguments':
    case 'object':
      return isMap(node);
    case 'list':
      return isSeq(node);
    default:
      return isScalar(node);
  }
}

/** The type of what a list or map holds; none inside free forms, where anything may stand. */
const innerOf = (type: FieldType | undefined): FieldType | undefined =>
  type?.is === 'list' || type?.is === 'map' ? type.of : undefined;
