import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import { shownProxy } from '../lib/proxy-address.ts';
import type { YamlDocument } from '../yaml/yaml-document.ts';
import { contentEnd } from '../yaml/yaml-items.ts';
import { secretStart } from './exec-arguments.ts';

/** A piece of a text and what may be shown of it. Offsets count UTF-16 units. */
export interface ShownRange {
  readonly start: number;
  readonly end: number;
  /** `open`: as it is. `certificate`: as its fingerprint and expiry. `secret`: as a fingerprint that only tells a change. */
  readonly kind: 'open' | 'certificate' | 'secret';
  /** Says where kubectl connects, what it runs, which files it reads, or as whom it acts. */
  readonly isTelling?: boolean;
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
  'users.*.user.as-uid',
  'users.*.user.as-groups.*',
  'users.*.user.auth-provider.name',
  'users.*.user.auth-provider.config.cmd-path',
  'users.*.user.auth-provider.config.cmd-args',
  'users.*.user.exec.apiVersion',
  'users.*.user.exec.command',
  'users.*.user.exec.args.*',
  'users.*.user.exec.installHint',
  'users.*.user.exec.interactiveMode',
  'users.*.user.exec.provideClusterInfo',
  'users.*.user.exec.env.*.name',
]);

const CERTIFICATES = new Set(['clusters.*.cluster.certificate-authority-data', 'users.*.user.client-certificate-data']);

/** Addresses may carry a password. */
const ADDRESS = /\.(server|proxy-url)$/;
/** An address as written: what comes before who signs in, and that; then `@` and no other. */
const SIGNED_ADDRESS = /^(['"]?[a-z][a-z0-9+.-]*:\/\/)([^/?#\s\\]*)@[^@]*$/i;

const ARGUMENTS = 'users.*.user.exec.args';

const TELLING =
  /^(clusters\.\*\.cluster\.(server|proxy-url|tls-server-name|insecure-skip-tls-verify|certificate-authority)|users\.\*\.user\.(exec\.(command|args\.\*|env\.\*\.name)|auth-provider\.(name|config\.cmd-(path|args))|tokenFile|client-certificate|client-key|as(-uid|-groups\.\*)?))$/;

/**
 * The scalars of a kubeconfig in the order of the text. An allow list: a field this file does not know is secret. Values
 * that `isShown` says no to, by their start and end, are left out.
 */
export function shownRanges(
  yaml: YamlDocument,
  isShown: (start: number, end: number) => boolean,
): readonly ShownRange[] {
  const ranges: ShownRange[] = [];
  const add = (node: Node, kind: ShownRange['kind'], path = ''): void => {
    const [start] = node.range ?? [0];
    ranges.push({ start, end: contentEnd(node), kind, ...(TELLING.test(path) && { isTelling: true }) });
  };
  /** A value that is open but for a part, of which `before` characters of the source come before. */
  const addParts = (node: Node, path: string, before: number, secret: number): void => {
    const [start] = node.range ?? [0];
    const end = contentEnd(node);
    const at = start + before;
    const isTelling = TELLING.test(path);
    ranges.push(
      { start, end: at, kind: 'open', isTelling },
      { start: at, end: Math.min(at + secret, end), kind: 'secret' },
      { start: Math.min(at + secret, end), end, kind: 'open' },
    );
  };
  const sourceOf = (node: Node): string => yaml.text.slice(node.range?.[0] ?? 0, contentEnd(node));
  const addScalar = (node: Scalar, path: string, before: string): void => {
    const value = String(node.value);
    // No sign-in where one belongs, and more than a scheme and a host: it may be one all the same.
    if (path.endsWith('.proxy-url') && !value.includes('@') && shownProxy(value) !== value) {
      add(node, 'secret', path);
      return;
    }
    if (ADDRESS.test(path) && OPEN.has(path) && value.includes('@')) {
      const [, lead, signIn] = SIGNED_ADDRESS.exec(sourceOf(node)) ?? [];
      if (lead === undefined || signIn === undefined) add(node, 'secret', path);
      else addParts(node, path, lead.length, signIn.length);
      return;
    }
    const start = path === `${ARGUMENTS}.*` ? secretStart(value, before) : undefined;
    if (start === undefined)
      add(node, OPEN.has(path) ? 'open' : CERTIFICATES.has(path) ? 'certificate' : 'secret', path);
    else if (start === 0) add(node, 'secret', path);
    else addParts(node, path, sourceOf(node).indexOf('=') + 1, Infinity);
  };
  const walk = (node: Node | null, path: string, before = ''): void => {
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
      let last = '';
      for (const item of node.items as (Node | null)[]) {
        walk(item, `${path}.*`, last);
        last = isScalar(item) ? String(item.value) : '';
      }
    } else if (isScalar(node)) addScalar(node, path, before);
    else if (isAlias(node)) add(node, 'open');
  };
  walk(yaml.root ?? null, '');
  return ranges.sort((a, b) => a.start - b.start);
}

/** No field of a kubeconfig is that long; a token pasted in the wrong place is. */
const MAX_FIELD_LENGTH = 40;
