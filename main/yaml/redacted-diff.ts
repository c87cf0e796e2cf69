import { createHmac, randomBytes } from 'node:crypto';
import { structuredPatch } from 'diff';
import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { formatNumber } from '../../preload/contract/format/numbers.ts';
import { Failed } from '../lib/failed.ts';
import { shownProxy } from '../lib/proxy-address.ts';
import { parseDocuments, parseYaml, type YamlDocument } from './yaml-document.ts';
import { applySplices } from './yaml-splices.ts';
import { contentEnd, NotEditable, type Splice } from './yaml-items.ts';

/** One line of a difference. Line numbers are 1-based; `old` is missing for added lines, `new` for removed ones. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly old?: number;
  readonly new?: number;
  /** Never holds key material: secrets are fingerprints. */
  readonly text: string;
}

/** Fields that everybody may see as they are. Every other value is hidden. */
const OPEN_FIELDS = new Set([
  'context',
  'contexts',
  'target',
  'endpoints',
  'nodes',
  'cluster',
  'proxy-url',
  'auth',
  'basic',
  'username',
  'siderov1',
  'identity',
]);

/**
 * The lines that differ between two versions of a talosconfig, with three lines around them. Values of `ca`, `crt`, `key`,
 * passwords and unknown fields are shown as short fingerprints, comments as they are. The fingerprints have a key of
 * their own per call: they tell whether a value changed and nothing else. A version that is no YAML is not shown at all.
 */
export function redactedDiff(before: string, after: string): readonly DiffLine[] {
  const salt = randomBytes(16);
  return diffOfLines(redact(before, salt), redact(after, salt));
}

/**
 * The lines that differ between two texts that may be shown, with three lines around them. Bounded; where too much differs, the first of both
 * from there on.
 */
export function diffOfLines(before: string, after: string): readonly DiffLine[] {
  const patch = structuredPatch('a', 'b', before, after, '', '', {
    context: 3,
    maxEditLength: 3_000,
    timeout: 500,
  });
  // A difference larger than that is no difference anybody reads, but no lines at all would say that nothing changes.
  if (patch === undefined) return boundedLines(uncompared(linesOf(before), linesOf(after)));
  return boundedLines(
    patch.hunks.flatMap((hunk) => {
      let old = hunk.oldStart;
      let next = hunk.newStart;
      return hunk.lines.flatMap((line): readonly DiffLine[] => {
        const text = line.slice(1);
        if (line.startsWith('+')) return [{ kind: 'added', new: next++, text }];
        if (line.startsWith('-')) return [{ kind: 'removed', old: old++, text }];
        if (line.startsWith('\\')) return [];
        return [{ kind: 'same', old: old++, new: next++, text }];
      });
    }),
  );
}

/** Most characters of one line, and of all lines, of a difference that is shown. */
const MAX_LINE = 1_000;
const MAX_SHOWN = 300_000;
/** What a line takes besides its text. */
const LINE_COST = 40;

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

/** Lines of each side that are shown where they are too many to be compared. */
const MOST_UNCOMPARED = 200;

/** What stands in the place of two texts from where they differ first. */
function uncompared(old: readonly string[], next: readonly string[]): readonly DiffLine[] {
  let at = 0;
  while (at < old.length && old[at] === next[at]) at++;
  const most = at + MOST_UNCOMPARED;
  const more = Math.max(0, old.length - most) + Math.max(0, next.length - most);
  return [
    ...old.slice(at, most).map((text, i): DiffLine => ({ kind: 'removed', old: at + i + 1, text })),
    ...next.slice(at, most).map((text, i): DiffLine => ({ kind: 'added', new: at + i + 1, text })),
    { kind: 'same', text: `[too much differs to be compared; ${formatNumber(more)} more lines are not shown]` },
  ];
}

/** The first lines of a difference, as many as anybody reads; the last one says how many more there are. */
function boundedLines(lines: readonly DiffLine[]): readonly DiffLine[] {
  const shown: DiffLine[] = [];
  let length = 0;
  for (const line of lines) {
    const text = line.text.length > MAX_LINE ? `${line.text.slice(0, MAX_LINE)}…` : line.text;
    length += text.length + LINE_COST;
    if (length > MAX_SHOWN) {
      const more = formatNumber(lines.length - shown.length);
      return [...shown, { kind: 'same', text: `[${more} more lines are not shown]` }];
    }
    shown.push(text === line.text ? line : { ...line, text });
  }
  return shown;
}

/** A talosconfig's text without its secrets, those of further documents included. */
function redact(text: string, salt: Buffer): string {
  if (text === '') return '';
  try {
    const { documents, unread } = documentsOf(text);
    const splices: Splice[] = [];
    const hide = (node: Node): void => {
      const [start] = node.range ?? [0];
      const end = contentEnd(node);
      const tail = text.slice(start, end).endsWith('\n') ? '\n' : '';
      splices.push({ start, end, text: `[secret ${fingerprint(text.slice(start, end), salt)}]${tail}` });
    };
    const walk = (node: Node | null, field: string, isOpen: boolean, depth: number): void => {
      if (isMap(node)) {
        for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
          const name = isScalar(key) ? String(key.value) : '';
          // Names of contexts stand below `contexts` and say nothing about what kind of field they are.
          const isContextName = depth === 1 && field === 'contexts';
          const isShown = isContextName ? isMap(value) : isOpen && OPEN_FIELDS.has(name);
          walk(value, isContextName ? field : name, isShown, depth + 1);
        }
      } else if (isSeq(node)) {
        for (const item of node.items as (Node | null)[]) walk(item, field, isOpen, depth + 1);
      } else if (isScalar(node)) {
        const value = String(node.value);
        if (!isOpen || (field === 'proxy-url' && shownProxy(value) !== value)) hide(node);
      }
    };
    for (const { root } of documents) walk(root ?? null, '', true, 0);
    if (unread !== undefined) {
      const hidden = `[text that cannot be read as YAML ${fingerprint(text.slice(unread), salt)}]\n`;
      splices.push({ start: unread, end: text.length, text: hidden });
    }
    return hideKeyText(applySplices(text, splices));
  } catch (error) {
    if (!(error instanceof Failed) && !(error instanceof NotEditable)) throw error;
    return `[text that cannot be read as YAML ${fingerprint(text, salt)}]\n`;
  }
}

/** All documents; when one behind the first cannot be read, only the first, and where the others start. */
function documentsOf(text: string): { readonly documents: readonly YamlDocument[]; readonly unread?: number } {
  const first = parseYaml(text);
  if (first.nextAt === undefined) return { documents: [first] };
  try {
    return { documents: parseDocuments(text) };
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    return { documents: [first], unread: first.endsAt };
  }
}

/** What is left of keys in comments. */
const hideKeyText = (text: string): string =>
  text
    .replace(/-----BEGIN[\s\S]*?(?:-----END [^\n-]*-----|$)/g, '[secret]')
    .replace(/[A-Za-z0-9+/_-]{60,}={0,2}/g, '[secret]');

const fingerprint = (text: string, salt: Buffer): string =>
  createHmac('sha256', salt).update(text).digest('hex').slice(0, 8);
