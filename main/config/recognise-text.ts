import { isMap } from 'yaml';
import { Failed } from '../lib/failed.ts';
import { Secret } from '../lib/secret.ts';
import { parseTalosconfig, type ParsedTalosconfig } from './parse-talosconfig.ts';
import { isPlainMap, plainOf } from './plain-value.ts';
import { contextContents, type ContextContent } from './talosconfig-edit.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';

/** What a text is: a talosconfig, or a wrapping of something else, still to be looked at. */
export type RecognisedText =
  | {
      readonly kind: 'talosconfig';
      readonly talosconfig: ParsedTalosconfig;
      readonly contents: ReadonlyMap<string, ContextContent>;
    }
  | { readonly kind: 'base64' | 'kubernetes-secret'; readonly base64: Secret };

/** Looks at one text; parses it once. Throws Failed `file-invalid` that says what it is instead. */
export function recogniseText(text: string, label: string): RecognisedText {
  const compact = text.replace(/[\s\uFEFF]+/g, '');
  // `contexts:` is no base64, and nothing shorter than this is a talosconfig.
  if (compact.length >= 16 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact)) {
    return { kind: 'base64', base64: new Secret(compact) };
  }
  const yaml = parseYaml(text, label);
  const what = describeOther(yaml, label);
  if (typeof what === 'string') throw notOne(label, what);
  if (what) return { kind: 'kubernetes-secret', base64: what };
  return {
    kind: 'talosconfig',
    talosconfig: parseTalosconfig(text, label, yaml),
    contents: contextContents(yaml, label),
  };
}

/** What is wrapped in a Kubernetes Secret, as base64, or what a text is that is no talosconfig; undefined when it may be one. */
function describeOther(yaml: YamlDocument, label: string): Secret | string | undefined {
  if (!yaml.root) return 'it is empty';
  if (!isMap(yaml.root))
    return /-----BEGIN/.test(yaml.text) ? 'it is a key or certificate' : 'it is plain text or a list';
  const keys = new Set(yaml.root.items.map((pair) => String(pair.key)));
  if (keys.has('contexts') && keys.has('clusters') && keys.has('users'))
    return 'it is a kubeconfig; open it under Kubeconfig';
  if (keys.has('contexts') || keys.has('context')) return undefined;
  if (keys.has('machine') || keys.has('cluster')) return 'it is a machine configuration';
  if (keys.has('secrets') && keys.has('certs')) return 'it is the secrets bundle of a cluster (secrets.yaml)';
  const root = plainOf(yaml, label);
  if (!isPlainMap(root)) return undefined;
  if (root.get('kind') !== 'Secret') return undefined;
  const stringData = root.get('stringData');
  const data = root.get('data');
  const open = isPlainMap(stringData) ? stringData.get('talosconfig') : undefined;
  const encoded = isPlainMap(data) ? data.get('talosconfig') : undefined;
  // As in Kubernetes: stringData wins.
  if (typeof open === 'string') return new Secret(Buffer.from(open).toString('base64'));
  if (typeof encoded === 'string') return new Secret(encoded.replace(/\s+/g, ''));
  return 'it is a Kubernetes Secret without “talosconfig” in data or stringData';
}

/** The failure for what is no talosconfig. */
export const notOne = (label: string, why: string): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `${label} is not a talosconfig: ${why}.`,
    hint: 'Choose a talosconfig, or a Secret, base64 or gzip of one.',
    where: { file: label },
  });
