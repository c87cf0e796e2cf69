import type { Settings, SettingsFile } from '../../files/settings.ts';
import { isKeptSource } from '../../files/own/settings-schema.ts';
import type { Log } from '../../lib/log.ts';
import type { KubeconfigMemory } from './source.ts';

type Kubeconfig = NonNullable<Settings['kubeconfig']>;

const NOTHING: Kubeconfig = { sources: [] };

/** What Minos remembers of kubeconfigs between sessions: the last target, and where clusters were fetched from. No keys. */
export class RememberedKubeconfigs {
  readonly #file: SettingsFile;
  readonly #log: Log;
  #current: Kubeconfig | undefined;

  constructor(file: SettingsFile, log: Log) {
    this.#file = file;
    this.#log = log;
  }

  /** Never rejects: settings that cannot be read are said so elsewhere, and nothing is remembered then. */
  async read(): Promise<Kubeconfig> {
    if (this.#current) return this.#current;
    try {
      this.#current = (await this.#file.read()).kubeconfig ?? NOTHING;
    } catch (error) {
      // Not kept: the next time they may be readable again.
      this.#log.write('info', 'the kubeconfig settings cannot be read', { error });
      return NOTHING;
    }
    return this.#current;
  }

  /** Remembers a fetch, where an older one of the same cluster is replaced; for this session only if it is not to last. */
  addSource(source: KubeconfigMemory, isLasting: boolean): Promise<void> {
    if (!isKeptSource(source)) {
      this.#log.write('info', 'where a kubeconfig comes from is not remembered: its names are too long');
      return Promise.resolve();
    }
    return this.#update(isLasting, (old) => ({
      ...old,
      sources: [
        ...old.sources.filter(({ server, context }) => server !== source.server || context !== source.context),
        { ...source, talosAuthorities: [...source.talosAuthorities], authorities: [...source.authorities] },
      ].slice(-MOST_SOURCES),
    }));
  }

  setTarget(target: string): Promise<void> {
    return this.#update(true, (old) => ({ ...old, target }));
  }

  /** A memory that cannot be written is kept for this session only: merging must not fail for it. */
  async #update(isLasting: boolean, change: (old: Kubeconfig) => Kubeconfig): Promise<void> {
    const known = await this.read();
    const wasRead = this.#current !== undefined;
    const next = change(known);
    if (JSON.stringify(next) === JSON.stringify(this.#current)) return;
    this.#current = next;
    if (!isLasting) return;
    try {
      const written = await this.#file.update((settings) => ({
        ...settings,
        kubeconfig: change(settings.kubeconfig ?? NOTHING),
      }));
      if (!wasRead) this.#current = written.kubeconfig;
    } catch (error) {
      this.#log.write('warn', 'the kubeconfig settings cannot be written', { error });
    }
  }
}

const MOST_SOURCES = 500;
