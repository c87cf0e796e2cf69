import type { ConfirmQuestion } from '../../../preload/contract/index.ts';

/** Before old versions of files are kept for fewer days: those that are older go, and with them keys that may exist nowhere else. */
export function shorterQuestion(from: number, to: number): ConfirmQuestion {
  return {
    title: `Keep old versions for ${to} days instead of ${from}?`,
    facts: [
      `Changes of talosconfigs and kubeconfigs that are older than ${to} days cannot be undone afterwards.`,
      'Keys of contexts that were removed or replaced may exist nowhere else. Those that are older are gone for good.',
    ],
    deed: `Keep them for ${to} days`,
    isDestructive: true,
  };
}

/** Before what was done to machines is kept for fewer days: what is older, so many deeds, goes at once, and nothing brings it back. */
export function fewerDeedsQuestion(from: number, to: number, older: number): ConfirmQuestion {
  const goes =
    older === 0
      ? `No deed is older than ${to} days now.`
      : `${older === 1 ? '1 deed that is' : `${older} deeds that are`} older than ${to} days ${older === 1 ? 'is' : 'are'} taken off the list now, for good.`;
  return {
    title: `Keep what was done to machines for ${to} days instead of ${from}?`,
    facts: [goes],
    deed: `Keep them for ${to} days`,
    isDestructive: true,
  };
}
