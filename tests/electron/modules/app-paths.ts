import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** `app.getPath` and `app.setPath`, with Linux's defaults. */
export class AppPaths {
  readonly #set = new Map<string, string>();
  readonly #appName: () => string;

  constructor(appName: () => string) {
    this.#appName = appName;
  }

  get(name: string): string {
    const path = this.#set.get(name) ?? this.#default(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  set(name: string, path: string): void {
    if (this.#default(name) === undefined) throw new Error(`Failed to set path: unknown name '${name}'`);
    this.#set.set(name, path);
  }

  #default(name: string): string | undefined {
    switch (name) {
      case 'home':
        return homedir();
      case 'temp':
        return tmpdir();
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
      case 'userData':
        return join(this.get('appData'), this.#appName());
      case 'sessionData':
      case 'crashDumps':
        return name === 'sessionData' ? this.get('userData') : join(this.get('userData'), 'Crashpad');
      case 'logs':
        return join(this.get('userData'), 'logs');
      case 'exe':
      case 'module':
        return process.execPath;
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(homedir(), name[0]?.toUpperCase() + name.slice(1));
      default:
        return undefined;
    }
  }
}
