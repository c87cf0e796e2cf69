import type { Version } from '../../../talos/version.ts';
import { imageText, type ImageReference } from './image-reference.ts';
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

/** What speaks against an image that was named for a machine, a sentence each: above all what it may lose by it. */
export function lostBy({ path, schematic: other }: ImageReference, make: MachineMake): readonly string[] {
  const { schematic, extensions, isSecureBoot, platform } = make;
  const isPlain = extensions.length === 0 && (schematic === undefined || schematic.id === VANILLA);
  const isKept = schematic !== undefined && other === schematic.id;
  const of = other === undefined ? 'is of no schematic' : 'is of another schematic';
  const names = extensions.map(({ name }) => name).join(', ');
  const lost =
    names === ''
      ? 'what the machine was made with, such as kernel arguments, is gone after the upgrade.'
      : `extensions that it does not have are gone after the upgrade (now: ${names}).`;
  const madeFor = /(?:^|\/)([a-z0-9]+)-installer(?:-secureboot)?\/[0-9a-f]{64}$/.exec(path)?.[1] ?? platform;
  return [
    ...(isPlain || isKept ? [] : [`The image ${of}: ${lost}`]),
    ...(isSecureBoot && !path.includes('secureboot')
      ? ['It boots with SecureBoot, and the image is not called one that is signed for it: it may not start any more.']
      : []),
    ...(madeFor === platform ? [] : [`The image is made for ${madeFor}, and the machine is ${platform}.`]),
  ];
}
