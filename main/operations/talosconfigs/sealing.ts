import type { Seal } from '../../files/history.ts';
import type { Vault } from '../../credentials/vault.ts';
import { Secret } from '../../lib/secret.ts';

/** Encrypts old versions of files with the system's password store. */
function vaultSeal(vault: Vault): Seal {
  return {
    seal: (bytes) => vault.encrypt(new Secret(Buffer.from(bytes).toString('base64')), { toPlainStorage: false }),
    open: async (sealed) => {
      const { secret } = await vault.decrypt(Buffer.from(sealed));
      return Buffer.from(secret.reveal(), 'base64');
    },
  };
}

/** What {@link findSeal} found so far. */
export interface FoundSeal {
  /** Undefined where the system has no real password store, or it is locked; asking looks again for the next time. */
  readonly current: Seal | undefined;
  look(): Promise<void>;
}

/** Looks whether this system has a real password store: at first, and again while there is none, since it may be unlocked. */
export function findSeal(vault: Vault): FoundSeal {
  let found: Seal | undefined;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const isReal = await vault.isReallyEncrypted().catch(() => false); // A broken password store counts as none.
    if (isReal) found = vaultSeal(vault);
  };
  const lookOnce = (): Promise<void> =>
    (looking ??= look().finally(() => {
      looking = undefined;
    }));
  return {
    get current() {
      if (found === undefined) void lookOnce();
      return found;
    },
    look: lookOnce,
  };
}
