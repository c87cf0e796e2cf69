/**
 * The adapter with electron-updater itself, over https on loopback. Its Electron parts (`net`, `app`) are replaced by Node's; what it does
 * with a file, a checksum and a cancelled download is its own.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { newToken, newUpdater } from '../../../../main/app/updates/updater-library.ts';
import { LibraryPackages, type PackagesOptions } from '../../../../main/app/updates/packages.ts';
import { rejectionOf, startUpdateServer, type UpdateServer } from '../../../fakes/update-server.ts';

const BYTES = randomBytes(300_000);
const NEVER = new AbortController().signal;
const free = (): boolean => true;

let server: UpdateServer;
let folder: string;
beforeAll(async () => {
  server = await startUpdateServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-packages-'));
  await writeFile(
    join(folder, 'app-update.yml'),
    'provider: generic\nurl: https://example.org/\nupdaterCacheDirName: cache\n',
  );
});
afterEach(() => rm(folder, { recursive: true }));

const wantedOf = (name = 'minos-1.2.0-win-x64.exe', bytes = BYTES) => ({
  ...{ version: '1.2.0', name, folder: server.folder, sizeBytes: bytes.length },
  sha512: createHash('sha512').update(bytes).digest('base64'),
});

interface Downloading {
  readonly cancellationToken: ReturnType<typeof newToken>;
  readonly sha512: string;
  readonly headers: Record<string, string>;
  readonly onProgress: (progress: object) => void;
}

/** What Electron's `net` does for the library, by Node: no redirect is followed. */
const executor = {
  download: (url: URL, path: string, { cancellationToken, sha512, headers, onProgress }: Downloading) =>
    cancellationToken.createPromise<string>((resolve, reject, onCancel) => {
      const asking = request(url, { ca: server.ca, headers, agent: false }, (response) => {
        const hash = createHash('sha512');
        let transferred = 0;
        const counting = new Transform({
          transform(piece: Buffer, _encoding, done) {
            hash.update(piece);
            transferred += piece.length;
            onProgress({ transferred });
            done(null, piece);
          },
        });
        if (response.statusCode !== 200) reject(new Error(`Cannot download, status ${response.statusCode ?? 0}`));
        else {
          pipeline(response, counting, createWriteStream(path)).then(() => {
            const isRight = hash.digest('base64') === sha512;
            if (isRight) resolve(path);
            else reject(Object.assign(new Error('sha512 checksum mismatch'), { code: 'ERR_CHECKSUM_MISMATCH' }));
          }, reject);
        }
      });
      asking.on('error', reject).end();
      onCancel(() => asking.destroy());
    }),
};

function packagesOf(options: Partial<PackagesOptions> = {}) {
  const app: AppAdapter = {
    ...{ version: '1.1.0', name: 'minos', isPackaged: true, userDataPath: join(folder, 'user') },
    ...{ appUpdateConfigPath: join(folder, 'app-update.yml'), baseCachePath: folder },
    ...{ whenReady: () => Promise.resolve(), quit: vi.fn(), relaunch: vi.fn(), onQuit: vi.fn() },
  };
  const updater = newUpdater('win32', app);
  const quitAndInstall = vi.fn();
  Object.assign(updater, { httpExecutor: executor, quitAndInstall });
  const packages = new LibraryPackages(
    { newUpdater: () => updater, newToken },
    { platform: 'win32', log: silentLog, ...options },
  );
  return { packages, updater, quitAndInstall, app };
}

/** Everything that lies where the library keeps packages. */
const kept = async (): Promise<readonly string[]> =>
  existsSync(join(folder, 'cache', 'pending')) ? readdir(join(folder, 'cache', 'pending')) : [];

describe('a package', () => {
  it('is fetched from its folder with progress, looked at, and installed without a word; no id of this computer is made or sent', async () => {
    server.serve('minos-1.2.0-win-x64.exe', BYTES);
    const signed: string[] = [];
    const onEnding = vi.fn();
    const { packages, updater, quitAndInstall } = packagesOf({
      onEnding,
      expectSigned: (path) => {
        signed.push(path);
        return Promise.resolve();
      },
    });
    const progress: number[] = [];
    const before = server.asked.length;

    await packages.fetch(wantedOf(), (done) => progress.push(done), NEVER);
    expect(onEnding).not.toHaveBeenCalled();
    void packages.install(free);

    await vi.waitFor(() => expect(quitAndInstall).toHaveBeenCalledWith(true, true));
    expect(onEnding).toHaveBeenCalledBefore(quitAndInstall);
    expect(progress.at(-1)).toBe(BYTES.length);
    expect(signed).toHaveLength(2);
    expect(server.asked.slice(before).map(({ path }) => path)).toEqual(['/minos/minos-1.2.0-win-x64.exe']);
    expect(server.asked.at(-1)?.headers).toMatchObject({ 'user-agent': 'Minos' });
    expect(Object.keys(server.asked.at(-1)?.headers ?? {}).join()).not.toMatch(/id|cookie|auth/);
    expect(existsSync(join(folder, 'user', '.updaterId'))).toBe(false);
    expect(updater).toMatchObject({
      ...{ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false, allowPrerelease: false },
      ...{ disableWebInstaller: true, disableDifferentialDownload: true },
    });
  });

  it('that is not what was shown is refused and thrown away', async () => {
    server.serve('minos-1.2.0-win-x64.exe', Buffer.concat([BYTES.subarray(1), Buffer.from('x')]));
    const { packages, quitAndInstall } = packagesOf();

    expect(await rejectionOf(packages.fetch(wantedOf(), () => undefined, NEVER))).toMatchObject({
      code: 'file-invalid',
    });

    expect(await rejectionOf(packages.install(free))).toMatchObject({ code: 'file-invalid' });
    expect(quitAndInstall).not.toHaveBeenCalled();
    expect((await kept()).filter((name) => name.endsWith('.exe'))).toEqual([]);
  });

  it('that goes on beyond its size is left at once', async () => {
    let sentBytes = 0;
    server.serve('minos-1.2.0-win-x64.exe', (response) => {
      const more = (): void => {
        while (!response.destroyed && (sentBytes += 65_536) && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const { packages } = packagesOf();

    const said = await rejectionOf(packages.fetch(wantedOf(), () => undefined, NEVER));

    expect(said).toMatchObject({ code: 'file-invalid' });
    expect(sentBytes).toBeLessThan(50_000_000);
  });

  it('that the publisher did not sign is refused and thrown away, though the library took it', async () => {
    server.serve('minos-1.2.0-win-x64.exe', BYTES);
    const { packages, quitAndInstall } = packagesOf({
      expectSigned: () => Promise.reject(new Failed({ code: 'untrusted', message: 'Somebody else signed it.' })),
    });

    expect(await rejectionOf(packages.fetch(wantedOf(), () => undefined, NEVER))).toMatchObject({ code: 'untrusted' });

    expect((await kept()).filter((name) => name.endsWith('.exe'))).toEqual([]);
    expect(await rejectionOf(packages.install(free))).toMatchObject({ code: 'file-invalid' });
    expect(quitAndInstall).not.toHaveBeenCalled();
  });

  it('that was changed on the disk after it was fetched is not installed', async () => {
    server.serve('minos-1.2.0-win-x64.exe', BYTES);
    const { packages, quitAndInstall } = packagesOf();
    await packages.fetch(wantedOf(), () => undefined, NEVER);
    await writeFile(join(folder, 'cache', 'pending', 'minos-1.2.0-win-x64.exe'), BYTES.subarray(1));

    expect(await rejectionOf(packages.install(free))).toMatchObject({ code: 'file-invalid' });
    expect(quitAndInstall).not.toHaveBeenCalled();
  });

  it('is not installed when something has begun while it was looked at', async () => {
    server.serve('minos-1.2.0-win-x64.exe', BYTES);
    const { packages, quitAndInstall } = packagesOf();
    await packages.fetch(wantedOf(), () => undefined, NEVER);

    expect(await rejectionOf(packages.install(() => false))).toMatchObject({ code: 'precondition' });
    expect(quitAndInstall).not.toHaveBeenCalled();
    void packages.install(free);
    await vi.waitFor(() => expect(quitAndInstall).toHaveBeenCalledOnce());
  });

  it('that the user no longer wants is left, and can be fetched anew', async () => {
    const { packages } = packagesOf();
    const ending = new AbortController();
    server.serve('minos-1.2.0-win-x64.exe', (response) => {
      response.write(BYTES.subarray(0, 1000));
    });

    const fetching = rejectionOf(packages.fetch(wantedOf(), () => ending.abort(), ending.signal));

    expect(await fetching).toMatchObject({ code: 'cancelled' });
    server.serve('minos-1.2.0-win-x64.exe', BYTES);
    await packages.fetch(wantedOf(), () => undefined, NEVER);
  });

  it.each<[string, (server: UpdateServer) => void]>([
    ['that is not there', (at) => at.serve('minos-1.2.0-win-x64.exe', (response) => response.writeHead(404).end())],
    [
      'for which the server sends elsewhere',
      (at) =>
        at.serve('minos-1.2.0-win-x64.exe', (response) =>
          response.writeHead(302, { location: 'https://evil.example/' }).end(),
        ),
    ],
    ['whose connection breaks', (at) => at.serve('minos-1.2.0-win-x64.exe', (response) => response.destroy())],
  ])('%s is a sentence, without a word of the library', async (_what, serve) => {
    serve(server);
    const { packages } = packagesOf();

    expect(await rejectionOf(packages.fetch(wantedOf(), () => undefined, NEVER))).toMatchObject({
      code: 'unreachable',
      message: 'The update could not be fetched: the connection failed, or its server refused.',
    });
  });

  it('that the system does not take is told, and Minos goes on', async () => {
    server.serve('minos-1.2.0-win-x64.exe', BYTES);
    const onStaying = vi.fn();
    const { packages, updater, quitAndInstall } = packagesOf({ onStaying });
    await packages.fetch(wantedOf(), () => undefined, NEVER);
    quitAndInstall.mockImplementation(() => {
      (updater as unknown as NodeJS.EventEmitter).emit('error', new Error('Code signature did not pass validation'));
    });

    expect(await rejectionOf(packages.install(free))).toMatchObject({
      code: 'untrusted',
      message: expect.stringContaining('The system did not take the new version') as string,
    });
    expect(onStaying).toHaveBeenCalledOnce();
  });
});
