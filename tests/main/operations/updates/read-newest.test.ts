import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import { readNewest, versionFileName } from '../../../../main/operations/updates/read-newest.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { rejectionOf, startUpdateServer, type UpdateServer } from '../../../fakes/update-server.ts';

let server: UpdateServer;
beforeAll(async () => {
  server = await startUpdateServer();
});
afterAll(() => server.close());

const NEVER = new AbortController().signal;
const read = (clock = systemClock, signal = NEVER, folder = server.folder) =>
  readNewest({ name: 'latest.yml', folder }, { ask: server.ask, clock }, signal);

describe('which version is the newest', () => {
  it.each<[NodeJS.Platform, string, string]>([
    ['win32', 'x64', 'latest.yml'],
    ['darwin', 'arm64', 'latest-mac.yml'],
    ['linux', 'x64', 'latest-linux.yml'],
    ['linux', 'arm64', 'latest-linux-arm64.yml'],
  ])('stands on %s %s in %s', (platform, arch, name) => {
    expect(versionFileName(platform, arch)).toBe(name);
  });

  it('is read from the folder, and nothing of this computer is sent', async () => {
    server.serve('latest.yml', 'version: 1.2.0\n');

    expect(await read()).toEqual({ version: '1.2.0', packages: [] });
    const { path, headers } = server.asked.at(-1) ?? { headers: {} };
    expect(path).toBe('/minos/latest.yml');
    expect(Object.keys(headers).sort()).toEqual(['connection', 'host']);
  });

  it('is not known when the address sends elsewhere: nobody goes there', async () => {
    server.serve('latest.yml', (response) =>
      response.writeHead(302, { location: `${server.folder}elsewhere.yml` }).end('version: 9.0.0'),
    );
    const before = server.asked.length;

    expect(await rejectionOf(read())).toMatchObject({
      code: 'untrusted',
      message: expect.stringContaining('sends elsewhere') as string,
    });
    expect(server.asked.slice(before).map(({ path }) => path)).toEqual(['/minos/latest.yml']);
  });

  it.each([
    [404, 'not-found'],
    [500, 'unreachable'],
    [204, 'unreachable'],
  ])('is not known when the server answers %i', async (status, code) => {
    server.serve('latest.yml', (response) => response.writeHead(status).end());

    expect(await rejectionOf(read())).toMatchObject({
      code,
      message: expect.stringContaining(String(status)) as string,
    });
  });

  it('is not known from an endless file, which is read no further than its bound', async () => {
    let sentBytes = 0;
    server.serve('latest.yml', (response) => {
      const more = (): void => {
        while (!response.destroyed) {
          sentBytes += 16_384;
          if (!response.write(`# ${'x'.repeat(16_382)}`)) break;
        }
      };
      response.on('drain', more);
      more();
    });

    expect(await rejectionOf(read())).toMatchObject({ code: 'too-large' });
    expect(sentBytes).toBeLessThan(20_000_000);
  });

  it('is not known from a server that says nothing for 30 s', async () => {
    const clock = new FakeClock();
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    server.serve('latest.yml', () => {
      arrived();
    });
    const reading = rejectionOf(read(clock));
    await asked;

    clock.advance(30_000);

    expect(await reading).toMatchObject({ code: 'timeout', message: expect.stringContaining('within 30 s') as string });
    expect(clock.active).toBe(0);
  });

  it('is not known where nobody listens, and the sentence names the host and no error of a library', async () => {
    const said = await rejectionOf(read(systemClock, NEVER, 'https://127.0.0.1:1/'));

    expect(said).toMatchObject({ code: 'unreachable', hint: expect.stringContaining('not known whether') as string });
    expect(said?.message).toBe('127.0.0.1:1, where newer versions of Minos are published, could not be reached.');
    expect(said?.details).toBeUndefined();
  });

  it('is asked no further when Minos ends', async () => {
    const ending = new AbortController();
    server.serve('latest.yml', () => {
      ending.abort();
    });

    expect(await rejectionOf(read(systemClock, ending.signal))).toMatchObject({ code: 'cancelled' });
  });
});
