import type { SafeStorage } from 'electron';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

/** What a desktop without a keychain has: a backend that does not protect anything. */
const BACKEND = (process.env['ELECTRON_STAND_IN_KEYCHAIN'] ?? 'basic_text') as Backend;
const KEY = createHash('sha256').update('peanuts').digest();
const PREFIX = Buffer.from('v10');

let plainTextAllowed = false;

const isAvailable = (): boolean => BACKEND !== 'basic_text' || plainTextAllowed;

const encrypt = (text: string): Buffer => {
  if (!isAvailable())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', KEY, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([PREFIX, iv, cipher.getAuthTag(), sealed]);
};

const decrypt = (sealed: Buffer): string => {
  const refuse = (cause?: unknown): never => {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.', { cause });
  };
  if (!isAvailable() || !sealed.subarray(0, 3).equals(PREFIX)) return refuse();
  try {
    const opener = createDecipheriv('aes-256-gcm', KEY, sealed.subarray(3, 15));
    opener.setAuthTag(sealed.subarray(15, 31));
    return Buffer.concat([opener.update(sealed.subarray(31)), opener.final()]).toString('utf8');
  } catch (error) {
    return refuse(error);
  }
};

/**
 * `safeStorage` of a Linux desktop without a keychain: the key is a constant, nothing is protected, and
 * `isEncryptionAvailable` says so. ELECTRON_STAND_IN_KEYCHAIN=gnome_libsecret pretends that there is one.
 */
export const safeStorage = {
  isEncryptionAvailable: isAvailable,
  getSelectedStorageBackend: () => BACKEND,
  setUsePlainTextEncryption: (allowed: boolean): void => {
    plainTextAllowed = allowed;
  },
  encryptString: encrypt,
  decryptString: decrypt,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => isAvailable(),
  encryptStringAsync: async (text: string): Promise<Buffer> => encrypt(text),
  decryptStringAsync: async (sealed: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> => ({
    shouldReEncrypt: false,
    result: decrypt(sealed),
  }),
} satisfies SafeStorage;
