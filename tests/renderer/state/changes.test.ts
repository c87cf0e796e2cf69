import { describe, expect, it } from 'vitest';
import type { AppliedChange, Outcome } from '../../../preload/contract/index.ts';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { Changes } from '../../../renderer/state/changes.svelte.ts';
import { Notices } from '../../../renderer/state/notices.svelte.ts';
import { failureOf, FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

function make(): { readonly bridge: FakeBridge; readonly changes: Changes; readonly notices: Notices } {
  const bridge = new FakeBridge();
  const notices = new Notices();
  return { bridge, notices, changes: new Changes(createClient(bridge), notices) };
}

const write = (changes: Changes, changeId: string): void =>
  changes.wrote({ file: '/f', what: `Did ${changeId}`, changeId });

describe('changes of a session', () => {
  it('are taken back newest first, one after another, however fast the key is pressed', async () => {
    const { bridge, changes } = make();
    const undone: string[] = [];
    let running = 0;
    bridge.answer('history.undo', async ({ changeId }) => {
      expect(++running).toBe(1);
      await Promise.resolve();
      running -= 1;
      undone.push(changeId);
      return { ok: true, value: { file: '/f', what: '' } };
    });
    for (const id of ['a', 'b', 'c']) write(changes, id);

    changes.undoLast('/f');
    changes.undoLast('/f');
    changes.undoLast('/f');

    await expect.poll(() => undone).toEqual(['c', 'b', 'a']);
    expect([changes.last, changes.history]).toEqual([undefined, undefined]);
  });

  it('are taken back also when the page shows one before main has answered', async () => {
    const { bridge, changes } = make();
    const undone: string[] = [];
    bridge.answer('history.undo', ({ changeId }) => {
      undone.push(changeId);
      return { ok: true, value: { file: '/f', what: '' } };
    });
    write(changes, 'a');
    const answer = Promise.withResolvers<Outcome<AppliedChange>>();
    const taken = changes.take(answer.promise);

    changes.undoLast('/f');
    answer.resolve({ ok: true, value: { file: '/f', what: 'Did b', changeId: 'b' } });

    expect(await taken).toBeUndefined();
    await expect.poll(() => undone).toEqual(['b']);
    expect(changes.last?.id).toBe('a');
  });

  it('that cannot be taken back are said and let go', async () => {
    const { bridge, changes, notices } = make();
    bridge.answer('history.undo', () => ({
      ok: false,
      failure: failureOf('conflict', 'The file changed after that.'),
    }));
    write(changes, 'a');

    changes.undoLast('/f');

    await expect.poll(() => notices.list.at(-1)).toMatchObject({ text: 'The file changed after that.', tone: 'bad' });
    expect(changes.last).toBeUndefined();
  });

  it('show the history when there are none', () => {
    const { changes } = make();

    changes.undoLast('/f');

    expect(changes.history).toBe('/f');
  });

  it('without anything written offer no undo', () => {
    const { changes, notices } = make();

    changes.wrote({ file: '/f', what: 'Nothing had to change.' });

    expect(notices.list).toMatchObject([{ text: 'Nothing had to change.', action: undefined }]);
    expect(changes.last).toBeUndefined();
  });
});
