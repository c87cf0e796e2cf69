import { compareVersions, type Version } from '../../../talos/version.ts';
import { versionText } from './upgrade-step.ts';

/** Talos 1.10 and newer take the minor versions of Kubernetes from this far above their own … */
const OLDEST_ABOVE = 18;
/** … to this far; six in all. */
const NEWEST_ABOVE = 23;
/** 1.9 takes 1.27 to 1.32, by the same rule. Older ones end their life before this does. */
const OLDEST_KNOWN = 9;
/** The newest that is known of; of later ones nothing is said. */
const NEWEST_KNOWN = 15;

/** Whether a version of Kubernetes is supported by one of Talos. */
export type KubernetesSupport =
  { readonly kind: 'supported' } | { readonly kind: 'unknown' | 'unsupported'; readonly why: string };

/** Talos's own table of what goes together, as `upgrade-k8s` and the installer check it (docs/talos-behaviour.md §6.4.1). */
export function kubernetesSupport(kubernetes: Version | undefined, talos: Version): KubernetesSupport {
  const of = `v${talos.major}.${talos.minor}`;
  if (kubernetes === undefined)
    return {
      kind: 'unknown',
      why: `Its kubelet does not tell its version, so whether Talos ${of} supports it is not known.`,
    };
  if (talos.major !== 1 || talos.minor < OLDEST_KNOWN || talos.minor > NEWEST_KNOWN)
    return { kind: 'unknown', why: `Which versions of Kubernetes Talos ${of} supports is not known here.` };
  const [oldest, newest] = [talos.minor + OLDEST_ABOVE, talos.minor + NEWEST_ABOVE];
  const range = `Talos ${of} supports Kubernetes v1.${oldest} to v1.${newest}`;
  const is = versionText(kubernetes);
  if (kubernetes.major !== 1 || kubernetes.minor > newest)
    return { kind: 'unsupported', why: `${range}; ${is} is too new for it.` };
  if (kubernetes.minor < oldest)
    return { kind: 'unsupported', why: `${range}; ${is} is too old for it: upgrade Kubernetes first.` };
  return { kind: 'supported' };
}

/** Which service upgrades a machine. */
export type UpgradeApi = 'lifecycle' | 'legacy';

const AFTER: Version = { major: 1, minor: 13, patch: 0, pre: 'alpha.2' };
const BEFORE: Version = { major: 2, minor: 0, patch: 0, pre: '' };

/** The service that a machine of this version is upgraded by: `>1.13.0-alpha.2 <2.0.0` has LifecycleService. */
export const upgradeApi = (version: Version): UpgradeApi =>
  compareVersions(version, AFTER) > 0 && compareVersions(version, BEFORE) < 0 ? 'lifecycle' : 'legacy';
