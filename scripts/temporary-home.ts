import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment of an app whose home is `home`: none of the user's files is found through it. */
export function homeEnvironment(home: string, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { TALOSCONFIG: _config, TALOS_HOME: _home, KUBECONFIG: _kube, ...rest } = base;
  return {
    ...rest,
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XAUTHORITY: base['XAUTHORITY'] ?? join(homedir(), '.Xauthority'),
  };
}

/** Electron's own data folder inside such a home; its name is the same on every system. */
export const userDataOf = (home: string): string => join(home, 'user-data');

export interface TemporaryHome {
  readonly path: string;
  /** Removes the folder and everything in it. */
  remove(): void;
}

/** An empty home for one run of the app. */
export function temporaryHome(): TemporaryHome {
  const path = mkdtempSync(join(tmpdir(), 'minos-home-'));
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
    },
  };
}
