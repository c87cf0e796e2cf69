import type { Problem } from '../../preload/contract/index.ts';

/** The three fields of a talosconfig context that hold base64 of PEM. */
export type PemField = 'ca' | 'crt' | 'key';

/** One block of a PEM text. */
export interface PemBlock {
  /** Such as `CERTIFICATE` or `ED25519 PRIVATE KEY`. */
  readonly label: string;
  /** The block with its BEGIN and END lines. */
  readonly pem: string;
}

/** PEM blocks of a field, or why there are none. */
export type FieldReading = { readonly blocks: readonly PemBlock[] } | { readonly problem: Problem };

/** The body stops at the next dashes whatever follows, so that nonsense is read in linear time. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,64})-----(?:(?!-----)[\s\S])*-----END \1-----/g;

/** Splits a PEM text into its blocks; text between blocks is ignored, as everywhere. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(BLOCK)].map((match) => ({ label: match[1] ?? '', pem: `${match[0]}\n` }));
}

/**
 * Talos labels PKCS#8 bytes `ED25519 PRIVATE KEY`, which Node and Electron refuse; under `PRIVATE KEY` they read them.
 * RSA and EC labels stand for other formats and are kept.
 */
export function relabelKey(block: PemBlock): string {
  return block.label === 'ED25519 PRIVATE KEY' ? block.pem.replaceAll('ED25519 PRIVATE KEY', 'PRIVATE KEY') : block.pem;
}

const HINT = 'Copy the context again from the talosconfig it came from, or take the talosconfig from a backup.';

/** Reads one field. Go's rules: standard alphabet, padded, line breaks ignored. The problem never quotes the field. */
export function readPemField(field: PemField, value: string): FieldReading {
  if (value.trimStart().startsWith('-----BEGIN ')) {
    const message = `${field} holds PEM text where base64 of it is expected.`;
    return { problem: { severity: 'error', message, hint: `Encode it: base64 -w0 < ${field}.pem`, field } };
  }
  const flaw = base64Flaw(value);
  if (flaw !== undefined) {
    return { problem: { severity: 'error', message: `${field} is not base64: ${flaw}.`, hint: HINT, field } };
  }
  const blocks = pemBlocks(Buffer.from(value, 'base64').toString('latin1'));
  if (blocks.length > 0) return { blocks };
  const message = `${field} is base64, but what it holds is not PEM: no complete BEGIN and END lines.`;
  return { problem: { severity: 'error', message, hint: HINT, field } };
}

/** What is wrong with base64 text, or undefined. Says where, never what stands there: it may be a key. */
function base64Flaw(value: string): string | undefined {
  const foreign = value.search(/[^A-Za-z0-9+/=\r\n]/);
  if (foreign >= 0) {
    const what = /[-_]/.test(value.charAt(foreign)) ? 'belongs to the URL variant' : 'does not belong there';
    return `character ${foreign + 1} of ${value.length} ${what}`;
  }
  const text = value.replaceAll(/[\r\n]/g, '');
  if (!/^[^=]*={0,2}$/.test(text)) return 'padding (=) stands before the end';
  if (text.length % 4 !== 0) return `it is cut off: ${text.length} characters, which is not a multiple of four`;
  return undefined;
}
