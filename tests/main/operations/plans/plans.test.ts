import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../../main/files/history.ts';
import { sha256Hex } from '../../../../main/files/fingerprint.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import type { FilePlan, FileStep } from '../../../../main/operations/plans/plan.ts';
import { Plans } from '../../../../main/operations/plans/plans.ts';
import type { UndoableFiles } from '../../../../main/operations/plans/undo.ts';
import type { ConfirmQuestion } from '../../../../preload/contract/index.ts';

let folder: string;
/** What happened, in order. */
let log: string[];
let answer: 'yes' | 'no';
let plans: Plans;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-plans-'));
  log = [];
  answer = 'yes';
  plans = new Plans({
    clock: systemClock,
    journal: { begin: () => Promise.reject(new Error('these plans write files')) },
    ask: ({ title }) => {
      log.push(`asked ${title}`);
      return answer === 'yes'
        ? Promise.resolve()
        : Promise.reject(new Failed({ code: 'cancelled', message: 'You did not confirm it.' }));
    },
  });
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const question = (title: string): ConfirmQuestion => ({ title, facts: [], deed: 'Do it', isDestructive: false });

/** A file that a step writes `after` into, after a question. */
async function step(name: string, write: () => Promise<void> = () => writeFile(at(name), 'after')): Promise<FileStep> {
  await writeFile(at(name), 'before\n');
  return {
    basis: { path: at(name), sha256: sha256Hex('before\n') },
    what: `Changed ${name}`,
    ready: (now) => {
      log.push(`looked at ${name}: ${String(now && Buffer.from(now)).trim()}`);
      const written = { file: at(name), what: `Changed ${name}`, changeId: `of ${name}` };
      return Promise.resolve({
        questions: [question(name)],
        write: async () => {
          await write();
          log.push(`wrote ${name}`);
          return written;
        },
      });
    },
  };
}

const entry = (id: string): HistoryEntry => ({
  ...{ id, path: '', atMs: 1, what: `Changed ${id}`, before: 'missing', after: 'missing', diff: [], isSealed: false },
});

/** Files of a kind with what their histories hold. */
const undoable = (kept: Readonly<Record<string, readonly string[]>> = {}): UndoableFiles => ({
  paths: () => Object.keys(kept),
  history: { list: (path) => Promise.resolve((kept[path] ?? []).map(entry)) },
  undo: ({ file, what, changeId = '' }) => {
    log.push(`put ${file} back`);
    return Promise.resolve({ file, what: `Undid: ${what}`, changeId: `undo ${changeId}` });
  },
});

const planOf = (steps: readonly FileStep[], undoneBy = undoable()): FilePlan => ({
  kind: 'files',
  risk: 'undoable',
  steps,
  undoneBy,
});

describe('applying a plan', () => {
  it('looks at everything, then asks everything, then does the steps in their order', async () => {
    const { token, effects } = plans.keep(planOf([await step('a'), await step('b')]));
    expect(effects).toEqual(['Changed a', 'Changed b']);

    const change = await plans.apply(token);

    expect(log).toEqual([
      ...['looked at a: before', 'looked at b: before', 'asked a', 'asked b'],
      ...['wrote a', 'wrote b'],
    ]);
    expect(change).toMatchObject({ what: 'Changed a; Changed b', files: [{ file: at('a') }, { file: at('b') }] });
  });

  it('finds a file that is another version before anything is asked, and may be repeated once it is the old one', async () => {
    const { token } = plans.keep(planOf([await step('a'), await step('b')]));
    await writeFile(at('b'), 'theirs\n');

    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'conflict', where: { file: at('b') } } });
    expect(log).toEqual(['looked at a: before']);
    await rm(at('b'));
    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'conflict' } });

    await writeFile(at('b'), 'before\n');
    await plans.apply(token);
    expect(await readFile(at('b'), 'utf8')).toBe('after');
  });

  it('writes nothing when one question of several is refused', async () => {
    const { token } = plans.keep(planOf([await step('a'), await step('b')]));
    answer = 'no';

    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'cancelled' } });

    expect(log.filter((line) => line.startsWith('wrote'))).toEqual([]);
  });

  it('that fails halfway says what was written, which can be undone, and is spent', async () => {
    const fails = (): Promise<void> =>
      Promise.reject(new Failed({ code: 'file-access', message: 'The disk is full.' }));
    const { token } = plans.keep(planOf([await step('a'), await step('b', fails)]));

    await expect(plans.apply(token)).rejects.toMatchObject({
      failure: { code: 'file-access', message: `The disk is full. Written before that: ${at('a')}.` },
    });

    // Again it would be a conflict with what it wrote itself.
    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'not-found' } });
    const [change] = plans.written.changes;
    expect(change?.files.map(({ file }) => file)).toEqual([at('a')]);
    const undone = await plans.undo(change!.id);
    expect([log.at(-1), undone.what]).toEqual([`put ${at('a')} back`, 'Undid: Changed a']);
  });

  it('that is refused halfway is told of, and one that wrote nothing may be applied again', async () => {
    let refuses = true;
    const refused = (): Promise<void> =>
      refuses ? Promise.reject(new Failed({ code: 'cancelled', message: 'Nothing was done.' })) : Promise.resolve();
    const [a, b] = [await step('a', refused), await step('b', refused)];
    const { token } = plans.keep(planOf([a, b]));
    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    refuses = false;
    expect((await plans.apply(token)).files).toHaveLength(2);

    refuses = true;
    await expect(plans.carryOut(planOf([await step('c'), b]))).rejects.toMatchObject({
      failure: { code: 'conflict', message: `Not everything was confirmed. Written before that: ${at('c')}.` },
    });
  });

  it('tells its subject when it ended, also when it failed', async () => {
    const ended: string[] = [];
    const afterwards = (): Promise<void> => Promise.resolve(void ended.push(log.at(-1) ?? ''));
    answer = 'no';
    await expect(plans.carryOut({ ...planOf([await step('a')]), afterwards })).rejects.toThrow();
    answer = 'yes';
    await plans.carryOut({ ...planOf([await step('a')]), afterwards });

    expect(ended).toEqual(['asked a', 'wrote a']);
  });

  it('that changes nothing says so, and one without undo is not kept for it', async () => {
    expect(await plans.carryOut(planOf([]))).toMatchObject({ what: 'Nothing had to change.', files: [] });

    await plans.carryOut({ kind: 'files', risk: 'final', steps: [await step('a')] });

    expect(plans.written.changes).toEqual([]);
  });
});

describe('undoing a change', () => {
  it('puts its files back in the other order, and is a change that can be undone', async () => {
    const change = await plans.carryOut(planOf([await step('a'), await step('b')]));

    const undone = await plans.undo(change.id);
    expect(log.slice(-2)).toEqual([`put ${at('b')} back`, `put ${at('a')} back`]);
    const redone = await plans.undo(undone.id);

    expect(redone.files.map(({ changeId }) => changeId)).toEqual(['undo undo of a', 'undo undo of b']);
    await expect(plans.undo(change.id)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('that fails halfway says what was put back, and may be repeated for the rest', async () => {
    let isChanged = true;
    const { undo, ...files } = undoable();
    const some: UndoableFiles = {
      ...files,
      undo: (written) =>
        isChanged && written.file === at('a')
          ? Promise.reject(new Failed({ code: 'conflict', message: 'It was changed.' }))
          : undo(written),
    };
    const change = await plans.carryOut(planOf([await step('a'), await step('b')], some));
    await expect(plans.undo(change.id)).rejects.toMatchObject({
      failure: { message: `It was changed. Put back before that: ${at('b')}.` },
    });
    isChanged = false;

    expect((await plans.undo(change.id)).files.map(({ file }) => file)).toEqual([at('a')]);
    expect(log.slice(-2)).toEqual([`put ${at('b')} back`, `put ${at('a')} back`]);
    await expect(plans.undo(change.id)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('of an earlier session finds it in the history of the files that may be named', async () => {
    plans.written.add(undoable({ '/one': ['x'] }));
    plans.written.add(undoable({ '/two': ['y'] }));

    expect((await plans.undo('y')).files).toMatchObject([{ file: '/two' }]);
    await expect(plans.undo('z')).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('touches nothing when two files have a change of that id', async () => {
    plans.written.add(undoable({ '/one': ['x'] }));
    plans.written.add(undoable({ '/two': ['x'] }));

    await expect(plans.undo('x')).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(log).toEqual([]);
  });
});
