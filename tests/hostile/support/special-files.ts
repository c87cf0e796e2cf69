import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';

/** What may stand where Minos expects a file of its own. */
export const SPECIAL_KINDS = ['dangling link', 'link to a file', 'link to itself', 'pipe', 'folder', 'socket'] as const;
export type SpecialKind = (typeof SPECIAL_KINDS)[number];

/** The word Minos has for each. */
export const wordFor = (kind: SpecialKind): string => (kind.includes('link') ? 'symbolic link' : kind);

/** Something that is no regular file, until it is disposed of. */
export class SpecialFile implements AsyncDisposable {
  readonly path: string;
  readonly #server: Server | undefined;
  /** What a link leads to; it must stay as it is. */
  readonly victim: string;

  private constructor(path: string, victim: string, server: Server | undefined) {
    this.path = path;
    this.victim = victim;
    this.#server = server;
  }

  static async make(kind: SpecialKind, path: string): Promise<SpecialFile> {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { recursive: true, force: true });
    const victim = `${path}.victim`;
    let server: Server | undefined;
    if (kind === 'folder') mkdirSync(path);
    else if (kind === 'pipe') spawnSync('mkfifo', ['-m', '600', path]);
    else if (kind === 'socket') {
      server = createServer();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.listen(path, resolve);
      await promise;
    } else {
      if (kind === 'link to a file') writeFileSync(victim, 'victim');
      symlinkSync(kind === 'link to itself' ? path : victim, path);
    }
    return new SpecialFile(path, victim, server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#server) this.#server.close(() => resolve());
    else resolve();
    await promise;
    rmSync(this.path, { recursive: true, force: true });
    rmSync(this.victim, { recursive: true, force: true });
  }
}
