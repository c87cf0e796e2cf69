import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ChangeSummary,
  Failure,
  NodeGroupsState,
  Outcome,
  ProducerMessage,
  TalosconfigState,
} from '../../preload/contract/index.ts';
import { sha256Hex } from '../../main/files/fingerprint.ts';
import { temporaryHome } from '../../scripts/temporary-home.ts';
import { expectHeld } from './support/bounds.ts';
import { SPECIAL_KINDS, SpecialFile, wordFor, type SpecialKind } from './support/special-files.ts';
import { StartedMain } from './support/start-main.ts';

const TALOSCONFIG = 'context: a\ncontexts:\n    a:\n        endpoints:\n            - 192.0.2.1\n';
/** Nothing of our own takes longer; a pipe that is waited for takes for ever. */
const SOON_MS = 10_000;

/** Most attacks leave nothing behind, so that one main takes them all, one after the other. */
let main: StartedMain;
beforeAll(async () => {
  main = await StartedMain.start({ talosconfigText: TALOSCONFIG, confirms: true });
  expect((await edit()).ok).toBe(true);
});
afterAll(() => main[Symbol.asyncDispose]());

let lastAddress = 1;
const edit = (): Promise<Outcome<unknown>> =>
  soon(main.call('contexts.setEndpoints', { context: 'a', endpoints: [`192.0.2.${(++lastAddress % 250) + 1}`] }));

const saveGroup = (name = 'g', to = main): Promise<Outcome<unknown>> =>
  soon(to.call('groups.save', { context: 'a', name, selection: 'all' }));

const list = async (): Promise<readonly ChangeSummary[]> =>
  valueOf(await soon(main.call('history.list', { file: join(main.home, 'config') }))) as readonly ChangeSummary[];

async function soon<T>(task: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer')), SOON_MS);
  try {
    return await Promise.race([task, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function valueOf(outcome: Outcome<unknown>): unknown {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

function failureOf(outcome: Outcome<unknown>): Failure {
  if (outcome.ok) throw new Error('it did not fail');
  return outcome.failure;
}

/** The folder of the versions of the talosconfig. */
const versionsOf = (): string =>
  join(main.home, 'user-data', 'history', sha256Hex(join(main.home, 'config')).slice(0, 32));

async function groupsOf(of: StartedMain): Promise<NodeGroupsState> {
  const topic = of.watch('groups.state', { context: 'a' });
  const message = await soon(topic.until((one) => one.type === 'value' && isRead(one.value as NodeGroupsState)));
  topic.close();
  return (message as { readonly value: NodeGroupsState }).value;
}

const isRead = ({ groups, failure }: NodeGroupsState): boolean => groups.length > 0 || failure !== undefined;

describe.each(SPECIAL_KINDS)('a %s', (kind: SpecialKind) => {
  test('in the place of a file of our own is said at once, left alone, and blocks nothing afterwards', async () => {
    const [change] = await list();
    const config = join(main.home, 'config');
    const dead = '4000000-0123456789ab';
    const places: readonly [string, () => Promise<Outcome<unknown>>][] = [
      [join(main.home, '.config.minos.lock'), () => edit()],
      [`${config}.minos-backup`, () => soon(main.call('history.forget', { file: config }))],
      [join(main.home, `.config.minos-${dead}.tmp`), () => edit()],
      [join(main.home, `.config.minos-${dead}-0123456789abcdef.old`), () => edit()],
      [join(main.home, 'user-data', 'settings.json'), () => saveGroup()],
    ];
    await main.rest();

    for (const [path, act] of places) {
      await using special = await SpecialFile.make(kind, path);
      const { code, message } = failureOf(await act());
      expect([code, message]).toEqual(['file-access', expect.stringContaining(`${path} is a ${wordFor(kind)};`)]);
      if (kind === 'link to a file') expect(readFileSync(special.victim, 'utf8')).toBe('victim');
      else expect(existsSync(special.victim)).toBe(false);
    }
    // A version that is none cannot be put back, and hides no other.
    for (const ending of ['json', 'bytes']) {
      const held = join(versionsOf(), `${change!.id}.${ending}`);
      const text = readFileSync(held);
      {
        await using special = await SpecialFile.make(kind, held);
        const undone = await soon(main.call('plans.undo', { change: change!.id }));
        expect(failureOf(undone).code).toBe(ending === 'json' ? 'not-found' : 'file-access');
        await list();
        expect(special.path).toBe(held);
      }
      writeFileSync(held, text, { mode: 0o600 });
    }
    {
      await using forged = await SpecialFile.make(kind, join(versionsOf(), '000000000000001-00000000.json'));
      expect((await list()).map(({ id }) => id)).toContain(change!.id);
      expect((await edit()).ok, forged.path).toBe(true);
    }

    expect((await edit()).ok).toBe(true);
    expect((await saveGroup()).ok).toBe(true);
    await expectHeld(main);
  });
});

test('four pipes at once hold up no other file work', async () => {
  const dead = (n: number): string => `.config.minos-4000000-00000000000${n}.tmp`;
  const pipes = await Promise.all([1, 2, 3, 4].map((n) => SpecialFile.make('pipe', join(main.home, dead(n)))));
  const asked = [1, 2, 3, 4].map(() => edit());

  expect((await saveGroup()).ok).toBe(true);
  for (const outcome of await Promise.all(asked)) expect(failureOf(outcome).message).toContain('is a pipe');
  for (const pipe of pipes) await pipe[Symbol.asyncDispose]();
});

test.each([
  ['../../../config', 'a path'],
  ['../settings', 'a path'],
  ['', 'nothing'],
  ['000000000000001-0000000g', 'a form that is none'],
])('a change id %j (%s) is followed nowhere', async (changeId) => {
  const file = join(main.home, 'config');
  const before = readFileSync(file, 'utf8');

  expect(failureOf(await main.call('plans.undo', { change: changeId })).code).toBe('not-found');
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('an entry whose file says another id, a path or a hash that is none is left out', async () => {
  for (const name of ['precious.json', 'precious.bytes']) writeFileSync(join(main.home, name), 'precious');
  const known = await list();
  const [change] = known;
  const folder = versionsOf();
  const entry = JSON.parse(readFileSync(join(folder, `${change!.id}.json`), 'utf8')) as Record<string, unknown>;
  const forged = [
    { ...entry, id: '../../../precious' },
    { ...entry, id: `${change!.id}/../../../../precious` },
    { ...entry, id: '999999999999998-00000001', before: '../../../config' },
    { ...entry, id: '999999999999998-00000002', atMs: '1' },
    { ...entry, id: '999999999999998-00000003', diff: [{ text: 'x'.repeat(10) }] },
    { ...entry, id: '999999999999998-00000004', path: '/etc/passwd' },
    { ...entry, id: '999999999999998-00000005', what: 'x'.repeat(100_000) },
    null,
    [],
  ];
  forged.forEach((one, n) => {
    writeFileSync(join(folder, `999999999999998-0000000${n}.json`), JSON.stringify(one));
  });
  writeFileSync(join(folder, '..precious.json'), JSON.stringify({ ...entry, id: '..precious' }));

  expect((await list()).map(({ id }) => id)).toEqual(known.map(({ id }) => id));
  expect((await edit()).ok).toBe(true);
  expect(readFileSync(join(main.home, 'precious.json'), 'utf8')).toBe('precious');
  expect(readFileSync(join(main.home, 'precious.bytes'), 'utf8')).toBe('precious');
});

test('entries with huge differences, and files that are none, are bounded', async () => {
  const [change] = await list();
  const folder = versionsOf();
  const entry = JSON.parse(readFileSync(join(folder, `${change!.id}.json`), 'utf8')) as Record<string, unknown>;
  const id = (n: number): string => `${String(change!.atMs + n).padStart(15, '0')}-00000000`;
  const line = { kind: 'added', new: 1, text: 'x'.repeat(900) };
  for (let n = 1; n <= 45; n++) {
    writeFileSync(
      join(folder, `${id(n)}.json`),
      JSON.stringify({ ...entry, id: id(n), diff: Array(1_000).fill(line) }),
    );
  }
  writeFileSync(join(folder, `${id(46)}.json`), '');
  truncateSync(join(folder, `${id(46)}.json`), 8 * 1024 ** 3);
  await main.rest();

  expect((await list()).length).toBeGreaterThanOrEqual(40);
  await expectHeld(main);
});

test('settings full of groups refuse one more, and stay readable', async () => {
  const path = join(main.home, 'user-data', 'settings.json');
  const groups = Array.from({ length: 10_000 }, (_, n) => ({ context: 'a', name: `g${n}`, selection: 'all' }));
  const text = JSON.stringify({ version: 3, groups, talosconfigs: [], expiryTold: [] });
  writeFileSync(path, text);
  await main.rest();

  const { code, message } = failureOf(await saveGroup('more'));
  expect([code, message]).toEqual(['too-large', expect.stringContaining('groups would be longer than 10,000')]);
  expect(readFileSync(path, 'utf8')).toBe(text);
  await expectHeld(main);
});

test('a start with broken settings and a lock that is a link to nowhere loses only what is broken', async () => {
  const group = { context: 'a', name: 'kept', selection: 'all' };
  const source = { context: 'a', talosAuthorities: [], server: `https://${'x'.repeat(3_000)}`, authorities: [] };
  const text = JSON.stringify({
    version: 3,
    groups: [group, { ...group, name: 'x'.repeat(100) }],
    talosconfigs: ['/one', 7],
    kubeconfig: { sources: [source] },
    expiryTold: 'soon',
  });
  const home = temporaryHome();
  await using lock = await SpecialFile.make('dangling link', join(home.path, '.config.minos.lock'));
  writeFileSync(join(home.path, 'config'), TALOSCONFIG);
  await using broken = await StartedMain.start({
    talosconfig: join(home.path, 'config'),
    files: { 'user-data/settings.json': text },
  });
  const folder = join(broken.home, 'user-data');

  // The lock holds nothing up, and costs no time.
  const config = broken.watch('config.state');
  const isThere = (one: ProducerMessage): boolean =>
    one.type === 'value' && (one.value as TalosconfigState).contexts.length === 1;
  await soon(config.until(isThere));
  expect(broken.stderr).toContain(`${lock.path} is a symbolic link`);
  await broken.rest();

  const state = await groupsOf(broken);
  expect(state.groups).toEqual([{ name: 'kept', selection: 'all' }]);
  expect(state.failure?.message).toContain('groups.1 is not what Minos writes');
  expect(broken.stderr).toContain('a part of the settings cannot be read');
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(text);

  expect((await saveGroup('new', broken)).ok).toBe(true);
  const kept = readdirSync(folder).filter((name) => name.startsWith('settings.json.broken-'));
  expect(kept.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([text]);
  expect((await groupsOf(broken)).groups.map(({ name }) => name)).toEqual(['kept', 'new']);
  await expectHeld(broken);
  home.remove();
});

test('a folder of versions that is a link is not followed', async () => {
  await using link = await SpecialFile.make('dangling link', versionsOf());
  mkdirSync(link.victim);

  expect(failureOf(await edit()).message).toContain('is a symbolic link; Minos keeps a folder');
  expect(readdirSync(link.victim)).toEqual([]);
});

test('a context that is marked as production and has no CA is still marked under its new name', async () => {
  await using marking = await StartedMain.start({ talosconfigText: TALOSCONFIG });
  valueOf(await soon(marking.call('contexts.setProduction', { context: 'a', isProduction: true })));

  valueOf(await soon(marking.call('contexts.rename', { context: 'a', to: 'b' })));

  const topic = marking.watch('config.state', {});
  await topic.until((message) => {
    const contexts = message.type === 'value' ? (message.value as TalosconfigState).contexts : [];
    return contexts.some(({ id, isProduction }) => id === 'b' && isProduction === true);
  });
  topic.close();
});
