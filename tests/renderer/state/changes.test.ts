import { describe, expect, it } from 'vitest';
import type { Outcome, WrittenChange } from '../../../preload/contract/index.ts';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { Changes } from '../../../renderer/state/changes.svelte.ts';
import { Notices } from '../../../renderer/state/notices.svelte.ts';
import { NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { writtenChange } from '../../fakes/bridge/serve-plans.ts';

function make(): { readonly bridge: FakeBridge; readonly changes: Changes; readonly notices: Notices } {
  const bridge = new FakeBridge();
  const notices = new Notices();
  return { bridge, notices, changes: new Changes(createClient(bridge), notices) };
}

const write = (changes: Changes, id: string): void => changes.wrote(writtenChange(`Did ${id}`, id, '/f'));

/** Undoes everything; each undo is a change of its own. */
function undoing(bridge: FakeBridge): string[] {
  const undone: string[] = [];
  bridge.answer('plans.undo', ({ change }) => {
    undone.push(change);
    return { ok: true, value: writtenChange('', `undo of ${change}`, '/f') };
  });
  return undone;
}

describe('changes of a session', () => {
  it('are asked about, newest first, one question at a time, and nothing is undone before the answer', async () => {
    const { bridge, changes } = make();
    const undone = undoing(bridge);
    for (const id of ['a', 'b', 'c']) write(changes, id);

    changes.askUndo('/f');
    changes.askUndo('/f');
    changes.askUndo('/f');
    await expect.poll(() => changes.question?.change.what).toBe('Did c');
    expect(changes.question).toMatchObject({ deed: 'undo', change: { files: [{ file: '/f' }], atMs: NOW_MS } });
    changes.leave();
    expect([undone, changes.last?.id]).toEqual([[], 'c']);

    for (const id of ['c', 'b']) {
      changes.askUndo('/f');
      await expect.poll(() => changes.question?.change.id).toBe(id);
      expect(await changes.confirm()).toBeUndefined();
      changes.leave();
    }

    expect([undone, changes.last?.id]).toEqual([['c', 'b'], 'a']);
  });

  it('are asked about also when the page shows one before main has answered', async () => {
    const { changes } = make();
    write(changes, 'a');
    const answer = Promise.withResolvers<Outcome<WrittenChange>>();
    const taken = changes.take(answer.promise);

    changes.askUndo('/f');
    answer.resolve({ ok: true, value: writtenChange('Did b', 'b', '/f') });

    expect(await taken).toBeUndefined();
    await expect.poll(() => changes.question?.change.id).toBe('b');
  });

  it('that were undone are done again, after a question, by undoing the undo', async () => {
    const { bridge, changes, notices } = make();
    const undone = undoing(bridge);
    write(changes, 'a');
    changes.askUndo('/f');
    await expect.poll(() => changes.question).toBeDefined();
    await changes.confirm();
    changes.leave();

    changes.askRedo();
    await expect.poll(() => changes.question).toMatchObject({ deed: 'redo', change: { what: 'Did a' } });
    expect(undone).toEqual(['a']);
    await changes.confirm();
    changes.leave();

    expect(undone).toEqual(['a', 'undo of a']);
    expect([changes.last?.what, changes.last?.id, changes.lastUndone]).toEqual([
      'Did a',
      'undo of undo of a',
      undefined,
    ]);
    changes.askRedo();
    await expect.poll(() => notices.list.at(-1)?.text).toBe('Nothing was undone that could be done again.');
    expect(changes.question).toBeUndefined();
  });

  it('that were undone cannot be done again over a newer change', async () => {
    const { bridge, changes } = make();
    undoing(bridge);
    write(changes, 'a');
    changes.askUndo('/f');
    await expect.poll(() => changes.question).toBeDefined();
    await changes.confirm();
    expect(changes.lastUndone?.id).toBe('a');

    write(changes, 'b');

    expect(changes.lastUndone).toBeUndefined();
  });

  it('that cannot be taken back say why and are let go', async () => {
    const { bridge, changes } = make();
    bridge.answer('plans.undo', () => ({
      ok: false,
      failure: failureOf('conflict', 'The file changed after that.'),
    }));
    write(changes, 'a');

    changes.askUndo('/f');
    await expect.poll(() => changes.question).toBeDefined();

    expect(await changes.confirm()).toMatchObject({ message: 'The file changed after that.' });
    expect([changes.last, changes.lastUndone]).toEqual([undefined, undefined]);
  });

  it('show the history when there are none', () => {
    const { changes } = make();

    changes.askUndo('/f');

    expect(changes.history).toBe('/f');
  });

  it('without anything written offer no undo', () => {
    const { changes, notices } = make();

    changes.wrote({ id: 'n1', atMs: NOW_MS, what: 'Nothing had to change.', files: [] });

    expect(notices.list).toMatchObject([{ text: 'Nothing had to change.', action: undefined }]);
    expect(changes.last).toBeUndefined();
  });
});
