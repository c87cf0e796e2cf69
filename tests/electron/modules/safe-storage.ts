import type { SafeStorage } from 'electron';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { runtime } from './runtime.ts';

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

/** What a desktop without a keychain has: a backend that does not protect anything. */
const BACKEND = (process.env['ELECTRON_STAND_IN_KEYCHAIN'] ?? 'basic_text') as Backend;
const KEY = createHash('sha256').update('peanuts').digest();
/** As on Linux: `v10` is a constant key, `v11` one of the keychain. */
const PREFIX = Buffer.from(BACKEND === 'basic_text' ? 'v10' : 'v11');

const encrypt = (text: string): Buffer => {
  if (!runtime.ready) throw new Error('safeStorage cannot be used before app is ready');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', KEY, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([PREFIX, iv, cipher.getAuthTag(), sealed]);
};

const decrypt = (sealed: Buffer): string => {
  const refuse = (cause?: unknown): never => {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.', { cause });
  };
  if (!sealed.subarray(0, 3).equals(PREFIX)) return refuse();
  try {
    const opener = createDecipheriv('aes-256-gcm', KEY, sealed.subarray(3, 15));
    opener.setAuthTag(sealed.subarray(15, 31));
    return Buffer.concat([opener.update(sealed.subarray(31)), opener.final()]).toString('utf8');
  } catch (error) {
    return refuse(error);
  }
};

/**
 * `safeStorage` of a Linux desktop without a keychain: the key is a constant and nothing is protected, yet encryption is
 * said to be available, as Electron says. ELECTRON_STAND_IN_KEYCHAIN=gnome_libsecret pretends that there is one.
 */
export const safeStorage = {
  isEncryptionAvailable: () => runtime.ready,
  getSelectedStorageBackend: () => BACKEND,
  setUsePlainTextEncryption: (): void => {
    // Only of use where the desktop is not recognised; what is encrypted looks the same.
  },
  encryptString: encrypt,
  decryptString: decrypt,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => runtime.ready,
  encryptStringAsync: async (text: string): Promise<Buffer> => encrypt(text),
  decryptStringAsync: async (sealed: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> => ({
    shouldReEncrypt: false,
    result: decrypt(sealed),
  }),
} satisfies SafeStorage;
