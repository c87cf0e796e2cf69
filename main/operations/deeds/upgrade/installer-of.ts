import type { Version } from '../../../talos/version.ts';
import { imageText } from './image-reference.ts';
import { versionText } from './upgrade-step.ts';

/** A system extension of a machine. */
export interface SystemExtension {
  readonly name: string;
  readonly version: string;
}

/** What a machine was made from. */
export interface MachineMake {
  /** `metal`, `nocloud`, `aws` … */
  readonly platform: string;
  readonly isSecureBoot: boolean;
  /** Real ones: what an image factory adds to tell its schematic is none. */
  readonly extensions: readonly SystemExtension[];
  /** The schematic of the image factory that made it, and where that factory is; `host` undefined: it does not say. */
  readonly schematic: { readonly id: string; readonly host: string | undefined } | undefined;
}

/** The installer that keeps what a machine has, and why it does. */
export type KeptInstaller =
  { readonly image: string; readonly why: string } | { readonly image: undefined; readonly refused: string };

const FACTORY = 'factory.talos.dev';
const OFFICIAL = { host: 'ghcr.io', path: 'siderolabs/installer' };
/** The schematic of an image without any extension. */
const VANILLA = '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba';
/** From this minor version on, factories have an installer for each platform. */
const BY_PLATFORM_SINCE = 10;

/**
 * The installer image of another version that keeps a machine's extensions: that of its own schematic. A machine with
 * extensions that does not tell its schematic is refused, since every image that could be guessed would drop them.
 */
export function keptInstaller(
  { platform, isSecureBoot, extensions, schematic }: MachineMake,
  to: Version,
): KeptInstaller {
  const tag = versionText(to);
  if (schematic !== undefined) {
    const name = to.minor >= BY_PLATFORM_SINCE && to.major === 1 ? `${platform}-installer` : 'installer';
    const path = `${name}${isSecureBoot ? '-secureboot' : ''}/${schematic.id}`;
    const image = imageText({ host: schematic.host ?? FACTORY, path, tag, digest: '' });
    if (schematic.id === VANILLA) return { image, why: 'It was made without extensions, as before.' };
    const names = extensions.map(({ name: each }) => each).join(', ');
    const keeps = names === '' ? 'what it was made with' : `its extensions (${names})`;
    return { image, why: `It keeps its schematic, and with it ${keeps}.` };
  }
  if (extensions.length > 0) {
    const names = extensions.map(({ name }) => name).join(', ');
    const refused = `It has extensions (${names}) and does not tell which schematic they came with. Name the installer image that has them.`;
    return { image: undefined, refused };
  }
  if (isSecureBoot)
    return {
      image: undefined,
      refused: 'It boots with SecureBoot and tells no schematic. Name the installer image that was signed for it.',
    };
  return {
    image: imageText({ ...OFFICIAL, tag, digest: '' }),
    why: 'It has no extensions and tells no schematic: the plain installer.',
  };
}

/** What a machine would lose by an image that was named; undefined for nothing that is known. */
export function lostBy(image: { readonly schematic: string | undefined }, make: MachineMake): string | undefined {
  const { schematic, extensions } = make;
  if (schematic !== undefined && image.schematic === schematic.id) return undefined;
  if (extensions.length === 0) return undefined;
  const names = extensions.map(({ name }) => name).join(', ');
  const of = image.schematic === undefined ? 'is of no schematic' : 'is of another schematic';
  return `The image ${of}: extensions that it does not have are gone after the upgrade (now: ${names}).`;
}
