import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryHome {
  readonly env: NodeJS.ProcessEnv;
  readonly userData: string;
  /** Removes the folder and everything in it. */
  remove(): void;
}

/** A home of its own for one run of the app, so that no file of the user's is read or written. */
export function temporaryHome(base: NodeJS.ProcessEnv = process.env): TemporaryHome {
  const home = mkdtempSync(join(tmpdir(), 'minos-home-'));
  const { TALOSCONFIG: _config, TALOS_HOME: _home, KUBECONFIG: _kube, ...rest } = base;
  const env = {
    ...rest,
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XAUTHORITY: base['XAUTHORITY'] ?? join(homedir(), '.Xauthority'),
  };
  return {
    env,
    userData: join(home, 'user-data'),
    remove() {
      rmSync(home, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
    },
  };
}
