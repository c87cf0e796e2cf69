import { isMap } from 'yaml';
import { Failed } from '../../lib/failed.ts';
import { isPlainMap, plainOf, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { renderLines } from '../../yaml/render-yaml.ts';
import type { YamlDocument } from '../../yaml/yaml-document.ts';
import { kindNamed, kindNames, type Kind, V1ALPHA1 } from '../schema/schema.ts';
import { readDocuments } from './bounds.ts';
import { checkFields } from './check-fields.ts';
import { documentIdentity, type ConfigDocument } from './config-document.ts';
import { configRefused } from './config-refused.ts';
import { nearest } from './nearest.ts';
import { plainText } from './scalars.ts';

/** A config as a list of its documents; those that hold nothing are left out. */
export interface LoadedConfig {
  readonly text: string;
  readonly documents: readonly ConfigDocument[];
}

/**
 * Loads a machine config as Talos does (SPEC-2 F7): documents, kinds, types of values, unknown keys, duplicates. Throws Failed
 * `file-invalid` with what talosctl says and the line. Values of unknown keys are not quoted.
 */
export function loadConfig(text: string): LoadedConfig {
  const documents: ConfigDocument[] = [];
  const seen = new Set<string>();
  readDocuments(text).forEach((yaml, index) => {
    const document = readDocument(yaml, index, plainOf(yaml));
    if (document === undefined) return;
    const [apiVersion, kind, name] = headOf(document.plain);
    const id = `${apiVersion}/${kind}/${name}`;
    if (seen.has(id))
      throw configRefused({
        text: `duplicate document ${id} is not allowed (line ${document.line})`,
        line: document.line,
        hint: 'Two documents of one kind need different names; join them into one, or remove one.',
      });
    seen.add(id);
    refuseWrongFields(document, hidden);
    documents.push(document);
  });
  if (documents.length === 0) throw configRefused({ text: 'config not found', hint: 'The text holds no document.' });
  return { text, documents };
}

/**
 * The documents of a config as it may be shown: kinds and keys that this Minos does not know are passed over, since a newer Talos may
 * have them. Throws Failed `file-invalid` for what is no config at all.
 */
export function documentsToShow(text: string): readonly ConfigDocument[] {
  const documents = readDocuments(text).flatMap(documentToShow);
  if (documents.length === 0) throw configRefused({ text: 'config not found', hint: 'The text holds no document.' });
  return documents;
}

/** Those of its documents that can be shown, whatever the others are; none of what is no YAML. */
export function readableDocuments(text: string): readonly ConfigDocument[] {
  const unlessRefused = <T>(read: () => readonly T[]): readonly T[] => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Failed) return [];
      throw error;
    }
  };
  return unlessRefused(() => readDocuments(text)).flatMap((yaml, index) =>
    unlessRefused(() => documentToShow(yaml, index)),
  );
}

function documentToShow(yaml: YamlDocument, index: number): readonly ConfigDocument[] {
  const plain = plainOf(yaml);
  const { kind, apiVersion = '' } = isPlainMap(plain) ? unknownHeadOf(plain) : {};
  if (kind === undefined || yaml.root === undefined || !isPlainMap(plain)) {
    const known = readDocument(yaml, index, plain);
    return known ? [known] : [];
  }
  const { line } = yaml.positionOf(yaml.root.range[0]);
  const unknown: Kind = {
    ...{ kind, apiVersion, root: '', named: true, controlPlaneOnly: false, conflictsWith: [], required: [] },
  };
  return [{ yaml, index, plain, kind: unknown, name: plainText(plain.get('name')) ?? '', line }];
}

/** Kind and version of a document that has both and whose kind is not known. */
function unknownHeadOf(plain: PlainMap): { readonly kind?: string; readonly apiVersion?: string } {
  const [kind, apiVersion] = [plainText(plain.get('kind')) ?? '', plainText(plain.get('apiVersion')) ?? ''];
  return kind !== '' && apiVersion !== '' && typeof kindOf(plain) === 'string' ? { kind, apiVersion } : {};
}

/** What stands for a value that is not quoted. */
const hidden = (): string => '…';

/**
 * A YAML document as one of a kind; undefined for an empty one. Throws Failed `file-invalid` for what is no mapping or has no known
 * kind. `plain`: what it holds, which may be less than what stands in the text.
 */
export function readDocument(yaml: YamlDocument, index: number, plain: PlainValue): ConfigDocument | undefined {
  if (yaml.root === undefined) return undefined;
  const { line } = yaml.positionOf(yaml.root.range[0]);
  if (!isMap(yaml.root) || !isPlainMap(plain))
    throw configRefused({ text: `expected a YAML document at line ${line}`, line });
  const [apiVersion, shownKind, name] = headOf(plain);
  const found = kindOf(plain);
  if (typeof found === 'string') {
    const like = nearest(shownKind, kindNames());
    throw configRefused({
      text: `error decoding document ${apiVersion}/${shownKind}/${name} (line ${line}): ${found}`,
      line,
      ...(like === undefined || like === shownKind ? {} : { hint: `Is ${like} meant?` }),
    });
  }
  return { yaml, index, plain, kind: found, name, line };
}

/** `apiVersion`, `kind` and `name` of a document, as talosctl names them. */
function headOf(plain: PlainMap): readonly [string, string, string] {
  const text = (key: string): string => plainText(plain.get(key)) ?? '';
  return [text('apiVersion'), text('kind') || V1ALPHA1, text('name')];
}

/** Keys that only the document without a kind has. */
const ITS_KEYS = ['machine', 'cluster', 'debug', 'persist'] as const;

/** The kind of a document, or what is wrong with it. */
function kindOf(plain: PlainMap): Kind | string {
  const kind = plainText(plain.get('kind')) ?? '';
  const isOld = ITS_KEYS.some((key) => plain.has(key));
  const version = isOld ? V1ALPHA1 : (plainText(plain.get('apiVersion')) ?? '');
  if (kind === '' && version === V1ALPHA1) return kindNamed(V1ALPHA1) ?? 'missing kind';
  if (kind === '') return 'missing kind';
  if (version === '') return 'missing apiVersion';
  const known = kind === V1ALPHA1 ? undefined : kindNamed(kind);
  return known?.apiVersion === version ? known : `"${kind}" "${version}": not registered`;
}

/** Throws Failed `file-invalid` for values of the wrong type and for unknown keys; `shown` says how values of those are quoted. */
export function refuseWrongFields(document: ConfigDocument, shown: (value: PlainValue) => PlainValue): void {
  const { wrong, unknown, unknownTree } = checkFields(document.yaml, document.plain, document.kind);
  const [apiVersion, kind, name] = headOf(document.plain);
  const decoding = `error decoding document ${apiVersion}/${kind}/${name} (line ${document.line})`;
  const [first] = wrong;
  if (first)
    throw configRefused({
      text: `${decoding}: line ${first.at.line}: ${first.path} wants ${first.wants ?? ''}`,
      line: first.at.line,
    });
  const [key] = unknown;
  if (key === undefined || unknownTree === undefined) return;
  const lines = renderLines(withShown(unknownTree, shown), '', '    ');
  const more = unknown.length === 1 ? '' : ` and ${unknown.length - 1} more`;
  throw configRefused({
    text: `${decoding}: unknown keys found during decoding:\n${lines.join('\n')}`,
    line: key.at.line,
    hint: `Line ${key.at.line}: Talos does not know ${key.path}${more}.${key.nearest === undefined ? '' : ` Is ${key.nearest} meant?`}`,
  });
}

function withShown(tree: PlainMap, shown: (value: PlainValue) => PlainValue): PlainMap {
  const convert = (value: PlainValue): PlainValue => {
    if (isPlainMap(value)) return new Map([...value].map(([name, one]) => [name, convert(one)]));
    return Array.isArray(value) ? (value as readonly PlainValue[]).map(convert) : shown(value);
  };
  return new Map([...tree].map(([name, one]) => [name, convert(one)]));
}

/** What talosctl refuses once all documents are there, after loading and after a patch. Throws Failed `file-invalid`. */
export function refuseConflicts(documents: readonly Pick<ConfigDocument, 'kind' | 'name' | 'plain'>[]): void {
  const seen = new Map<string, (typeof documents)[number]>();
  for (const document of documents) {
    const { kind, name } = document;
    const id = documentIdentity(document);
    if (seen.has(id))
      throw configRefused({
        text: kind.kind === V1ALPHA1 ? 'duplicate v1alpha1.Config' : `duplicate document: ${kind.kind}/${name}`,
      });
    seen.set(id, document);
  }
  for (const { kind, name } of documents)
    for (const other of kind.conflictsWith)
      if (seen.has(`v1alpha1/${other}/${name}`))
        throw configRefused({ text: `conflicting documents: ${kind.kind}/${name} and ${other}/${name}` });
  refuseTakenPeers(documents);
}

/** The other end of a veth is a link as well. */
function refuseTakenPeers(documents: readonly Pick<ConfigDocument, 'kind' | 'name' | 'plain'>[]): void {
  const links = documents.filter(({ kind }) => kind.conflictsWith.includes('VethConfig') || kind.kind === 'VethConfig');
  for (const veth of links) {
    const peer = veth.plain.get('peer');
    if (veth.kind.kind !== 'VethConfig' || !isPlainMap(peer)) continue;
    const taken = plainText(peer.get('name'));
    const other = links.find((link) => link !== veth && (link.name === taken || peerOf(link) === taken));
    if (other !== undefined && taken !== undefined && taken !== '')
      throw configRefused({
        text: `conflicting link configurations: ${titleOf(veth)} and ${titleOf(other)} both configure "${taken}"`,
      });
  }
}

const peerOf = ({ plain }: Pick<ConfigDocument, 'plain'>): string | undefined => {
  const peer = plain.get('peer');
  return isPlainMap(peer) ? plainText(peer.get('name')) : undefined;
};
const titleOf = ({ kind, name }: Pick<ConfigDocument, 'kind' | 'name'>): string => `${kind.kind}/${name}`;
