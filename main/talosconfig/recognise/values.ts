import { Secret } from '../../lib/secret.ts';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { renderLines } from '../../yaml/render-yaml.ts';
import { partOf, type Part } from './part.ts';
import { holdsText } from './peel-text.ts';

/** Values that are looked at for a talosconfig; nobody's output has more. */
const MAX_VALUES = 20_000;

/** What a Kubernetes Secret holds under the names that talosconfigs have there; of a List, what each of its Secrets does. */
export function partsOfSecret(secret: PlainMap): readonly Part[] {
  const texts = new Map<string, string | undefined>();
  const take = (field: string, toBase64: (text: string) => string): void => {
    const values = secret.get(field);
    if (!isPlainMap(values)) return;
    for (const [name, value] of values) if (typeof value === 'string') texts.set(name, toBase64(value));
  };
  take('data', (text) => text.replace(/\s+/g, ''));
  // As in Kubernetes: stringData wins.
  take('stringData', (text) => Buffer.from(text).toString('base64'));
  const metadata = secret.get('metadata');
  const called = isPlainMap(metadata) ? metadata.get('name') : undefined;
  const toPart = (base64: string): Part => ({
    base64: new Secret(base64),
    ...(typeof called === 'string' && { name: called }),
  });
  // A ServiceAccount of Talos has its file under `config`.
  for (const name of ['talosconfig', 'config']) {
    const found = texts.get(name);
    if (found !== undefined) return [toPart(found)];
  }
  return [...texts.values()].flatMap((found) => (found !== undefined && mentions(found) ? [toPart(found)] : []));
}

/** Texts and mappings inside a value that may be talosconfigs, with the name nearest to each: what tools print as output. */
export function partsIn(root: PlainValue): readonly Part[] {
  const parts: Part[] = [];
  const seen = new Set<PlainValue>();
  const walk = (value: PlainValue, name: string | undefined, depth: number): void => {
    if (seen.size >= MAX_VALUES || depth > 8) return;
    if (typeof value === 'string') {
      if (/(?:^|\n)\s*contexts\s*:|"contexts"\s*:/.test(value)) parts.push(partOf(value, name));
      else if (value.length >= 40 && mentions(value.replace(/\s+/g, '')))
        parts.push({ base64: new Secret(value.replace(/\s+/g, '')), ...(name !== undefined && { name }) });
      return;
    }
    if (typeof value !== 'object' || seen.has(value)) return;
    seen.add(value);
    if (isPlainMap(value)) {
      if (isPlainMap(value.get('contexts'))) parts.push(partOf(`${renderLines(value, '', '    ').join('\n')}\n`, name));
      // The value of an output is called as the output is.
      else for (const [key, item] of value) walk(item, key === 'value' ? name : key, depth + 1);
    } else if (isPlainList(value)) for (const item of value) walk(item, name, depth + 1);
  };
  walk(root, undefined, 0);
  return parts;
}

/** True for base64 of something that may be a talosconfig: a text that speaks of contexts, or what is packed. */
function mentions(base64: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || !holdsText(base64)) return false;
  const bytes = Buffer.from(base64, 'base64');
  return bytes[0] === 0x1f || bytes.includes('contexts');
}
