import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { History, type Seal } from '../../../main/files/history.ts';
import { isBetween } from '../../../main/files/own/in-place-notes.ts';
import { FileReplacer } from '../../../main/files/replace.ts';
import { systemClock } from '../../../main/lib/clock.ts';

const OLD = 'a version with a key\n';
const NEW = 'another one, which is longer\n';
/** Turns every byte around. */
const seal: Seal = {
  seal: (bytes) => Promise.resolve(bytes.map((byte) => 255 - byte)),
  open: (sealed) => Promise.resolve(sealed.map((byte) => 255 - byte)),
};
let folder = '';
const replacers: FileReplacer[] = [];
const path = (): string => join(folder, 'config');
const text = (): Promise<string> => readFile(path(), 'utf8');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-in-place-'));
  await writeFile(path(), OLD);
});
afterEach(async () => {
  await Promise.all(replacers.splice(0).map((each) => each.close()));
  await rm(folder, { recursive: true });
});

/** One that starts so much later. */
function open(laterMs = 0): { readonly history: History; readonly replacer: FileReplacer } {
  const clock = { ...systemClock, now: () => systemClock.now() + laterMs };
  const replacer = new FileReplacer({ clock, watchMs: 1, lookEveryMs: 1 });
  replacers.push(replacer);
  return { replacer, history: new History({ folder: join(folder, 'history'), clock, replacer, seal }) };
}

const kept = async (): Promise<readonly string[]> => {
  const [own = ''] = await readdir(join(folder, 'history'));
  return (await readdir(join(folder, 'history', own)).catch(() => [])).map((name) => name.replace(/^.*\./, '')).sort();
};

/** A change that is being written in place when its process dies; the file holds this then. */
async function killed(left: string): Promise<void> {
  const { history, replacer } = open();
  const isWriting = new Promise<void>((writing) => {
    vi.spyOn(replacer, 'replace').mockImplementationOnce(async ({ beforeInPlace }) => {
      await beforeInPlace?.();
      await writeFile(path(), left);
      writing();
      return new Promise(() => undefined);
    });
  });
  void history.change({ path: path(), what: 'Rename', before: Buffer.from(OLD), after: Buffer.from(NEW) });
  await isWriting;
  expect(await kept()).toEqual(['bytes', 'json', 'new']);
}

describe('a change that was being written in place when its process died', () => {
  it('is marked as written in part, and undone to the version of before', async () => {
    await killed(`${NEW.slice(0, 7)}${OLD.slice(7)}`);
    const { history } = open(61_000);

    await history.expire();

    const [entry] = await history.list(path());
    expect([entry?.what, await kept()]).toEqual(['Rename (written only in part)', ['bytes', 'json']]);
    await history.undo(path(), entry!.id);
    expect(await text()).toBe(OLD);
  });

  it('is undone, too, where the note of that was cut before, as by a full disk', async () => {
    await killed(`${NEW.slice(0, 7)}${OLD.slice(7)}`);
    const [own = ''] = await readdir(join(folder, 'history'));
    const [name = ''] = await readdir(join(folder, 'history', own));
    await writeFile(join(folder, 'history', own, name.replace(/\.[a-z]+$/, '.half')), '{');
    const { history } = open(61_000);

    await history.expire();

    const [entry] = await history.list(path());
    await history.undo(path(), entry!.id);
    expect([entry?.what, await text()]).toEqual(['Rename (written only in part)', OLD]);
  });

  it.each([
    ['was not begun is forgotten', OLD, []],
    ['was finished stays as it is', NEW, ['Rename']],
    ['another program wrote over stays as it is', 'a version with a keZ\n', ['Rename']],
  ])('that %s', async (_what, left, changes) => {
    await killed(left);
    const { history } = open(61_000);

    await history.expire();

    expect([(await history.list(path())).map(({ what }) => what), await text()]).toEqual([changes, left]);
    expect(await kept()).not.toContain('new');
  });

  it('is left alone while the process that writes it may be alive', async () => {
    await killed(`${NEW.slice(0, 7)}${OLD.slice(7)}`);

    await open().history.expire();

    expect(await kept()).toContain('new');
  });

  it('whose new bytes are cut says nothing, and holds up no other', async () => {
    await killed(`${NEW.slice(0, 7)}${OLD.slice(7)}`);
    const [own = ''] = await readdir(join(folder, 'history'));
    const names = await readdir(join(folder, 'history', own));
    await writeFile(
      join(
        folder,
        'history',
        own,
        names.find((name) => name.endsWith('.new'))!,
      ),
      'x',
    );
    const { history } = open(61_000);

    await history.expire();

    expect([(await history.list(path())).map(({ what }) => what), await kept()]).toEqual([
      ['Rename'],
      ['bytes', 'json'],
    ]);
  });
});

it.each([
  ['one byte of it', 'b123', '0123', 'bcde', true],
  ['what is longer', 'bcd', '0', 'bcdef', true],
  ['what is shorter, not cut yet', 'b\n\n\n', '0123', 'b', true],
  ['pages in any order', '01de', '0123', 'bcde', true],
  ['less than the old one', '01', '0123', 'b', false],
  ['more than either', '012345', '0123', 'b', false],
  ['a byte of neither', '0x23', '0123', 'bcde', false],
])('a file is between two versions: %s', (_what, present, old, next, isSo) => {
  expect(isBetween(Buffer.from(present), Buffer.from(old), Buffer.from(next))).toBe(isSo);
});
