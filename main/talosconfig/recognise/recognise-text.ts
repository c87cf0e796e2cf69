import { isMap } from 'yaml';
import { parseTalosconfig, type ParsedTalosconfig } from '../parse-talosconfig.ts';
import { isPlainList, isPlainMap, plainOf, type PlainMap } from '../../yaml/plain-value.ts';
import { contextContents, type ContextContent } from '../talosconfig-edit.ts';
import { parseYaml, type YamlDocument } from '../../yaml/yaml-document.ts';
import { documentsIn } from './documents.ts';
import { notOne, notOneButKubeconfig } from './not-one.ts';
import { MAX_PARTS, type Part, type Wrapping } from './part.ts';
import { peelText, withoutShellMark, type Peeled } from './peel-text.ts';
import { partsIn, partsOfSecret } from './values.ts';

/** What a text is: a talosconfig, or a wrapping of something else, still to be looked at. */
export type RecognisedText =
  | {
      readonly kind: 'talosconfig';
      readonly talosconfig: ParsedTalosconfig;
      readonly contents: ReadonlyMap<string, ContextContent>;
    }
  | { readonly kind: Wrapping; readonly parts: readonly Part[] };

/** Looks at one text; parses it once. Throws Failed `file-invalid` that says what it is instead. */
export function recogniseText(original: string, label: string): RecognisedText {
  const text = withoutShellMark(original);
  const peeled = peelText(text, label);
  if (peeled) return bounded(peeled);
  const documents = documentsIn(text);
  if (documents.length > 0) return bounded({ kind: 'documents', parts: documents });
  const yaml = parseYaml(text, label);
  const what = describeOther(yaml, label);
  if (typeof what === 'string') throw notOne(label, what);
  if (what) return bounded(what);
  return {
    kind: 'talosconfig',
    talosconfig: parseTalosconfig(text, label, yaml),
    contents: contextContents(yaml, label),
  };
}

/** One more than is looked at, so that the rest is told of. */
const bounded = ({ kind, parts }: Peeled): Peeled => ({ kind, parts: parts.slice(0, MAX_PARTS + 1) });

/** What is wrapped in a YAML text, or what a text is that is no talosconfig; undefined when it may be one. */
function describeOther(yaml: YamlDocument, label: string): Peeled | string | undefined {
  if (!yaml.root) return 'it is empty';
  const isKey = /-----BEGIN/.test(yaml.text);
  if (!isMap(yaml.root)) {
    const parts = partsIn(plainOf(yaml, label));
    if (parts.length > 0) return { kind: 'output', parts };
    return isKey ? 'it is a key or certificate' : 'it is plain text or a list';
  }
  const keys = new Set(yaml.root.items.map((pair) => String(pair.key)));
  if (keys.has('sops') && yaml.text.includes('ENC['))
    throw notOne(label, 'it is encrypted with SOPS', 'Decrypt it first: sops -d FILE');
  if (isKubeconfig(yaml, keys)) throw notOneButKubeconfig(label);
  if (keys.has('contexts') || (keys.has('context') && !keys.has('kind'))) return undefined;
  if (keys.has('machine') || keys.has('cluster')) return 'it is a machine configuration';
  if (keys.has('secrets') && keys.has('certs')) return 'it is the secrets bundle of a cluster (secrets.yaml)';
  const root = plainOf(yaml, label);
  return isPlainMap(root) ? describeMap(root) : undefined;
}

/** A resource of Kubernetes, or what a tool prints. */
function describeMap(root: PlainMap): Peeled | string | undefined {
  const kind = root.get('kind');
  if (kind === 'Secret') {
    const parts = partsOfSecret(root).map(({ base64 }) => ({ base64 }));
    if (parts.length > 0) return { kind: 'kubernetes-secret', parts };
    return 'it is a Kubernetes Secret without “talosconfig” in data or stringData';
  }
  if (kind === 'SealedSecret')
    return 'it is a SealedSecret, which only its cluster can open; read the Secret from there';
  const items = root.get('items');
  if (kind !== undefined && isPlainList(items)) {
    const parts = items.flatMap((item) => (isPlainMap(item) && isSecretIn(item, kind) ? partsOfSecret(item) : []));
    if (parts.length > 0) return { kind: 'list', parts };
    return 'it is a Kubernetes List without a Secret that holds a talosconfig';
  }
  const parts = partsIn(root);
  return parts.length > 0 ? { kind: 'output', parts } : undefined;
}

const isSecretIn = (item: PlainMap, list: unknown): boolean => item.get('kind') === 'Secret' || list === 'SecretList';

/** By its lists, or as its `kind` says. */
function isKubeconfig(yaml: YamlDocument, keys: ReadonlySet<string>): boolean {
  if (keys.has('contexts') && (keys.has('clusters') || keys.has('users'))) return true;
  const kind = isMap(yaml.root) ? yaml.root.items.find(({ key }) => String(key) === 'kind')?.value : undefined;
  return String(kind) === 'Config' && (keys.has('clusters') || keys.has('users') || keys.has('current-context'));
}
