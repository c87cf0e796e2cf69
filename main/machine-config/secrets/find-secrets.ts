import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { scalarText } from '../../yaml/yaml-document.ts';
import { contentEnd } from '../../yaml/yaml-items.ts';
import { documentFields } from '../documents/check-fields.ts';
import type { ConfigDocument } from '../documents/config-document.ts';
import { fieldsOf, type Fields, type FieldType } from '../schema/schema.ts';

/** A secret where it stands in a text. */
export interface FoundSecret {
  /** `machine.token`, `machine.network.interfaces[0].wireguard.privateKey` */
  readonly path: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
  /** Offsets of the text that holds it, quotes and line ends of block texts included. */
  readonly start: number;
  readonly end: number;
}

/**
 * Every secret of a document: the fields that Talos hides (SPEC-2 F7), whatever is below a key that Talos does not know, and private
 * keys wherever they stand, also in free forms, files and manifests.
 */
export function findSecrets({ yaml, kind }: ConfigDocument): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const hide = (node: Node, path: string): void => {
    const value = scalarText(node);
    const [start] = node.range ?? [0];
    if (value !== '') found.push({ path, value, line: yaml.positionOf(start).line, start, end: contentEnd(node) });
  };
  const walk = (node: Node | null, path: string, type: FieldType | undefined, isSecret: boolean): void => {
    if (isMap(node)) {
      const fields = fieldsIn(type);
      for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
        const name = scalarText(key);
        const field = fields?.get(name);
        const isHidden = fields ? field === undefined || field.secret : isSecret;
        walk(value, path === '' ? name : `${path}.${name}`, field?.type ?? innerOf(type), isHidden);
      }
    } else if (isSeq(node)) {
      (node.items as (Node | null)[]).forEach((item, i) => walk(item, `${path}[${i}]`, innerOf(type), isSecret));
    } else if (
      isScalar(node) &&
      (isPrivateKey(scalarText(node)) || (isSecret && (type?.is !== 'object' || isCalledSecret(path))))
    ) {
      hide(node, path);
    }
  };
  const ofDocument = (fields: Fields): void => {
    if (!isMap(yaml.root)) return;
    for (const { key, value } of yaml.root.items as Pair<Node | null, Node | null>[]) {
      const name = scalarText(key);
      const field = fields.get(name);
      walk(value, name, field?.type, field === undefined || field.secret);
    }
  };
  ofDocument(documentFields(kind));
  return found;
}

/** Of a free form that is marked, only what is called so is secret. */
const isCalledSecret = (path: string): boolean => /\.secret(?:\[\d+\])*$/.test(path);

const fieldsIn = (type: FieldType | undefined): Fields | undefined =>
  type?.is === 'struct' ? fieldsOf(type.id) : undefined;

function innerOf(type: FieldType | undefined): FieldType | undefined {
  if (type?.is === 'list' || type?.is === 'map') return type.of;
  return type?.is === 'object' ? type : undefined;
}

/** PEM of a private key, or base64 of it. */
function isPrivateKey(text: string): boolean {
  if (text.includes('PRIVATE KEY-----')) return true;
  const start = text.indexOf('LS0tLS1CRUdJTi');
  if (start === -1) return false;
  return Buffer.from(text.slice(start, start + 120), 'base64')
    .toString('latin1')
    .includes('PRIVATE KEY-----');
}
