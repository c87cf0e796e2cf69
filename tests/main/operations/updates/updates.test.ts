import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { Value } from '../../../../main/lib/observable.ts';
import { busyWith } from '../../../../main/operations/updates/busy.ts';
import { Looked } from '../../../../main/operations/updates/looked.ts';
import type { Packages } from '../../../../main/operations/updates/packages.ts';
import { Updates, type UpdatesOptions } from '../../../../main/operations/updates/updates.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const DAY_MS = 24 * 60 * 60_000;
const SUM = `${'A'.repeat(86)}==`;
const RELEASE = { publisher: ['Example'], url: 'https://example.org/minos/', page: 'https://example.org/get' };
const packageOf = (version: string): string =>
  `version: ${version}\nfiles:\n  - url: minos-${version}-win-x64.exe\n    sha512: ${SUM}\n    size: 100\n`;

let folder: string;
let clock: FakeClock;
let open: Updates | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-updates-'));
  clock = new FakeClock();
});
afterEach(async () => {
  open?.close();
  await rm(folder, { recursive: true });
});

/** What the packages are told to do. */
class FakePackages implements Packages {
  readonly fetched: string[] = [];
  installs = 0;
  fetch = vi.fn<Packages['fetch']>((wanted, onProgress) => {
    this.fetched.push(`${wanted.folder}${wanted.name} ${wanted.version}`);
    onProgress(50);
    return Promise.resolve();
  });
  install = vi.fn<Packages['install']>(() => {
    this.installs += 1;
    return new Promise(() => undefined);
  });
}

function updatesOf(options: Partial<UpdatesOptions> = {}) {
  const asked: string[] = [];
  const questions: string[] = [];
  const pages: string[] = [];
  const packages = new FakePackages();
  const load = vi.fn(() => Promise.resolve(packages));
  const served = { text: packageOf('1.2.0') };
  const chosen = new Value({ isLookingForUpdates: false });
  const updates = new Updates({
    ...{ release: RELEASE, isPackaged: true, platform: 'win32', arch: 'x64', version: '1.1.0' },
    askHttps: (name, from) => {
      asked.push(`${from}${name}`);
      return Promise.resolve({ status: 200, body: piecesOf(served.text) });
    },
    packages: load,
    showPage: (url) => {
      pages.push(url);
      return Promise.resolve();
    },
    looked: new Looked(join(folder, 'updates.json'), silentLog),
    busyWith: () => undefined,
    ask: ({ title }) => {
      questions.push(title);
      return Promise.resolve();
    },
    ...{ chosen, clock, log: silentLog },
    ...options,
  });
  open = updates;
  return { updates, asked, questions, pages, packages, load, served, chosen };
}

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const again = (): void => {
  clock.advance(10_000);
};

describe('a build that names no publisher, and one from source', () => {
  it.each<[string, Partial<UpdatesOptions>, string]>([
    ['no publisher', { release: undefined }, 'unnamed'],
    ['from source, though a publisher is named', { isPackaged: false }, 'source'],
  ])('asks nobody, however it is told to: %s', async (_what, options, way) => {
    const { updates, asked, load, pages, chosen } = updatesOf(options);
    chosen.set({ isLookingForUpdates: true });
    updates.start();
    clock.advance(3 * DAY_MS);

    for (const wish of [
      () => updates.look(),
      () => updates.fetch(),
      () => updates.install(),
      () => updates.showPage(),
    ]) {
      await expect(wish()).rejects.toThrow(Failed);
    }

    expect(updates.state.current).toEqual({ way, isLooking: false });
    expect([asked, load.mock.calls, pages, clock.active]).toEqual([[], [], [], 0]);
  });
});

describe('looking for a newer version', () => {
  it('is done when the user says so, tells what there is, and fetches nothing', async () => {
    const { updates, asked, load } = updatesOf();

    await updates.look();

    expect(updates.state.current).toEqual({
      ...{ way: 'install', isLooking: false, from: { publisher: ['Example'], host: 'example.org' } },
      ...{ lookedAtMs: clock.now(), newest: '1.2.0', offered: { version: '1.2.0', sizeBytes: 100 } },
    });
    expect(asked).toEqual(['https://example.org/minos/latest.yml']);
    expect(load).not.toHaveBeenCalled();
  });

  it('offers no older and no equal version, and says which one there is', async () => {
    const { updates, served } = updatesOf();
    for (const version of ['1.1.0', '1.0.9', '0.99.99']) {
      served.text = packageOf(version);
      again();
      await updates.look();
      expect(updates.state.current).toMatchObject({ newest: version });
      expect(updates.state.current.offered).toBeUndefined();
    }
  });

  it('offers a release to who has its pre-release', async () => {
    const { updates } = updatesOf({ version: '1.2.0-rc.1' });

    await updates.look();

    expect(updates.state.current.offered?.version).toBe('1.2.0');
  });

  it('that failed says why, and what was learned before stays as old as it is', async () => {
    const { updates, served } = updatesOf();
    await updates.look();
    const learnedAtMs = clock.now();
    served.text = '<html>';
    again();

    await updates.look();

    expect(updates.state.current).toMatchObject({
      ...{ lookedAtMs: learnedAtMs, newest: '1.2.0', offered: { version: '1.2.0' } },
      failure: { code: 'file-invalid' },
    });
  });

  it('is one question for all who want it at once, and for the next seconds', async () => {
    const { updates, asked } = updatesOf();

    await Promise.all([updates.look(), updates.look()]);
    await updates.look();
    expect(asked).toHaveLength(1);

    again();
    await updates.look();
    expect(asked).toHaveLength(2);
  });
});

describe('looking once a day', () => {
  const settle = (): Promise<unknown> => vi.waitFor(() => readFile(join(folder, 'updates.json'), 'utf8'));

  it('is off until the user wants it', async () => {
    const { updates, asked, chosen } = updatesOf();
    updates.start();
    clock.advance(5 * DAY_MS);
    expect(asked).toEqual([]);

    chosen.set({ isLookingForUpdates: true });
    clock.advance(20 * 60_000);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
  });

  it('is once a day over restarts too, also when nobody answered', async () => {
    const first = updatesOf({ askHttps: () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED')) });
    first.chosen.set({ isLookingForUpdates: true });
    first.updates.start();
    clock.advance(20 * 60_000);
    await settle();
    await vi.waitFor(() => expect(first.updates.state.current.failure?.code).toBe('unreachable'));
    first.updates.close();

    const { updates, asked, chosen } = updatesOf();
    chosen.set({ isLookingForUpdates: true });
    updates.start();
    for (let hour = 0; hour < 22; hour += 1) {
      clock.advance(60 * 60_000);
      await new Promise(setImmediate);
    }
    expect(asked).toEqual([]);
    clock.advance(3 * 60 * 60_000);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
  });

  it.each(['{"lookedAtMs":9999999999999}', '{"lookedAtMs":-1}', 'broken'])(
    'does not wait for years after a file that says %s',
    async (text) => {
      await writeFile(join(folder, 'updates.json'), text);
      const { updates, asked, chosen } = updatesOf();
      chosen.set({ isLookingForUpdates: true });
      updates.start();
      clock.advance(20 * 60_000);

      await vi.waitFor(() => expect(asked).toHaveLength(1));
    },
  );
});

describe('fetching and installing', () => {
  it('fetches what was shown, with progress, and installs it after a question', async () => {
    const { updates, packages, questions } = updatesOf();
    await updates.look();
    const steps: unknown[] = [];
    updates.state.subscribe(({ step }) => steps.push(step));

    await updates.fetch();
    void updates.install();

    await vi.waitFor(() => expect(packages.installs).toBe(1));
    expect(packages.fetched).toEqual(['https://example.org/minos/minos-1.2.0-win-x64.exe 1.2.0']);
    expect(questions).toEqual(['Restart Minos as version 1.2.0?']);
    expect(steps).toEqual([
      { kind: 'fetching', doneBytes: 0 },
      { kind: 'fetching', doneBytes: 50 },
      { kind: 'fetched' },
      { kind: 'installing' },
    ]);
  });

  it.each<[string, Partial<UpdatesOptions>, string]>([
    ['on Linux, where Minos tells and links', { platform: 'linux' }, 'tell'],
    ['without a package for this computer', { arch: 'arm64' }, 'install'],
  ])('fetches nothing %s', async (_what, options, way) => {
    const { updates, load, pages } = updatesOf(options);
    await updates.look();

    await expect(updates.fetch()).rejects.toThrow(Failed);
    await updates.showPage();

    expect(updates.state.current).toMatchObject({ way, offered: { version: '1.2.0' } });
    expect(load).not.toHaveBeenCalled();
    expect(pages).toEqual(['https://example.org/get']);
  });

  it('is ended by the user without a failure, and can be begun anew', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    packages.fetch.mockImplementationOnce(
      (_wanted, _onProgress, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Failed({ code: 'cancelled', message: 'no' })));
        }),
    );
    const fetching = updates.fetch();
    await expect(updates.look()).rejects.toThrow('on its way');

    updates.cancel();
    await fetching;

    expect(updates.state.current.step).toBeUndefined();
    expect(updates.state.current.failure).toBeUndefined();
    await updates.fetch();
    expect(updates.state.current.step).toEqual({ kind: 'fetched' });
  });

  it('stays with what was offered when the answer to an earlier question names another version meanwhile', async () => {
    let answer: (text: string) => void = () => undefined;
    const answers = [
      Promise.resolve(packageOf('1.2.0')),
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
    ];
    const { updates, packages, questions } = updatesOf({
      askHttps: async () => ({ status: 200, body: piecesOf((await answers.shift()) ?? '') }),
    });
    await updates.look();
    let arrive: () => void = () => undefined;
    packages.fetch.mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)));
    again();
    const looking = updates.look();
    const fetching = updates.fetch();
    await vi.waitFor(() => expect(packages.fetch).toHaveBeenCalled());

    answer(packageOf('1.3.0').replace('AAAA', 'BBBB'));
    await looking;

    expect(updates.state.current).toMatchObject({
      ...{ isLooking: false, newest: '1.2.0', offered: { version: '1.2.0' }, step: { kind: 'fetching' } },
    });
    arrive();
    await fetching;
    void updates.install();
    await vi.waitFor(() => expect(packages.installs).toBe(1));
    expect(questions).toEqual(['Restart Minos as version 1.2.0?']);
  });

  it('says what was wrong with a package, and installs nothing of it', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    packages.fetch.mockRejectedValueOnce(new Failed({ code: 'untrusted', message: 'Signed by somebody else.' }));

    await updates.fetch();

    expect(updates.state.current).toMatchObject({ failure: { message: 'Signed by somebody else.' } });
    await expect(updates.install()).rejects.toThrow('Nothing was fetched');
  });

  it('says in words of its own what a library could not', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    packages.fetch.mockRejectedValueOnce(new Error('ERR_SQUIRREL at /home/ada'));

    await updates.fetch();

    expect(updates.state.current.failure?.message).toBe('The update failed for a reason that Minos does not know.');
  });

  it.each<[string, { deeds: number; isUnderWay: boolean }, string]>([
    ['a deed', { deeds: 1, isUnderWay: false }, 'Something is being done to a cluster.'],
    ['a download', { deeds: 0, isUnderWay: true }, 'A download or an export is being written.'],
  ])('does not end Minos during %s, neither before the question nor after it', async (_what, at, why) => {
    const busy = { deeds: 0, isUnderWay: false };
    const busyNow = (): string | undefined =>
      busyWith({
        plans: { staying: { isNeeded: () => busy.deeds > 0 } },
        unfinished: busy,
      } as unknown as Parameters<typeof busyWith>[0]);
    const questions: string[] = [];
    const ask: UpdatesOptions['ask'] = ({ title }) => {
      questions.push(title);
      Object.assign(busy, at);
      return Promise.resolve();
    };
    const { updates, packages } = updatesOf({ busyWith: busyNow, ask });
    await updates.look();
    await updates.fetch();

    await expect(updates.install()).rejects.toThrow(why);
    expect(questions).toHaveLength(1);
    await expect(updates.install()).rejects.toThrow(why);

    expect([questions.length, packages.installs, updates.state.current.step?.kind]).toEqual([1, 0, 'fetched']);
  });

  it('does nothing when the user does not confirm it', async () => {
    const no = new Failed({ code: 'cancelled', message: 'You did not confirm it; nothing was done.' });
    const { updates, packages } = updatesOf({ ask: () => Promise.reject(no) });
    await updates.look();
    await updates.fetch();

    await expect(updates.install()).rejects.toThrow('nothing was done');

    expect([packages.installs, updates.state.current.step?.kind]).toEqual([0, 'fetched']);
  });

  it('that the system does not take leaves this Minos, says so, and wants it fetched anew', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    await updates.fetch();
    packages.install.mockRejectedValueOnce(new Failed({ code: 'untrusted', message: 'The system did not take it.' }));

    await updates.install();

    expect(updates.state.current.step).toBeUndefined();
    expect(updates.state.current.failure?.message).toBe('The system did not take it.');
  });

  it('keeps what was fetched only as long as the newest version is the same to the byte', async () => {
    const { updates, served } = updatesOf();
    await updates.look();
    await updates.fetch();
    again();
    await updates.look();
    expect(updates.state.current.step).toEqual({ kind: 'fetched' });

    served.text = packageOf('1.2.0').replace('AAAA', 'BBBB');
    again();
    await updates.look();

    expect(updates.state.current.step).toBeUndefined();
  });
});
