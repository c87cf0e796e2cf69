import { isAlias, isMap, isScalar, isSeq, visit, type Node } from 'yaml';
import { nameFlaw, printable, serverFlaw } from './handed-out-text.ts';
import {
  isUnset,
  mapEntries,
  parseYaml,
  scalarText,
  type TextPosition,
  type YamlDocument,
} from '../yaml/yaml-document.ts';
import { HANDED_OUT_FIELDS, refusedKubeconfig, refusedBecause } from './handed-out-fields.ts';
import { VALUE_FIELD, type Section } from './kubeconfig.ts';

/** What stands in a kubeconfig of Talos, and nothing else. Holds a key: never shown, never logged. */
export interface HandedOutKubeconfig {
  readonly cluster: string;
  readonly user: string;
  readonly context: string;
  /** `''` when the context names none. */
  readonly namespace: string;
  readonly server: string;
  /** base64 of PEM as written; what it holds is judged elsewhere. */
  readonly caData: string;
  readonly certData: string;
  readonly keyData: string;
}

/** Talos's have about 5 kB; each further authority adds 1 to 3. */
const MAX_LENGTH = 128 * 1024;

/**
 * Reads a kubeconfig that a cluster hands out. Only the form of Talos's own is let in: one cluster, user and context, no
 * field but its, no tag, anchor or alias. Throws Failed `invalid` that names the field, or `file-invalid` for no YAML.
 */
export function readHandedOut(text: string): HandedOutKubeconfig {
  if (text.length > MAX_LENGTH)
    throw refusedKubeconfig('the whole text', `has ${text.length} characters; Talos's have about 5,000`);
  const yaml = parseYaml(text);
  refuseLanguage(yaml);
  const root = fieldsOf(yaml, yaml.root ?? null, '', '');
  if (scalarAt(root, 'apiVersion').text !== 'v1')
    throw refusedAt(yaml, root.get('apiVersion'), 'apiVersion', 'is not v1');
  if (scalarAt(root, 'kind').text !== 'Config') throw refusedAt(yaml, root.get('kind'), 'kind', 'is not Config');
  const preferences = root.get('preferences');
  if (!isUnset(preferences)) fieldsOf(yaml, preferences ?? null, 'preferences', 'preferences');
  const cluster = onlyEntry(yaml, root.get('clusters'), 'clusters');
  const user = onlyEntry(yaml, root.get('users'), 'users');
  const context = onlyEntry(yaml, root.get('contexts'), 'contexts');
  const server = needed(yaml, cluster, 'server');
  const flaw = serverFlaw(server);
  if (flaw !== undefined) throw refusedAt(yaml, cluster.fields.get('server'), `${cluster.path}.server`, flaw);
  refuseOther(yaml, context, 'cluster', cluster.name);
  refuseOther(yaml, context, 'user', user.name);
  const current = scalarAt(root, 'current-context');
  if (current.text !== context.name)
    throw refusedAt(yaml, root.get('current-context'), 'current-context', 'is not the name of the one context');
  const namespace = scalarAt(context.fields, 'namespace').text;
  const namespaceFlaw = namespace === '' ? undefined : nameFlaw(namespace);
  if (namespaceFlaw !== undefined)
    throw refusedAt(yaml, context.fields.get('namespace'), `${context.path}.namespace`, namespaceFlaw);
  return {
    cluster: cluster.name,
    user: user.name,
    context: context.name,
    namespace,
    server,
    caData: needed(yaml, cluster, 'certificate-authority-data'),
    certData: needed(yaml, user, 'client-certificate-data'),
    keyData: needed(yaml, user, 'client-key-data'),
  };
}

/** Written anew from what was read, so that nothing else of a cluster's text gets any further. JSON, which is YAML. */
export function handedOutText(read: HandedOutKubeconfig): string {
  const { cluster, user, context, namespace, server } = read;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server, 'certificate-authority-data': read.caData } }],
    users: [{ name: user, user: { 'client-certificate-data': read.certData, 'client-key-data': read.keyData } }],
    contexts: [{ context: { cluster, ...(namespace !== '' && { namespace }), user }, name: context }],
    'current-context': context,
  });
}

/** What makes a text say something else than it seems to. */
function refuseLanguage(yaml: YamlDocument): void {
  if (yaml.nextAt) throw refusedKubeconfig('a second document', 'follows the first', yaml.nextAt);
  if (!yaml.document) return;
  visit(yaml.document, {
    Node: (_key, node) => {
      if (isAlias(node)) throw refusedAt(yaml, node, 'an alias', 'stands for another part of the text');
      if (node.anchor !== undefined)
        throw refusedAt(yaml, node, 'an anchor', 'lets one part of the text stand for another');
      if (node.tag !== undefined) throw refusedAt(yaml, node, 'a tag', 'changes what a value means');
    },
  });
}

type Fields = ReadonlyMap<string, Node | null>;

function fieldsOf(yaml: YamlDocument, node: Node | null, kind: keyof typeof HANDED_OUT_FIELDS, path: string): Fields {
  const at = path === '' ? 'the whole text' : path;
  if (!isMap(node)) throw refusedAt(yaml, node, at, 'is no mapping');
  const { entries, oddKeysAt } = mapEntries(yaml, node);
  if (oddKeysAt[0]) throw refusedKubeconfig(at, 'has a field whose name is no text', oddKeysAt[0]);
  const known: readonly string[] = HANDED_OUT_FIELDS[kind];
  const fields = new Map<string, Node | null>();
  for (const { name, pair, at: place } of entries) {
    const field = path === '' ? name : `${path}.${name}`;
    if (!known.includes(name)) throw refusedKubeconfig(field, refusedBecause(name), place);
    if (fields.has(name)) throw refusedKubeconfig(field, 'appears twice', place);
    fields.set(name, pair.value);
  }
  return fields;
}

/** The one entry of a list, with the fields of its value. */
interface OnlyEntry {
  readonly name: string;
  readonly path: string;
  readonly fields: Fields;
}

function onlyEntry(yaml: YamlDocument, list: Node | null | undefined, section: Section): OnlyEntry {
  if (!isSeq(list)) throw refusedAt(yaml, list, section, 'is missing or no list');
  const [item] = list.items as (Node | null)[];
  if (list.items.length !== 1) {
    const why = `has ${list.items.length} entries; a cluster hands out exactly one`;
    throw refusedAt(yaml, list.items.length > 1 ? (list.items[1] as Node | null) : list, section, why);
  }
  const field = VALUE_FIELD[section];
  const entry = fieldsOf(yaml, item ?? null, section, `${section}[0]`);
  const path = `${section}[0].${field}`;
  const fields = fieldsOf(yaml, entry.get(field) ?? null, field, path);
  const { text: name, isText } = scalarAt(entry, 'name');
  const flaw = isText ? nameFlaw(name) : 'is no text';
  if (flaw !== undefined) throw refusedAt(yaml, entry.get('name'), `${section}[0].name`, flaw);
  return { name, path, fields };
}

function needed(yaml: YamlDocument, { path, fields }: OnlyEntry, field: string): string {
  const { text, isText } = scalarAt(fields, field);
  if (isText && text !== '') return text;
  throw refusedAt(yaml, fields.get(field), `${path}.${field}`, isText ? 'is missing' : 'is no text');
}

function refuseOther(yaml: YamlDocument, context: OnlyEntry, field: 'cluster' | 'user', name: string): void {
  if (scalarAt(context.fields, field).text === name) return;
  const why = `is not the one ${field} that is handed out, ${printable(name)}`;
  throw refusedAt(yaml, context.fields.get(field), `${context.path}.${field}`, why);
}

/** A missing or null field is an empty text. */
function scalarAt(fields: Fields, field: string): { readonly text: string; readonly isText: boolean } {
  const node = fields.get(field) ?? null;
  if (isUnset(node)) return { text: '', isText: true };
  return { text: scalarText(node), isText: isScalar(node) };
}

function refusedAt(yaml: YamlDocument, node: Node | null | undefined, field: string, why: string) {
  const at: TextPosition | undefined = node?.range ? yaml.positionOf(node.range[0]) : undefined;
  return refusedKubeconfig(field, why, at);
}
