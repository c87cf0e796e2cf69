import { isUtf8 } from 'node:buffer';
import { Secret } from '../../lib/secret.ts';
import { notOne } from './not-one.ts';
import { partOf, type Part, type Wrapping } from './part.ts';

/** What a text wraps before it is read as YAML: shells, Markdown and programs put things around what they print. */
export interface Peeled {
  readonly kind: Wrapping;
  readonly parts: readonly Part[];
}

/** The text without the sign that a shell shows where a command's output ended without a line end (zsh: `%`). */
export const withoutShellMark = (text: string): string =>
  text.replace(/((?:[A-Za-z0-9+/_=-]{16}|["'}\]`]|\n[ \t]*[A-Z]{3,}))[ \t]*[%#⏎][ \t\r\n]*$/, '$1\n');

/** What is wrapped in a text, or undefined. Throws Failed `file-invalid` for what is encrypted or left out. */
export function peelText(text: string, label: string): Peeled | undefined {
  refuseHidden(text, label);
  const encoded = base64In(text);
  if (encoded !== undefined) return { kind: 'base64', parts: [{ base64: new Secret(encoded) }] };
  const fenced = fencedIn(text);
  if (fenced.length > 0) return { kind: 'markdown', parts: fenced };
  const heredocs = heredocsIn(text);
  if (heredocs.length > 0) return { kind: 'heredoc', parts: heredocs };
  const strings = stringsIn(text);
  return strings.length > 0 ? { kind: 'string', parts: strings } : undefined;
}

/** Texts that somebody encrypted, or of which a program shows no value. */
function refuseHidden(text: string, label: string): void {
  const start = text.trimStart().slice(0, 60);
  if (/^\$ANSIBLE_VAULT;/.test(start))
    throw notOne(label, 'it is encrypted with Ansible Vault', 'Decrypt it first: ansible-vault view FILE');
  if (/^-----BEGIN AGE ENCRYPTED FILE-----/.test(start) || /^age-encryption\.org\//.test(start))
    throw notOne(label, 'it is encrypted with age', 'Decrypt it first: age -d FILE');
  if (/^-----BEGIN PGP MESSAGE-----/.test(start))
    throw notOne(label, 'it is encrypted with PGP', 'Decrypt it first: gpg -d FILE');
  if (text.length < 10_000 && /^\s*[\w-]+\s*=\s*<sensitive>\s*$/m.test(text) && !/contexts/.test(text))
    throw notOne(label, 'it is an output that Terraform hides', 'Print it with: terraform output -raw NAME');
}

/** Base64 in whatever lines, also with the letters of URLs; undefined for words that only look like it. */
function base64In(text: string): string | undefined {
  const compact = text.replace(/[\s\uFEFF]+/g, '').replace(/^(["'`])(.*)\1$/s, '$2');
  // `contexts:` is no base64, and nothing shorter than this is a talosconfig.
  if (compact.length < 16 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return undefined;
  return holdsText(compact) ? compact : undefined;
}

/** True for base64 of text or gzip, as far as its first bytes tell. */
export function holdsText(base64: string): boolean {
  const bytes = Buffer.from(base64.slice(0, 1_024), 'base64');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return true;
  // The last character may have been cut in two.
  const whole = bytes.subarray(0, bytes.length < 16 ? bytes.length : -4);
  return isUtf8(whole) && !whole.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

/** Blocks between Markdown fences, with text around them or not; the last fence may be missing. */
function fencedIn(text: string): readonly Part[] {
  if (!/^[ \t>]*(?:```|~~~)/m.test(text)) return [];
  const parts: Part[] = [];
  let open: { readonly fence: string; readonly lines: string[] } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const mark = /^([ \t>]*)(`{3,}|~{3,})(.*)$/.exec(line);
    const [, , fence = '', info = ''] = mark ?? [];
    if (open === undefined) {
      if (mark && !info.includes('`')) open = { fence, lines: [] };
    } else if (mark && fence.startsWith(open.fence) && /^[\s%]*$/.test(info)) {
      parts.push(partOf(outdented(open.lines)));
      open = undefined;
    } else open.lines.push(line);
  }
  if (open) parts.push(partOf(outdented(open.lines)));
  return parts;
}

/** Here-documents of shells and Terraform: `cat > file <<EOF`, `talosconfig = <<-EOT`. */
function heredocsIn(text: string): readonly Part[] {
  if (!text.includes('<<')) return [];
  const parts: Part[] = [];
  let open:
    { readonly word: string; readonly name?: string; readonly lines: string[]; readonly isFirst: boolean } | undefined;
  let isFirst = true;
  for (const line of text.split(/\r?\n/)) {
    if (open === undefined) {
      const [, before = '', word] =
        /^([^#]{0,300}?)<<[-~]?\s*["']?([A-Za-z_]\w{0,60})["']?[^:]{0,300}$/.exec(line) ?? [];
      const name = /([\w-]+)["']?\s*[=:]\s*$/.exec(before)?.[1];
      if (word !== undefined) open = { word, lines: [], isFirst, ...(name !== undefined && { name }) };
    } else if (line.trim() === open.word) {
      parts.push(partOf(outdented(open.lines), open.name));
      open = undefined;
    } else open.lines.push(line);
    if (line.trim() !== '') isFirst = false;
  }
  // Copied without its last line.
  if (open?.isFirst === true) parts.push(partOf(outdented(open.lines), open.name));
  return parts;
}

/** A JSON string, alone or as `name = "…"`. */
function stringsIn(text: string): readonly Part[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('"') && trimmed.endsWith('"')) {
    const value = jsonString(trimmed);
    if (value !== undefined) return [partOf(value)];
  }
  if (!/^\s*"?[\w-]+"?\s*=\s*"/.test(text)) return [];
  return [...text.matchAll(/^\s*"?([\w-]{1,100})"?\s*=\s*("(?:[^"\\\n]|\\.)*")\s*,?\s*$/gm)].flatMap(
    ([, name, quoted = '']) => {
      const value = jsonString(quoted);
      return value === undefined ? [] : [partOf(value, name)];
    },
  );
}

function jsonString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Lines without the white space and quote signs that all of them begin with. */
function outdented(lines: readonly string[]): string {
  const full = lines.filter((line) => line.trim() !== '');
  let common = /^[ \t>]*/.exec(full[0] ?? '')?.[0] ?? '';
  for (const line of full) while (!line.startsWith(common)) common = common.slice(0, -1);
  return `${lines.map((line) => (line.startsWith(common) ? line.slice(common.length) : line.trim())).join('\n')}\n`;
}
