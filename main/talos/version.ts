/** A version as semver has it. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Empty for a release, which is newer than its own pre-releases. */
  readonly pre: string;
}

/** `v1.13.9` or `1.14.0-beta.1`; undefined for what is no version. What stands behind a plus does not count. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,100}))?(?:\+[0-9A-Za-z.-]{1,100})?$/.exec(text);
  if (match === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
  return { major, minor, patch, pre: match[4] ?? '' };
}

/** Negative when `a` is older than `b`. Pre-releases by their identifiers, numbers numerically (semver §11). */
export function compareVersions(a: Version, b: Version): number {
  const difference = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  if (difference !== 0) return difference;
  if (a.pre === '' || b.pre === '') return Number(a.pre === '') - Number(b.pre === '');
  return a.pre.localeCompare(b.pre, 'en', { numeric: true });
}
