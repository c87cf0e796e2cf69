import type { SafeStorage } from 'electron';
import { Failed, type FailureParts } from '../lib/failed.ts';
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

  /**
   * False where it would only be obscured. On Linux without a password store the key is a constant, and Electron says all
   * the same that encryption is available; what was encrypted tells: its tag is `v10` then, `v11` with a real store.
   */
  async isReallyEncrypted(): Promise<boolean> {
    if (!(await this.#storage.isAsyncEncryptionAvailable())) return false;
    if (this.#platform !== 'linux') return true;
    if (['basic_text', 'unknown'].includes(this.#storage.getSelectedStorageBackend())) return false;
    return !hasConstantKey(await this.#storage.encryptStringAsync('probe'));
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

  /**
   * Fails with `precondition` while the password store is locked or not running (unlock it and try again), with
   * `file-invalid` when the bytes were not written here, or the system's key is gone.
   */
  async decrypt(stored: Buffer): Promise<VaultEntry> {
    try {
      const { result, shouldReEncrypt } = await this.#storage.decryptStringAsync(stored);
      return { secret: new Secret(result), shouldReEncrypt };
    } catch (cause) {
      throw new Failed((await this.#isLocked(stored)) ? LOCKED : UNREADABLE, cause);
    }
  }

  /** The store cannot be used now, so nothing is known of the bytes. */
  async #isLocked(stored: Buffer): Promise<boolean> {
    if (this.#platform === 'linux' && hasConstantKey(stored)) return false;
    return !(await this.isReallyEncrypted().catch(() => false));
  }
}

const hasConstantKey = (encrypted: Buffer): boolean => encrypted.subarray(0, 3).toString('latin1') === 'v10';

const LOCKED: FailureParts = {
  code: 'precondition',
  message: 'The password store of this computer is locked or not running, so the stored secret cannot be read now.',
  hint: 'Unlock it and try again. Nothing is lost.',
  retry: 'safe',
};

const UNREADABLE: FailureParts = {
  code: 'file-invalid',
  message: 'A stored secret cannot be decrypted on this computer.',
  hint: 'It was stored by another user or computer, or the password store was reset: enter it again.',
};
