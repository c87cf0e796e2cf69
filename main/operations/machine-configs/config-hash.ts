import { sha256Hex } from '../../files/fingerprint.ts';
import type { Secret } from '../../lib/secret.ts';

/** By what a config is known: SHA-256 of its bytes, hexadecimal. */
export const configHash = (config: Secret): string => sha256Hex(config.reveal());
