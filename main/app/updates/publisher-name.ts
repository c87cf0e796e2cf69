/**
 * True when a name of a publisher is that of a certificate. A whole distinguished name (`CN=Example, O=Example Ltd, C=DE`) fits when the certificate has
 * each of its parts; a name alone when it is the common name.
 */
export function isSubjectOf(publisher: string, subject: string): boolean {
  const has = partsOf(subject);
  if (has === undefined) return false;
  const wants = publisher.includes('=') ? partsOf(publisher) : new Map([['CN', [publisher.trim()]]]);
  if (wants === undefined || wants.size === 0) return false;
  return [...wants].every(([key, values]) => values.every((value) => has.get(key)?.includes(value) === true));
}

/** One part: its key, and its value plain or between quotes, in which a quote stands twice. */
const PART = /\s*([A-Za-z0-9.]{1,40})=(?:"((?:[^"]|"")*)"|([^",+=]*))\s*(?:[,+]|$)/y;

/** The parts of a distinguished name as Windows writes it; undefined for one that is written otherwise. */
function partsOf(name: string): ReadonlyMap<string, readonly string[]> | undefined {
  const parts = new Map<string, readonly string[]>();
  let at = 0;
  while (at < name.length) {
    PART.lastIndex = at;
    const match = PART.exec(name);
    if (match === null) return undefined;
    const [whole, key = '', quoted, plain = ''] = match;
    const value = quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"');
    parts.set(key.toUpperCase(), [...(parts.get(key.toUpperCase()) ?? []), value]);
    at += whole.length;
  }
  return parts;
}
