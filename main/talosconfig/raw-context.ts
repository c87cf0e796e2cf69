import type { Problem } from '../../preload/contract/index.ts';
import type { Secret } from '../lib/secret.ts';

/** Credentials other than the client certificate. */
export interface RawAuth {
  readonly basic?: { readonly username: string; readonly password: Secret };
  readonly siderov1?: { readonly identity: string };
}

/** One context as written in the file. Nothing is decoded; `problems` says what is wrong with its shape. */
export interface RawContext {
  /** Spelled as in the file. Unique within a file. */
  readonly name: string;
  /** 1-based line of the name. */
  readonly line: number;
  /** As written; a legacy `target` is appended at the end. */
  readonly endpoints: readonly string[];
  readonly nodes: readonly string[];
  /** Base64 of PEM, as written (not checked). */
  readonly ca?: Secret;
  readonly crt?: Secret;
  readonly key?: Secret;
  /** Sent as metadata `context`. */
  readonly cluster?: string;
  readonly proxyUrl?: string;
  readonly auth: RawAuth;
  /** Fields Minos does not know; kept in the file by every edit. */
  readonly unknownFields: readonly string[];
  readonly problems: readonly Problem[];
  /** How talosctl takes this context when that is not as Minos does. */
  readonly talosctl?: TalosctlTakes;
}

/** It leaves the context out, refuses the whole file because of it, or crashes on it. */
export type TalosctlTakes = 'drops' | 'refuses' | 'crashes';

/** True when the context's shape is wrong, so that talosctl would refuse or misread it. */
export const isBroken = (context: RawContext): boolean => context.problems.some((p) => p.severity === 'error');
