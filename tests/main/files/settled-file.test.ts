import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../main/files/fingerprint.ts';
import { readTalosconfig } from '../../../main/talosconfig/read.ts';
import { readSettled } from '../../../main/files/settled-file.ts';
import { watchFile, type SeenFile } from '../../../main/files/watch.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const FILE = 'context: a\ncontexts:\n    a:\n        endpoints: [10.5.0.2]\n';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-settled-'));
  path = join(folder, 'config');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A reading that was begun, on a clock that is at the time of the file. */
function begin(read: (clock: FakeClock) => Promise<string>): {
  done: () => string | undefined;
  look: () => Promise<void>;
  clock: FakeClock;
} {
  const clock = new FakeClock(Date.now());
  let result: string | undefined;
  void read(clock).then((text) => {
    result = text;
  });
  const resting = (): Promise<unknown> =>
    vi.waitFor(() => expect(clock.active === 1 || result !== undefined).toBe(true), { interval: 1 });
  return {
    clock,
    done: () => result,
    /** Lets it look once more: it waits for the clock, or has ended. */
    look: async () => {
      await resting();
      clock.advance(20);
      await resting();
    },
  };
}

const textOf = async (clock: FakeClock): Promise<string> => (await readSettled(path, { clock })).bytes.toString();

describe('a file that another program is writing', () => {
  test('is read once it is whole: neither empty nor cut off', async () => {
    await writeFile(path, '');
    const reading = begin(textOf);
    for (let i = 0; i < 40; i++) await reading.look();
    expect(reading.done()).toBeUndefined();

    await appendFile(path, FILE.slice(0, 30));
    for (let i = 0; i < 40; i++) await reading.look();
    expect(reading.done()).toBeUndefined();

    await appendFile(path, FILE.slice(30));
    for (let i = 0; i < 8; i++) await reading.look();
    expect(reading.done()).toBe(FILE);
  });

  test('is not believed between two pieces that end with lines', async () => {
    await writeFile(path, 'context: a\n');
    const reading = begin(textOf);
    for (let i = 0; i < 3; i++) await reading.look();
    await appendFile(path, FILE.slice('context: a\n'.length));
    for (let i = 0; i < 8; i++) await reading.look();

    expect(reading.done()).toBe(FILE);
  });

  test('of a talosconfig: half a line of it, or what is no talosconfig yet, is waited for', async () => {
    const half = 'context: a\ncontexts: {a: {endpoints: [\n';
    await writeFile(path, half);
    const reading = begin(async (clock) =>
      (await readTalosconfig(path, { clock })).contexts.map(({ name }) => name).join(),
    );
    for (let i = 0; i < 40; i++) await reading.look();
    expect(reading.done()).toBeUndefined();
    await appendFile(path, '  10.5.0.2]}}\n');
    for (let i = 0; i < 8; i++) await reading.look();

    expect(reading.done()).toBe('a');
  });

  test('that never rests is given up after a while, with a version that looked whole', async () => {
    await writeFile(path, '');
    const reading = begin(textOf);
    for (let i = 0; reading.done() === undefined; i++) {
      if (i % 2 === 0) await writeFile(path, `${FILE}# ${i}\n`);
      else await truncate(path);
      await reading.look();
      expect(i).toBeLessThan(300);
    }

    expect(reading.done()).toMatch(/^context: a[^]*# \d+\n$/);
  });
});

describe('a file that is at rest', () => {
  test.each([
    ['whole', FILE],
    ['empty', ''],
    ['without a last line end', FILE.trimEnd()],
  ])('and %s is read at once', async (_name, text) => {
    await writeFile(path, text);

    expect(await textOf(new FakeClock(Date.now() + 3_600_000))).toBe(text);
  });

  test('is read at once where its clock is another one', async () => {
    await writeFile(path, '');

    expect(await textOf(new FakeClock(Date.now() - 3_600_000))).toBe('');
  });

  test('and really empty is empty after a second', async () => {
    await writeFile(path, '');
    const reading = begin(textOf);
    let looks = 0;
    while (reading.done() === undefined && looks < 100) {
      await reading.look();
      looks++;
    }

    expect(reading.done()).toBe('');
    expect(looks).toBeGreaterThan(40);
    expect(looks).toBeLessThan(70);
  });

  test('and known to be whole is read at once', async () => {
    await writeFile(path, 'ours');
    const isKnown = (sha256: string): boolean => sha256 === sha256Hex('ours');

    expect((await readSettled(path, { clock: new FakeClock(Date.now()), isKnown })).bytes.toString()).toBe('ours');
  });
});

test(
  'a writer that truncates and writes slowly, over and over, is never caught in between',
  { timeout: 60_000 },
  async () => {
    await writeFile(path, 'version 0\n');
    await utimes(path, 1, 1);
    const seen: SeenFile[] = [];
    let told: () => void = () => undefined;
    const watch = watchFile({
      path,
      clock: systemClock,
      known: { kind: 'present', sha256: sha256Hex('version 0\n') },
      onChange: (one) => {
        seen.push(one);
        told();
      },
    });
    const child = new URL('./children/write-slowly.ts', import.meta.url).pathname;
    const writer = spawn(process.execPath, [child, path], { stdio: ['pipe', 'pipe', 'inherit'] });
    const gone = once(writer, 'close');
    const lines = createInterface(writer.stdout)[Symbol.asyncIterator]();
    try {
      for (let n = 1; n <= 8; n++) {
        const reported = new Promise<void>((resolve) => (told = resolve));
        writer.stdin.write(`${n}\n`);
        // While it is truncated and while half of it is there, something looks each time.
        for (const stage of ['truncated', 'half', 'whole']) {
          expect((await lines.next()).value).toBe(`${n} ${stage}`);
          const looked = watch.check();
          writer.stdin.write('on\n');
          if (stage === 'whole') await looked;
        }
        await reported;
      }
      expect(seen).toEqual(
        Array.from({ length: 8 }, (_, n) => ({ kind: 'present', sha256: sha256Hex(`version ${n + 1}\n`) })),
      );
    } finally {
      watch.close();
      writer.stdin.end();
      await gone;
    }
  },
);

test('a file that is removed and made anew was never missing', async () => {
  await writeFile(path, FILE);
  const clock = new FakeClock(Date.now() + 3_600_000);
  const seen: SeenFile[] = [];
  const watch = watchFile({ path, clock, onChange: (one) => void seen.push(one), pollMs: 1_000_000 });
  await watch.check();
  await rename(path, `${path}.old`);
  const looked = watch.check();
  await vi.waitFor(() => expect(clock.active).toBe(2));
  await writeFile(path, `${FILE}# new\n`);
  clock.advance(100);
  await looked;
  watch.close();

  expect(seen).toEqual([{ kind: 'present', sha256: sha256Hex(`${FILE}# new\n`) }]);
});
