import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../../main/lib/clock.ts';
import { SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { DeedJournal } from '../../../../main/operations/deeds/deed-journal.ts';
import { deedsText } from '../../../../main/operations/deeds/save-deeds.ts';
import { machinesOf } from '../../../../main/operations/plans/machine.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import type { NodeSummary } from '../../../../preload/contract/index.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-journal-'));
  path = join(folder, 'not', 'there', 'deeds.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const HEAD = { deed: 'Restart “kubelet” on a', context: 'prod', file: '/c', certificate: 'ab12', talosctl: 'talosctl' };
const MACHINES = machinesOf(
  ['10.0.0.1', '10.0.0.2'],
  ['10.0.0.1', '10.0.0.2'].map(
    (target) => ({ target, addresses: [target], sources: ['discovered'] }) as unknown as NodeSummary,
  ),
);
const settings = (): SettingsFile =>
  new SettingsFile(join(folder, 'settings.json'), { clock: systemClock, log: silentLog });
const journal = (at = path, clock: Clock = systemClock): DeedJournal =>
  new DeedJournal({ path: at, clock, log: silentLog, settings: settings() });
/** One that takes `/demo` for the talosconfig of the demo. */
const withDemo = (clock: Clock): DeedJournal =>
  new DeedJournal({ path, clock, log: silentLog, settings: settings(), isPassing: (file) => file === '/demo' });

describe('the journal of deeds', () => {
  it('has every step on the disk before the next one, in a file for its owner only', async () => {
    const kept = journal();
    const entry = await kept.begin(HEAD, MACHINES);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(2);
    await entry.asked(MACHINES[0]);
    expect(await readFile(path, 'utf8')).toContain('"stage":"asked"');
    await entry.ended(MACHINES[0], { stage: 'done', text: 'It is Running.' });
    await entry.over();

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = journal();
    await again.load();
    expect(again.state.current).toEqual(kept.state.current);
    expect(again.state.current.deeds?.[0]).toMatchObject({
      certificate: 'ab12',
      isOver: true,
      steps: [{ stage: 'done', text: 'It is Running.' }, { stage: 'left' }],
    });
  });

  it('leaves out lines that are none, and keeps the others', async () => {
    const entry = await journal().begin(HEAD, MACHINES);
    await entry.over();
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      `not json\n{"type":"begun"}\n${text}{"type":"step","id":"of-none","atMs":1,"node":"x","stage":"done"}\n{"ty`,
    );

    const again = journal();
    await again.load();

    expect(again.state.current.deeds).toMatchObject([{ deed: HEAD.deed, isOver: true }]);
  });

  it('that a crash cut within a line begins the next one on a line of its own', async () => {
    const entry = await journal().begin(HEAD, MACHINES);
    await entry.asked(MACHINES[0]);
    const text = await readFile(path, 'utf8');
    await writeFile(path, `${text}{"type":"step","id":"of`);
    const second = journal();
    await second.load();
    const closedAt = second.state.current.deeds?.[0]?.steps[0]?.atMs;
    await second.begin({ ...HEAD, deed: 'Stop “ext-a” on a' }, MACHINES);

    const again = journal();
    await again.load();

    // What was asked is told as perhaps done since the first start after that, whatever starts come later.
    expect(again.state.current.deeds).toMatchObject([
      { deed: 'Stop “ext-a” on a', isOver: true, steps: [{ stage: 'left' }, { stage: 'left' }] },
      { deed: HEAD.deed, isOver: true, steps: [{ stage: 'maybe', atMs: closedAt }, { stage: 'left' }] },
    ]);
  });

  it('whose line of what came of a machine was cut tells it as perhaps done, although the deed is over', async () => {
    const entry = await journal().begin(HEAD, MACHINES);
    await entry.asked(MACHINES[0]);
    await entry.ended(MACHINES[0], { stage: 'failed', text: 'No.' });
    await entry.over();
    await writeFile(path, (await readFile(path, 'utf8')).replace('"stage":"failed"', '"stage":"fai'));

    const again = journal();
    await again.load();

    expect(again.state.current.deeds).toMatchObject([{ isOver: true, steps: [{ stage: 'maybe' }, { stage: 'left' }] }]);
    const written = await readFile(path, 'utf8');
    await journal().load();
    expect(await readFile(path, 'utf8')).toBe(written);
  });

  it('is written anew while Minos runs, too, and never loses a deed that is not over', async () => {
    const kept = journal();
    const open = await kept.begin({ ...HEAD, deed: 'Still being done' }, MACHINES);
    await open.asked(MACHINES[0]);
    const long = 'x'.repeat(4000);
    const many = Array.from({ length: 200 }, (_, at) => ({ ...MACHINES[0], node: `10.0.1.${at}`, name: long }));
    for (let round = 0; round < 12; round += 1) await (await kept.begin(HEAD, many)).over();

    expect((await stat(path)).size).toBeLessThan(4.5 * 1024 * 1024);
    await open.ended(MACHINES[0], { stage: 'done' });
    await open.over();
    const again = journal();
    await again.load();
    expect(again.state.current.deeds?.find(({ deed }) => deed === 'Still being done')?.steps).toMatchObject([
      { stage: 'done' },
      { stage: 'left' },
    ]);
  });

  it('that has grown is written anew with its newest deeds, which stay as they were', async () => {
    const entry = await journal().begin(HEAD, MACHINES);
    await entry.ended(MACHINES[0], { stage: 'failed', text: 'No.' });
    await entry.over();
    const text = await readFile(path, 'utf8');
    const old = text.replaceAll(/"id":"[^"]*"/g, '"id":"old"').replaceAll(/"atMs":\d+/g, '"atMs":1');
    await writeFile(path, `${old}${'x'.repeat(1000)}\n`.repeat(4_000) + text);
    const before = journal();
    await before.load();

    expect((await stat(path)).size).toBeLessThan(2_000);
    const again = journal();
    await again.load();
    expect(again.state.current.deeds).toMatchObject([
      { isOver: true, steps: [{ stage: 'failed', text: 'No.' }, { stage: 'left' }] },
    ]);
  });

  it('that has grown by how long deeds took forgets that first, and no deed for it', async () => {
    const trace = { kind: 'reboot', params: {}, cluster: 'ca', machines: {} };
    const first = journal();
    const one = async (): Promise<void> => (await first.begin({ ...HEAD, trace }, MACHINES)).over();
    for (let count = 0; count < 8; count += 1) await one();
    const spans = Array.from({ length: 60 }, (_none, at) => ({ kind: 'phase', name: `${at}`.repeat(40), ms: 1 }));
    const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
    // Each of them was done on as many machines as make half a megabyte.
    const timed = lines.flatMap((line) => {
      const { type, id } = JSON.parse(line) as { readonly type: string; readonly id: string };
      const nodes = Array.from({ length: 90 }, (_none, at) => `n-${at}`);
      const took = nodes.map((node) => JSON.stringify({ type: 'took', id, node, spans }));
      return type === 'begun' ? [line, ...took] : [line];
    });
    await writeFile(path, `${timed.join('\n')}\n`);
    expect((await stat(path)).size).toBeGreaterThan(4 * 1024 * 1024);

    const again = journal();
    await again.load();
    expect(again.state.current.deeds).toHaveLength(8);
    expect((await stat(path)).size).toBeLessThan(2 * 1024 * 1024);
    const kept = again.timesOf('reboot', 'ca').length;
    expect([kept > 0, kept < 8 * 90]).toEqual([true, true]);
    const third = journal();
    await third.load();
    expect(third.timesOf('reboot', 'ca')).toHaveLength(kept);
  });

  it('is not written through a link that something put in its place', async () => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'theirs');
    await mkdir(dirname(path), { recursive: true });
    await symlink(victim, path);

    await expect(journal().begin(HEAD, MACHINES)).rejects.toMatchObject({
      failure: { code: expect.any(String) as string },
    });

    expect(await readFile(victim, 'utf8')).toBe('theirs');
  });

  it('that cannot be read lets nothing be begun, and says why', async () => {
    await journal().begin(HEAD, MACHINES);
    await writeFile(path, 'x'.repeat(9 * 1024 * 1024));

    const again = journal();
    await again.load();

    expect(again.state.current.problem).toContain('deeds.ndjson');
    await expect(again.begin(HEAD, MACHINES)).rejects.toMatchObject({ failure: { code: 'precondition' } });
    // Also once somebody said for how long deeds are kept: what cannot be read is neither added to nor written anew.
    await again.keepFor(30);
    expect(again.state.current.problem).toContain('deeds.ndjson');
    await expect(again.begin(HEAD, MACHINES)).rejects.toMatchObject({ failure: { code: 'precondition' } });
    expect((await stat(path)).size).toBe(9 * 1024 * 1024);
  });

  it('forgets what is older than the user wants it kept, but nothing that is not over', async () => {
    const clock = new FakeClock();
    const first = journal(path, clock);
    await (await first.begin(HEAD, MACHINES)).over();
    await first.begin({ ...HEAD, deed: 'not over' }, MACHINES);
    clock.advance(31 * 24 * 3_600_000);
    await (await first.begin({ ...HEAD, deed: 'of now' }, MACHINES)).over();
    const names = (of: DeedJournal) => of.state.current.deeds?.map(({ deed }) => deed);
    expect(names(first)).toEqual(['of now', 'not over', HEAD.deed]);
    // What is not over stays.
    expect([await first.olderThan(90), await first.olderThan(30)]).toEqual([0, 1]);

    await first.keepFor(30);

    expect(names(first)).toEqual(['of now', 'not over']);
    expect(await readFile(path, 'utf8')).not.toContain('kubelet');
    const again = journal(path, clock);
    await again.load();
    expect(again.state.current.keepDays).toBe(30);
  });

  it('that cannot be read is not written over when a deed of the demo grows old', async () => {
    await journal().begin(HEAD, MACHINES);
    await writeFile(path, 'x'.repeat(9 * 1024 * 1024));
    const clock = new FakeClock();
    const again = withDemo(clock);
    await (await again.begin({ ...HEAD, file: '/demo' }, MACHINES)).over();
    clock.advance(31 * 24 * 3_600_000);

    await again.keepFor(30);

    expect((await stat(path)).size).toBe(9 * 1024 * 1024);
  });

  it('forgets no deed for those of the demo, however large they are, when its file has become large', async () => {
    const first = withDemo(new FakeClock());
    const params = Object.fromEntries(Array.from({ length: 64 }, (_none, at) => [`p${at}`, 'x'.repeat(4_000)]));
    const trace = { params, kind: 'reboot', cluster: 'ca', machines: {} };
    const large = async (count: number, file: string): Promise<void> => {
      for (let at = 0; at < count; at++) await (await first.begin({ ...HEAD, file, trace }, MACHINES)).over();
    };
    await large(16, '/real');
    await (await first.begin({ ...HEAD, deed: 'the real one' }, MACHINES)).over();
    await large(5, '/demo');
    const before = (await stat(path)).size;

    await large(1, '/real');

    const text = await readFile(path, 'utf8');
    expect([text.length < before, text.includes('the real one'), text.includes('/demo')]).toEqual([true, true, false]);
    const files = first.state.current.deeds?.map(({ file }) => file);
    expect(files?.filter((file) => file === '/demo')).toHaveLength(5);
  });

  it('keeps how long a deed took, bounded, also when it is written anew', async () => {
    const clock = new FakeClock();
    const first = journal(path, clock);
    await (await first.begin(HEAD, MACHINES)).over();
    clock.advance(31 * 24 * 3_600_000);
    const trace = { kind: 'reboot', params: {}, cluster: 'ca', machines: {} };
    const entry = await first.begin({ ...HEAD, trace }, MACHINES);
    const span = (name: string) => ({ kind: 'phase' as const, name, ms: 1_000 });
    await entry.took(
      MACHINES[0],
      Array.from({ length: 100 }, (_none, at) => span(`${at} ${'x'.repeat(500)}`)),
    );
    // One part alone is nothing to be compared.
    await entry.took(MACHINES[1] ?? expect.fail(), [span('alone')]);
    await entry.over();

    const spans = (of: DeedJournal) => {
      const wish = { kind: 'reboot', cluster: 'ca', uuid: undefined, isAlike: () => false };
      expect(of.lastTime({ ...wish, node: '10.0.0.2' })).toBeUndefined();
      return of.lastTime({ ...wish, node: '10.0.0.1' })?.spans;
    };
    await first.keepFor(30);
    const again = journal(path, clock);
    await again.load();
    expect(again.state.current.deeds).toHaveLength(1);
    expect(spans(again)).toHaveLength(60);
    expect(spans(again)).toEqual(spans(first));
    expect(spans(again)?.[0]?.name).toHaveLength(80);
    // What goes to the page has none of it.
    expect(JSON.stringify(again.state.current)).not.toContain('xxx');
  });

  it('is saved without what is a secret, a deed a line or a machine a line', async () => {
    const kept = journal();
    const entry = await kept.begin(HEAD, MACHINES);
    await entry.asked(MACHINES[0]);
    await entry.ended(MACHINES[0], { stage: 'done', text: '=1+1' });
    await entry.over();
    const deeds = kept.state.current.deeds ?? [];
    const text = async (format: 'csv' | 'ndjson') => {
      let all = '';
      for await (const piece of deedsText(deeds, format)) all += piece;
      return all;
    };

    expect(JSON.parse(await text('ndjson'))).toEqual(deeds[0]);
    const [header, ...lines] = (await text('csv')).trim().split('\r\n');
    expect(header).toContain('DEED,BEGUN,CONTEXT,FILE');
    expect(lines).toHaveLength(2);
    // What a spreadsheet would run as a formula is written as text.
    expect(lines[0]).toContain("'=1+1");
  });
});
