import type { Seal } from '../../config/history.ts';
import type { Vault } from '../../credentials/vault.ts';
import { Secret } from '../../lib/secret.ts';

/** Encrypts old versions of files with the system's password store. */
export function vaultSeal(vault: Vault): Seal {
  return {
    seal: (bytes) => vault.encrypt(new Secret(Buffer.from(bytes).toString('base64')), { toPlainStorage: false }),
    open: async (sealed) => {
      const { secret } = await vault.decrypt(Buffer.from(sealed));
      return Buffer.from(secret.reveal(), 'base64');
    },
  };
}

/** Looks once whether this system has a real password store; until then, and where it has none, there is no seal. */
export function findSeal(vault: Vault): { readonly current: Seal | undefined; look(): Promise<void> } {
  let found: Seal | undefined;
  return {
    get current() {
      return found;
    },
    look: async () => {
      const isReal = await vault.isReallyEncrypted().catch(() => false); // A broken password store counts as none.
      if (isReal) found = vaultSeal(vault);
    },
  };
}
