/** What differs from run to run, by the words that stand for it in a transcript. The order matters: a port is no hex. */
const VOLATILE: readonly (readonly [string, RegExp])[] = [
  ['demo', /\/[^\s"']*\/minos-demo-\w+/g],
  ['uuid', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g],
  ['time', /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/g],
  ['day', /(?<=\buntil )\d{4}-\d\d-\d\d\b/g],
  ['date', /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b/g],
  ['ms', /\b1[6-9]\d{11}\b|\b2[0-4]\d{11}\b/g],
  ['pid', /(?<=\.minos-)\d+(?=-)/g],
  ['port', /(?<=\b127\.0\.\d{1,3}\.\d{1,3}:)\d{4,5}\b/g],
  ['hex', /\b[0-9a-f]{8,64}\b|\b[0-9A-F]{20,40}\b/g],
  ['base64', /[A-Za-z0-9+/]{60,}={0,2}/g],
];

/** Those that are numbered say by their number which are the same; of times that would be chance. */
const UNNUMBERED = new Set(['demo', 'time', 'day', 'date', 'ms', 'pid']);

/** Keys whose numbers are times or durations. */
const MEASURED = /(?<!deadline)Ms$|^(?:calls|activeCalls)$/;

/** Keys that name the endpoint which happened to be picked. */
const PICKED = new Set(['endpoint', 'from', 'to', 'node']);
const AN_ENDPOINT = /^127\.0\.0\.\d+:\d+$/;

/**
 * Writes a value with a placeholder for everything that differs from run to run. Equal things get equal placeholders, numbered as
 * they appear, so that a token that comes back, or a key that is kept, is seen to be the same.
 */
export class Placeholders {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #folders: readonly (readonly [path: string, name: string])[];

  /** Folders of this run by name, such as `home`. */
  constructor(folders: Readonly<Record<string, string>>) {
    this.#folders = Object.entries(folders).map(([name, path]) => [path, `<${name}>`]);
  }

  /** A text as it is written down. */
  text(text: string): string {
    return this.#replace(text, (kind, found) => this.#numbered(kind, found));
  }

  /** A value as it is written down; its keys stand in the order of the alphabet. */
  value(value: unknown): unknown {
    return walk(value, (text) => this.text(text));
  }

  /** Items whose order nobody promises, in one that is the same in every run. */
  sorted<T>(items: readonly T[]): T[] {
    const blind = (item: T): string => JSON.stringify(walk(item, (text) => this.#replace(text, (kind) => `<${kind}>`)));
    return items
      .map((item) => ({ item, by: blind(item) }))
      .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
      .map(({ item }) => item);
  }

  #replace(text: string, by: (kind: string, found: string) => string): string {
    let shown = text;
    for (const [path, name] of this.#folders) shown = shown.replaceAll(path, name);
    for (const [kind, pattern] of VOLATILE) shown = shown.replace(pattern, (found) => by(kind, found));
    return shown;
  }

  #numbered(kind: string, found: string): string {
    const known = this.#known.get(`${kind} ${found}`);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = UNNUMBERED.has(kind) ? `<${kind}>` : `<${kind} ${count}>`;
    this.#known.set(`${kind} ${found}`, name);
    return name;
  }
}

function walk(value: unknown, text: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return PICKED.has(key) && AN_ENDPOINT.test(value) ? '<an endpoint>' : text(value);
  if (MEASURED.test(key) && (typeof value === 'number' || Array.isArray(value))) return '<measured>';
  if (Array.isArray(value)) return value.map((item) => walk(item, text, key));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [text(name), walk(each, text, name)]));
}
