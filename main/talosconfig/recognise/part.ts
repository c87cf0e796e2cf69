import { Secret } from '../../lib/secret.ts';

/** How a talosconfig was wrapped. */
export type Wrapping =
  'gzip' | 'base64' | 'kubernetes-secret' | 'list' | 'documents' | 'markdown' | 'heredoc' | 'string' | 'output';

/** Something that is wrapped in a text and still to be looked at. */
export interface Part {
  /** What it is called there: of a Secret, an output, a document. */
  readonly name?: string;
  /** Its bytes. */
  readonly base64: Secret;
}

/** Parts of one text that are looked at; what is beyond is named. */
export const MAX_PARTS = 50;

/** A wrapped text; its bytes are held as a secret. */
export const partOf = (text: string, name?: string): Part => ({
  base64: new Secret(Buffer.from(text).toString('base64')),
  ...(name !== undefined && { name }),
});
