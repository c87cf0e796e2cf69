import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { YamlDocument } from '../yaml-document.ts';
import { contentEnd } from '../yaml-items.ts';

/** A piece of a text and what may be shown of it. Offsets count UTF-16 units. */
export interface ShownRange {
  readonly start: number;
  readonly end: number;
  /** `open`: as it is. `certificate`: as its fingerprint and expiry. `secret`: as a fingerprint that only tells a change. */
  readonly kind: 'open' | 'certificate' | 'secret';
}

/** Values that everybody may see; `*` stands for an entry of a list. Every other value is secret. */
const OPEN = new Set([
  'apiVersion',
  'kind',
  'current-context',
  'clusters.*.name',
  'clusters.*.cluster.server',
  'clusters.*.cluster.proxy-url',
  'clusters.*.cluster.tls-server-name',
  'clusters.*.cluster.insecure-skip-tls-verify',
  'clusters.*.cluster.disable-compression',
  'clusters.*.cluster.certificate-authority',
  'contexts.*.name',
  'contexts.*.context.cluster',
  'contexts.*.context.user',
  'contexts.*.context.namespace',
  'users.*.name',
  'users.*.user.client-certificate',
  'users.*.user.client-key',
  'users.*.user.tokenFile',
  'users.*.user.username',
  'users.*.user.as',
  'users.*.user.as-groups.*',
  'users.*.user.auth-provider.name',
  'users.*.user.exec.apiVersion',
  'users.*.user.exec.command',
  'users.*.user.exec.interactiveMode',
  'users.*.user.exec.provideClusterInfo',
  'users.*.user.exec.env.*.name',
]);

const CERTIFICATES = new Set(['clusters.*.cluster.certificate-authority-data', 'users.*.user.client-certificate-data']);

/** Addresses may carry a password. */
const ADDRESS = /\.(server|proxy-url)$/;

/**
 * The scalars of a kubeconfig in the order of the text. An allow list: a field this file does not know is secret. Values
 * that `isShown` says no to, by their start and end, are left out.
 */
export function shownRanges(
  yaml: YamlDocument,
  isShown: (start: number, end: number) => boolean,
): readonly ShownRange[] {
  const ranges: ShownRange[] = [];
  const add = (node: Node, kind: ShownRange['kind']): void => {
    const [start] = node.range ?? [0];
    ranges.push({ start, end: contentEnd(node), kind });
  };
  const walk = (node: Node | null, path: string): void => {
    if (node?.range && !isShown(node.range[0], contentEnd(node))) return;
    if (isMap(node)) {
      for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
        const name = isScalar(key) ? String(key.value) : '';
        if (key && isScalar(key)) add(key, name.length > MAX_FIELD_LENGTH ? 'secret' : 'open');
        else if (key) walk(key, '?');
        // A dot in a name must not make it another path.
        const field = name.includes('.') ? '?' : name;
        walk(value, path === '' ? field : `${path}.${field}`);
      }
    } else if (isSeq(node)) {
      for (const item of node.items as (Node | null)[]) walk(item, `${path}.*`);
    } else if (isScalar(node)) {
      const isOpen = OPEN.has(path) && !(ADDRESS.test(path) && String(node.value).includes('@'));
      add(node, isOpen ? 'open' : CERTIFICATES.has(path) ? 'certificate' : 'secret');
    } else if (isAlias(node)) add(node, 'open');
  };
  walk(yaml.root ?? null, '');
  return ranges.sort((a, b) => a.start - b.start);
}

/** No field of a kubeconfig is that long; a token pasted in the wrong place is. */
const MAX_FIELD_LENGTH = 40;
