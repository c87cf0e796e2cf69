import type { SafeStorage } from 'electron';
import { Failed } from '../lib/failed.ts';
import { Secret } from '../lib/secret.ts';

/** The part of Electron's safeStorage that is used: the asynchronous one, since the other is deprecated. */
export type VaultStorage = Pick<
  SafeStorage,
  'encryptStringAsync' | 'decryptStringAsync' | 'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend'
>;

/** A secret that was read back. */
export interface VaultEntry {
  readonly secret: Secret;
  /** The system's key changed: encrypt it again and store that. */
  readonly shouldReEncrypt: boolean;
}

/**
 * Encrypts secrets with the password store of the system, for keeping them in files of ours. The only user of safeStorage,
 * which is passed in by main/index.ts once the app is ready, so that tests need no Electron.
 */
export class Vault {
  readonly #storage: VaultStorage;
  readonly #platform: NodeJS.Platform;

  constructor(storage: VaultStorage, platform: NodeJS.Platform = process.platform) {
    this.#storage = storage;
    this.#platform = platform;
  }

  /** False where it would only be obscured: on Linux without a password store the key is a constant (`basic_text`). */
  async isReallyEncrypted(): Promise<boolean> {
    if (!(await this.#storage.isAsyncEncryptionAvailable())) return false;
    return this.#platform !== 'linux' || !['basic_text', 'unknown'].includes(this.#storage.getSelectedStorageBackend());
  }

  /** Refuses (`precondition`) where {@link isReallyEncrypted} is false, unless the user agreed to plain storage. */
  async encrypt(secret: Secret, consent: { readonly toPlainStorage: boolean }): Promise<Buffer> {
    if (!consent.toPlainStorage && !(await this.isReallyEncrypted())) {
      throw new Failed({
        code: 'precondition',
        message:
          'This computer has no password store, so the secret would be stored readable for everyone with the file.',
        hint: 'Set up a keyring (GNOME Keyring or KWallet), or agree to storing it unencrypted.',
      });
    }
    return this.#storage.encryptStringAsync(secret.reveal());
  }

  /** Fails with `file-invalid` when the bytes were not written here, or the system's key is gone. */
  async decrypt(stored: Buffer): Promise<VaultEntry> {
    try {
      const { result, shouldReEncrypt } = await this.#storage.decryptStringAsync(stored);
      return { secret: new Secret(result), shouldReEncrypt };
    } catch (cause) {
      throw new Failed(
        {
          code: 'file-invalid',
          message: 'A stored secret cannot be decrypted on this computer.',
          hint: 'It was stored by another user or computer, or the password store was reset: enter it again.',
        },
        cause,
      );
    }
  }
}
