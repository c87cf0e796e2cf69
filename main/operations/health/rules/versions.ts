/** `v1.13.9`, `v1.14.0-beta.1`. */
const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?$/;

/** 13 of `v1.13.9`. */
export const minorOf = (version: string): number => Number(/^v?\d+\.(\d+)/.exec(version)?.[1] ?? 0);

/** The newest of some versions, by their numbers and then the release after what came before it; undefined when one is no version. */
export function newestVersion(versions: readonly string[]): string | undefined {
  const read = versions.map((version) => ({ version, parts: VERSION.exec(version) }));
  if (read.some(({ parts }) => parts === null)) return undefined;
  const places = read.map(({ version, parts }) => {
    const [, major, minor, patch, before] = parts ?? [];
    return { version, numbers: [Number(major), Number(minor), Number(patch)], before };
  });
  return places.sort((a, b) => compare(b, a))[0]?.version;
}

interface Place {
  readonly numbers: readonly number[];
  /** `beta.1`; undefined for a release. */
  readonly before: string | undefined;
}

function compare(a: Place, b: Place): number {
  const at = a.numbers.findIndex((number, place) => number !== b.numbers[place]);
  if (at >= 0) return (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
  if (a.before === undefined || b.before === undefined)
    return Number(b.before !== undefined) - Number(a.before !== undefined);
  return a.before.localeCompare(b.before, 'en', { numeric: true });
}
