import { compareVersions, type Version } from '../../../talos/version.ts';

/** From one version of Talos to another, as far as the two decide it. */
export type UpgradeStep =
  /** The same: it is installed again. */
  | { readonly kind: 'again' }
  /** Within a minor version, or to the next one. */
  | { readonly kind: 'forward' }
  /** Back, within a minor version or to the one before: it may work, and is nothing that Talos tests. */
  | { readonly kind: 'back'; readonly why: string }
  /** It cannot be done at once, or at all. */
  | { readonly kind: 'refused'; readonly why: string };

/** How a version is written. */
export const versionText = ({ major, minor, patch, pre }: Version): string =>
  `v${major}.${minor}.${patch}${pre === '' ? '' : `-${pre}`}`;

const minorText = ({ major }: Version, minor: number): string => `v${major}.${minor}`;

/** More steps than this are not written out: whoever wants them mistyped it. */
const MOST_MINORS = 20;

/**
 * The minor versions to go through, each to its newest release, then to the wanted one; empty when it is one step or none.
 * Talos supports one minor version at a time (docs/talos-behaviour.md §6.4.1).
 */
export function minorsBetween(from: Version, to: Version): readonly string[] {
  if (from.major !== to.major) return [];
  const between = Math.max(0, to.minor - from.minor - 1);
  return Array.from({ length: between }, (_, index) => minorText(to, from.minor + index + 1));
}

/** What going from one version to another is. */
export function upgradeStep(from: Version, to: Version): UpgradeStep {
  const words = `${versionText(from)} to ${versionText(to)}`;
  if (from.major !== to.major) return { kind: 'refused', why: `From ${words} there is no known way.` };
  const difference = compareVersions(to, from);
  if (difference === 0) return { kind: 'again' };
  if (to.minor - from.minor > MOST_MINORS)
    return {
      kind: 'refused',
      why: `Talos is upgraded one minor version at a time, and from ${words} they are too many.`,
    };
  if (to.minor - from.minor > 1) {
    const through = minorsBetween(from, to);
    const first = through[0] ?? '';
    const rest = [...through.slice(1), versionText(to)].join(', then to ');
    const why = `Talos is upgraded one minor version at a time: first to the newest ${first}, then to ${rest}.`;
    return { kind: 'refused', why };
  }
  if (difference > 0) return { kind: 'forward' };
  if (from.minor - to.minor > 1)
    return {
      kind: 'refused',
      why: `The installer of ${versionText(to)} refuses machines as new as ${versionText(from)}.`,
    };
  return {
    kind: 'back',
    why: `From ${words} is a downgrade: what the newer version wrote may not be understood by the older one.`,
  };
}
