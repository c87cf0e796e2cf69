import { DEFAULT_VERSIONS, type ImageBundle } from '../../../preload/contract/index.ts';
import { wrong } from '../commands/kit/params.ts';

const TAG = /^v(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,60}))?$/;

/** Of these versions talosctl knows the images: from 1.11 to the last that is before 1.15.0. */
const OLDEST_MINOR = 11;
const NEXT_MINOR = 15;
/** Since then the installer is made by the image factory alone. */
const WITHOUT_INSTALLER = 14;

/** `talosctl image talos-bundle` as far as it needs no registry (docs/talos-behaviour.md §6.13). Throws Failed `invalid`. */
export function talosBundle(typed: string): ImageBundle {
  const tag = typed.trim() || DEFAULT_VERSIONS.talos;
  if (!tag.startsWith('v')) throw wrong('talos', `"${tag}" is no tag of Talos: it has no "v" before it.`);
  const parts = TAG.exec(tag);
  if (parts === null) throw wrong('talos', `"${tag}" is no version such as ${DEFAULT_VERSIONS.talos}.`);
  const [major = 0, minor = 0, patch = 0] = parts.slice(1, 4).map(Number);
  const isBeforeNext = minor < NEXT_MINOR || (minor === NEXT_MINOR && patch === 0 && parts[4] !== undefined);
  if (major !== 1 || minor < OLDEST_MINOR || !isBeforeNext) {
    throw wrong('talos', `The images of ${tag} are not known: it must be from v1.11.0-alpha.0 on and before v1.15.0.`);
  }
  const names = ['installer-base', 'imager', 'talos', 'talosctl-all', 'overlays', 'extensions'];
  const all = minor < WITHOUT_INSTALLER ? ['installer', ...names] : names;
  return {
    images: all.map((name) => ({ name: `ghcr.io/siderolabs/${name}`, tag })),
    talosctl: `talosctl image talos-bundle ${tag}`,
    notes: [
      'Without the single extensions and overlays: talosctl reads them from the images of those names, and Minos asks no registry.',
    ],
  };
}
