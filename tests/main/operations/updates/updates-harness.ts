import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { silentLog } from '../../../../main/lib/log.ts';
import { Value } from '../../../../main/lib/observable.ts';
import { Looked } from '../../../../main/operations/updates/looked.ts';
import type { Packages } from '../../../../main/operations/updates/packages.ts';
import { Updates, type UpdatesOptions } from '../../../../main/operations/updates/updates.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const SUM = `${'A'.repeat(86)}==`;
const RELEASE = { publisher: ['Example'], url: 'https://example.org/minos/', page: 'https://example.org/get' };
/** The file that names a version with one package. */
export const packageOf = (version: string): string =>
  `version: ${version}\nfiles:\n  - url: minos-${version}-win-x64.exe\n    sha512: ${SUM}\n    size: 100\n`;

/** Where it is kept when Minos looked last. */
export let folder: string;
export let clock: FakeClock;
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

/** Updates of a Minos 1.1.0 for Windows, whose address names 1.2.0. They are closed with the test. */
export function updatesOf(options: Partial<UpdatesOptions> = {}) {
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

/** A text as it comes over the network. */
export async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** Late enough for another question. */
export const again = (): void => {
  clock.advance(10_000);
};
