import { parseVersion } from '../../../talos/version.ts';
import { parseImage, type ImageReference } from './image-reference.ts';
import { keptInstaller, lostBy, type MachineMake } from './installer-of.ts';
import { kubernetesSupport, upgradeApi, type UpgradeApi } from './support.ts';
import { upgradeStep, versionText } from './upgrade-step.ts';

/** A machine that is to be upgraded, as it was read just now. */
export interface UpgradeFacts extends MachineMake {
  /** `v1.13.9`. */
  readonly version: string;
  /** `container` for one that runs in a container. */
  readonly mode: string;
  /** Version of its kubelet, empty where it does not say; undefined where it has none. */
  readonly kubernetes: string | undefined;
}

/** What is wanted: a version, or an image. */
export type UpgradeWish = { readonly version: string } | { readonly image: string };

/** What an upgrade of one machine would be. Sentences can be shown as they are. */
export interface JudgedUpgrade {
  /** Empty when it is refused before there is one. */
  readonly image: string;
  readonly to: string;
  readonly api: UpgradeApi;
  /** What it means. */
  readonly effects: readonly string[];
  /** What speaks against it: whoever wants it all the same types the name of the cluster. */
  readonly risks: readonly string[];
  /** Why it cannot be. */
  readonly refusals: readonly string[];
}

/** Judges what an upgrade of a machine would be. Pure. */
export function judgeUpgrade(facts: UpgradeFacts, wish: UpgradeWish): JudgedUpgrade {
  const from = parseVersion(facts.version);
  const named = 'image' in wish ? parseImage(wish.image) : undefined;
  const wanted = 'version' in wish ? wish.version : (named?.tag ?? '');
  const to = parseVersion(wanted);
  const nothing = { image: '', to: wanted, api: 'legacy' as const, effects: [], risks: [] };
  if ('image' in wish && named === undefined)
    return {
      ...nothing,
      refusals: ['This is no image with the name of its registry, such as ghcr.io/siderolabs/installer:v1.13.9.'],
    };
  if (from === undefined)
    return {
      ...nothing,
      refusals: [
        `It runs ${facts.version.slice(0, 60)}, which is no release of Talos: what may follow it is not known.`,
      ],
    };
  const api = upgradeApi(from);
  if (to === undefined) return { ...nothing, api, refusals: [noVersion(wish, named)] };
  const kept = named === undefined ? keptInstaller(facts, to) : undefined;
  const step = upgradeStep(from, to);
  const support = facts.kubernetes === undefined ? undefined : kubernetesSupport(parseVersion(facts.kubernetes), to);
  return {
    image: 'image' in wish ? wish.image : (kept?.image ?? ''),
    ...{ to: versionText(to), api },
    effects: [
      step.kind === 'again'
        ? `It runs ${versionText(to)} already; that is installed again.`
        : `From ${versionText(from)} to ${versionText(to)}.`,
      ...(kept?.image === undefined ? [] : [kept.why]),
      ...(api === 'legacy'
        ? [
            'It is too old for the newer call: it upgrades, drains and reboots in one go, on its own. Pods that nothing makes anew and data in emptyDir volumes are lost there, and were not looked for.',
          ]
        : []),
    ],
    risks: [
      ...(step.kind === 'back' ? [step.why] : []),
      ...(named === undefined ? [] : lostBy(named, facts)),
      ...(support?.kind === 'unknown' ? [support.why] : []),
      ...(named !== undefined && named.digest !== ''
        ? ['The image is named by a digest, so its tag does not tell its version for certain.']
        : []),
    ],
    refusals: [
      ...(facts.mode === 'container' ? ['It runs in a container: Talos cannot be upgraded there.'] : []),
      ...(step.kind === 'refused' ? [step.why] : []),
      ...(kept !== undefined && kept.image === undefined ? [kept.refused] : []),
      ...(support?.kind === 'unsupported' ? [support.why] : []),
    ],
  };
}

function noVersion(wish: UpgradeWish, named: ImageReference | undefined): string {
  if ('version' in wish) return `${wish.version.slice(0, 60)} is no version of Talos, such as v1.13.9.`;
  if (named?.tag === '') return 'The image has no tag, so which version it installs is not known.';
  return `The tag ${named?.tag ?? ''} is no version of Talos, so which one it installs is not known.`;
}
