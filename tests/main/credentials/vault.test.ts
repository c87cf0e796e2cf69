import { describe, expect, test } from 'vitest';
import { Vault, type VaultStorage } from '../../../main/credentials/vault.ts';
import { Secret } from '../../../main/lib/secret.ts';

type Backend = ReturnType<VaultStorage['getSelectedStorageBackend']>;

/** Behaves as safeStorage does: tags what it encrypts with the kind of its key, and refuses bytes that it did not write. */
class FakeSafeStorage implements VaultStorage {
  isAvailable = true;
  isLocked = false;
  backend: Backend = 'gnome_libsecret';
  /** `v10`: a constant key on Linux, the system's key elsewhere. */
  tag = 'v11';

  isAsyncEncryptionAvailable = async (): Promise<boolean> => this.isAvailable;
  getSelectedStorageBackend = (): Backend => this.backend;
  encryptStringAsync = async (text: string): Promise<Buffer> => {
    if (this.isLocked) throw new Error('Error while encrypting the text provided to safeStorage.');
    return Buffer.from(`${this.tag}${[...text].reverse().join('')}`);
  };
  decryptStringAsync = async (stored: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> => {
    const text = stored.toString();
    if (this.isLocked || !text.startsWith('v1')) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
    }
    return { result: [...text.slice(3)].reverse().join(''), shouldReEncrypt: !text.startsWith(this.tag) };
  };
}

describe('Vault', () => {
  test('gives back what it encrypted, as a secret', async () => {
    const vault = new Vault(new FakeSafeStorage(), 'linux');

    const stored = await vault.encrypt(new Secret('open sesame'), { toPlainStorage: false });
    const { secret, shouldReEncrypt } = await vault.decrypt(stored);

    expect(stored.toString()).not.toContain('open sesame');
    expect(secret.reveal()).toBe('open sesame');
    expect(String(secret)).toBe('[secret]');
    expect(shouldReEncrypt).toBe(false);
  });

  test.each<[NodeJS.Platform, Backend, boolean]>([
    ['linux', 'gnome_libsecret', true],
    ['linux', 'kwallet6', true],
    ['linux', 'basic_text', false],
    ['linux', 'unknown', false],
    ['darwin', 'unknown', true],
    ['win32', 'unknown', true],
  ])('on %s with %s says that it really encrypts: %s', async (platform, backend, expected) => {
    const storage = new FakeSafeStorage();
    storage.backend = backend;

    expect(await new Vault(storage, platform).isReallyEncrypted()).toBe(expected);
  });

  test('does not take the constant key of Linux for a password store, whatever the backend says', async () => {
    const storage = new FakeSafeStorage();
    storage.tag = 'v10';

    expect(await new Vault(storage, 'linux').isReallyEncrypted()).toBe(false);
    expect(await new Vault(storage, 'darwin').isReallyEncrypted()).toBe(true);
  });

  test('says that the store is locked, not that the secret is lost', async () => {
    const storage = new FakeSafeStorage();
    const vault = new Vault(storage, 'linux');
    const stored = await vault.encrypt(new Secret('x'), { toPlainStorage: false });
    storage.isLocked = true;

    await expect(vault.decrypt(stored)).rejects.toMatchObject({
      failure: { code: 'precondition', hint: 'Unlock it and try again. Nothing is lost.', retry: 'safe' },
    });

    storage.isLocked = false;
    expect((await vault.decrypt(stored)).secret.reveal()).toBe('x');
  });

  test('does not really encrypt where encryption is not available', async () => {
    const storage = new FakeSafeStorage();
    storage.isAvailable = false;

    expect(await new Vault(storage, 'darwin').isReallyEncrypted()).toBe(false);
  });

  test('refuses to store in the clear unless the user agreed', async () => {
    const storage = new FakeSafeStorage();
    storage.backend = 'basic_text';
    const vault = new Vault(storage, 'linux');

    await expect(vault.encrypt(new Secret('x'), { toPlainStorage: false })).rejects.toMatchObject({
      failure: { code: 'precondition' },
    });
    await expect(vault.encrypt(new Secret('x'), { toPlainStorage: true })).resolves.toBeInstanceOf(Buffer);
  });

  test('fails with a sentence over bytes it cannot read', async () => {
    await expect(new Vault(new FakeSafeStorage(), 'linux').decrypt(Buffer.from('junk'))).rejects.toMatchObject({
      failure: { code: 'file-invalid', message: 'A stored secret cannot be decrypted on this computer.' },
    });
  });

  test('passes on that the key of the system changed', async () => {
    const { shouldReEncrypt } = await new Vault(new FakeSafeStorage(), 'linux').decrypt(Buffer.from('v10x'));

    expect(shouldReEncrypt).toBe(true);
  });
});
