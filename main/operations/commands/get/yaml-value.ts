import { parse } from 'yaml';

/** Specs above this are not read for columns; their YAML can still be looked at. */
const MAX_READ_LENGTH = 1024 * 1024;

/** A spec's YAML as plain values, integers exact. Undefined when it is too long or no YAML. */
export function yamlValue(text: string): unknown {
  if (text.length > MAX_READ_LENGTH) return undefined;
  try {
    return parse(text, { intAsBigInt: true, maxAliasCount: 100, uniqueKeys: false, logLevel: 'error' });
  } catch {
    return undefined; // Not YAML, or too many aliases: the columns stay empty, the text is there to be looked at.
  }
}
