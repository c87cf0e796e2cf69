import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { MOST_DEED_MACHINES } from '../../../preload/contract/index.ts';
import { createOwnFile, expectOwnFolder, namesIn, readOwnFile } from '../../files/own/own-file.ts';
import type { Seal } from '../../files/history.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Secret } from '../../lib/secret.ts';

/** Whose config it was. */
const MACHINE = v.object({ node: v.string(), name: v.string(), uuid: v.optional(v.string()) });

const HEAD = v.object({
  id: v.pipe(v.string(), v.uuid()),
  /** Epoch milliseconds: when it was replaced. */
  atMs: v.number(),
  /** As `DeedPlace` says which cluster it is. */
  cluster: v.string(),
  machine: MACHINE,
  /** What replaced it, in the words of the deed. */
  what: v.string(),
  /** SHA-256 of the config that took its place. */
  replacedBy: v.string(),
});
const SEALED = v.object({ ...HEAD.entries, text: v.string() });

/** What is known of a config that was replaced, without its text. */
export type KeptHead = v.InferOutput<typeof HEAD>;

/** A config as it was before a deed replaced it. Holds its secrets. */
export interface KeptConfig extends KeptHead {
  readonly text: Secret;
}

/** What {@link KeptConfigs} need. */
export interface KeptConfigsOptions {
  /** A folder of our own, made when the first one is written. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Undefined where the system has no real keychain: then they are kept in memory only, they hold the keys of CAs. */
  readonly seal: () => Seal | undefined;
}

const KEEP_MS = 30 * 24 * 60 * 60_000;
/** All that one deed replaces have a way back. */
const MOST = MOST_DEED_MACHINES;
/** A config has 3 MB at most; as JSON, base64 and encrypted it has more. */
const MOST_BYTES = 24 * 1024 * 1024;
const NAME = /^([0-9a-f-]{36})\.sealed$/;

/** The configs that deeds replaced, to be put back: the last two hundred of a month, encrypted on the disk where that can be. */
export class KeptConfigs {
  readonly #options: KeptConfigsOptions;
  readonly #kept = new Map<string, KeptConfig>();
  #loaded: Promise<void> | undefined;

  constructor(options: KeptConfigsOptions) {
    this.#options = options;
  }

  /** Those of a machine, newest first. */
  async of(cluster: string, node: string): Promise<readonly KeptHead[]> {
    await this.#load();
    return [...this.#kept.values()]
      .filter((one) => one.cluster === cluster && one.machine.node === node)
      .sort((a, b) => b.atMs - a.atMs);
  }

  /** One of them; undefined for one that is not kept any more. */
  async find(id: string): Promise<KeptConfig | undefined> {
    await this.#load();
    return this.#kept.get(id);
  }

  /** Keeps one. Throws Failed when it could be kept encrypted and that fails: what has no way back is not replaced. */
  async keep(config: KeptConfig): Promise<void> {
    await this.#load();
    const seal = this.#options.seal();
    if (seal !== undefined) await this.#write(seal, config);
    this.#kept.set(config.id, config);
    await this.#expire();
  }

  /** Forgets one that nobody will put back. Never rejects. */
  async forget(id: string): Promise<void> {
    this.#kept.delete(id);
    await rm(this.#pathOf(id), { force: true }).catch((error: unknown) => {
      this.#options.log.write('warn', 'could not forget a machine config', { error });
    });
  }

  async #write(seal: Seal, { text, ...head }: KeptConfig): Promise<void> {
    const { folder } = this.#options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await expectOwnFolder(folder);
      const bytes = Buffer.from(JSON.stringify({ ...head, text: text.reveal() }));
      await createOwnFile(this.#pathOf(head.id), await seal.seal(bytes));
    } catch (error) {
      await this.forget(head.id);
      throw new Failed(
        {
          code: 'file-access',
          message: 'The config as it is now could not be kept, so that there would be no way back.',
          where: { file: folder },
          retry: 'safe',
        },
        error,
      );
    }
  }

  /** Reads what earlier sessions kept, once a keychain can open it. Never rejects. */
  #load(): Promise<void> {
    const seal = this.#options.seal();
    if (seal === undefined) return Promise.resolve();
    return (this.#loaded ??= this.#read(seal));
  }

  async #read(seal: Seal): Promise<void> {
    const { folder, log } = this.#options;
    try {
      await expectOwnFolder(folder);
      for (const name of (await namesIn(folder)).slice(0, 2 * MOST)) {
        const [, id] = NAME.exec(name) ?? [];
        if (id === undefined || this.#kept.has(id)) continue;
        // One that is broken costs nobody the others.
        await this.#readOne(seal, id).catch((error: unknown) => {
          log.write('warn', 'could not read a machine config that was kept', { error });
        });
      }
    } catch (error) {
      log.write('warn', 'could not read the machine configs that were kept', { error });
    }
    await this.#expire();
  }

  async #readOne(seal: Seal, id: string): Promise<void> {
    const bytes = await seal.open(await readOwnFile(this.#pathOf(id), MOST_BYTES));
    const read = v.safeParse(SEALED, JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (!read.success || read.output.id !== id) return;
    const { text, ...head } = read.output;
    this.#kept.set(id, { ...head, text: new Secret(text) });
  }

  async #expire(): Promise<void> {
    const oldestMs = this.#options.clock.now() - KEEP_MS;
    const newest = [...this.#kept.values()].sort((a, b) => b.atMs - a.atMs);
    for (const [at, { id, atMs }] of newest.entries()) if (at >= MOST || atMs < oldestMs) await this.forget(id);
  }

  #pathOf(id: string): string {
    return join(this.#options.folder, `${id}.sealed`);
  }
}
