/** A reference to an image, such as that of an installer. */
export interface ImageReference {
  /** `factory.talos.dev`, with a port where it has one. */
  readonly host: string;
  /** `metal-installer/376567…`. */
  readonly path: string;
  /** `v1.13.9`; empty for none. */
  readonly tag: string;
  /** `sha256:…`; empty for none. With one, the tag does not decide what is pulled. */
  readonly digest: string;
  /** The schematic of an image factory that it was made from. */
  readonly schematic: string | undefined;
}

const LONGEST = 512;
const REFERENCE =
  /^([a-z0-9][a-z0-9.-]*(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d{1,5})?)\/([a-z0-9]+(?:(?:[._]|__|-+|\/)[a-z0-9]+)*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Undefined for what is no reference with the name of its registry: a short one means other images on other machines. */
export function parseImage(text: string): ImageReference | undefined {
  if (text.length > LONGEST) return undefined;
  const [, host = '', path = '', tag = '', digest = ''] = REFERENCE.exec(text) ?? [];
  if (host === '' || !(/[.:]/.test(host) || host === 'localhost')) return undefined;
  const [, schematic] = /(?:^|\/)[a-z0-9-]*installer[a-z0-9-]*\/([0-9a-f]{64})$/.exec(path) ?? [];
  return { host, path, tag, digest, schematic };
}

/** `HOST/PATH:TAG`, with the digest where there is one. */
export const imageText = ({ host, path, tag, digest }: Omit<ImageReference, 'schematic'>): string =>
  `${host}/${path}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
