import { writeFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../../main/credentials/mint.ts';
import { COMMANDS } from '../../../../main/operations/commands/index.ts';
import { withRefusals } from '../../../../main/operations/commands/kit/allowed.ts';
import type { WindowContexts } from '../../../../main/operations/talosconfigs/window-contexts.ts';
import type { TalosconfigState } from '../../../../preload/contract/index.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const ONE = 11;
const TWO = 22;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Credentials of two clusters, as a talosconfig has them; `expiredOf…` with a certificate that has expired. */
let ofA: string;
let expiredOfA: string;
let ofB: string;
let expiredOfB: string;
beforeAll(async () => {
  const credentials = async (): Promise<readonly [string, string]> => {
    const authority = await mintAuthority('talos');
    const written = async (validity: { readonly notBeforeMs?: number; readonly notAfterMs?: number }) => {
      const leaf = await authority.issue({ organizations: ['os:reader'], commonName: 'me', ...validity });
      return `ca: ${base64(authority.certPem)}, crt: ${base64(leaf.certPem)}, key: ${base64(leaf.keyPem)}`;
    };
    return Promise.all([
      written({}),
      written({ notBeforeMs: Date.now() - 7_200_000, notAfterMs: Date.now() - 3_600_000 }),
    ]);
  };
  [[ofA, expiredOfA], [ofB, expiredOfB]] = await Promise.all([credentials(), credentials()]);
});

let opened: TestWorkspace;
afterEach(() => opened.close());

/** `context:` and contexts: name, endpoint and credentials. */
const file = (current: string, ...contexts: readonly (readonly [string, string, string])[]): string =>
  [
    `context: ${current}`,
    'contexts:',
    ...contexts.map(([name, endpoint, credentials]) => `  ${name}: {endpoints: [${endpoint}], ${credentials}}`),
    '',
  ].join('\n');

async function open(text: string): Promise<WindowContexts> {
  opened = await openWorkspace(text);
  return opened.workspace.talosconfig.windows;
}

/** Another program writes the file. */
async function rewrite(text: string): Promise<void> {
  await writeFile(opened.path, text);
  await opened.workspace.talosconfig.reload();
}

const told = (windowId: number): Pick<TalosconfigState, 'selected' | 'gone'> => {
  const { talosconfig } = opened.workspace;
  const { selected, gone } = talosconfig.windows.of(windowId, talosconfig.state).current;
  return { ...(selected !== undefined && { selected }), ...(gone && { gone }) };
};

describe('the context of a window', () => {
  it('is that of the file at first, and each window has its own from then on', async () => {
    const windows = await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    expect([told(ONE), told(TWO)]).toEqual([{ selected: 'a' }, { selected: 'a' }]);

    windows.select(TWO, 'b');

    expect([told(ONE), told(TWO)]).toEqual([{ selected: 'a' }, { selected: 'b' }]);
    expect(() => {
      windows.select(TWO, 'c');
    }).toThrow('The talosconfig has no context c.');
    windows.forget(TWO);
    expect(told(TWO)).toEqual({ selected: 'a' });
  });

  it('stays where it is when the file names another one', async () => {
    await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite(file('b', ['a', 'x', ofA], ['b', 'y', ofB]));

    expect([told(ONE), told(TWO)]).toEqual([{ selected: 'a' }, { selected: 'b' }]);
  });

  it('is gone with it: no other cluster takes its place, and it is there again when it comes back', async () => {
    await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite(file('b', ['b', 'y', ofB]));
    expect([told(ONE), told(TWO)]).toEqual([{ gone: { id: 'a', name: 'a' } }, { selected: 'b' }]);

    await rewrite(file('b', ['a', 'x', ofA], ['b', 'y', ofB]));
    expect(told(ONE)).toEqual({ selected: 'a' });
  });

  it('is followed to another name by every window, also over a window that does not look', async () => {
    const windows = await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    windows.select(TWO, 'a');

    await rewrite(file('b', ['new', 'x', ofA], ['b', 'y', ofB]));
    await rewrite(file('b', ['newer', 'x', ofA], ['b', 'y', ofB]));

    expect([windows.contextOf(TWO), told(TWO)]).toEqual(['newer', { selected: 'newer' }]);
  });

  it('is followed to its cluster where its name was given to another one', async () => {
    await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite(file('a', ['old', 'x', ofA], ['a', 'y', ofB]));

    expect(told(ONE)).toEqual({ selected: 'old' });
  });

  it('is gone when its name is given to another cluster, until it is chosen again or leads back', async () => {
    const windows = await open(file('a', ['a', 'x', ofA]));
    windows.select(TWO, 'a');
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite(file('a', ['a', 'x', ofB]));
    expect([told(ONE), told(TWO)]).toEqual([{ gone: { id: 'a', name: 'a' } }, { gone: { id: 'a', name: 'a' } }]);
    windows.select(TWO, 'a');
    expect(told(TWO)).toEqual({ selected: 'a' });

    await rewrite(file('a', ['a', 'y', ofA]));
    expect([told(ONE), told(TWO)]).toEqual([{ selected: 'a' }, { gone: { id: 'a', name: 'a' } }]);
  });

  it('is gone with its name also where neither certificate, or only one of them, is valid', async () => {
    await open(file('a', ['a', 'x', expiredOfA]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite(file('a', ['a', 'x', expiredOfB]));
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });
    await rewrite(file('a', ['a', 'x', ofB]));
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });

    await rewrite(file('a', ['a', 'x', ofA]));
    expect(told(ONE)).toEqual({ selected: 'a' });
    await rewrite(file('a', ['a', 'x', expiredOfB]));
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });
  });

  it('is not forgotten for a moment without credentials in which its name changes hands', async () => {
    await open(file('a', ['a', 'x', ofA]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite('context: a\ncontexts: {a: {endpoints: [x]}}\n');
    expect(told(ONE)).toEqual({ selected: 'a' });
    await rewrite(file('a', ['a', 'x', ofB]));
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });
    await rewrite(file('a', ['a', 'x', ofA]));
    expect(told(ONE)).toEqual({ selected: 'a' });
  });

  it('is not guessed where two lead to the same cluster, or another endpoint', async () => {
    await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite(file('c', ['c', 'x', ofA], ['d', 'x', ofA]));
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });
    await rewrite(file('c', ['c', 'other', ofA]));
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });
  });

  it('is not taken from a file that cannot be read for a moment', async () => {
    await open(file('a', ['a', 'x', ofA]));
    expect(told(ONE)).toEqual({ selected: 'a' });

    await rewrite('contexts: [');
    expect(told(ONE)).toEqual({ gone: { id: 'a', name: 'a' } });
    await rewrite(file('a', ['a', 'x', ofA]));
    expect(told(ONE)).toEqual({ selected: 'a' });
  });

  it('follows a rename by Minos, and its undo', async () => {
    const windows = await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    windows.select(TWO, 'b');
    const { editing, plans } = opened.workspace;

    const renamed = await editing.edit('b', { kind: 'rename', to: 'c' }, () => 'Renamed b');
    expect([told(ONE), told(TWO)]).toEqual([{ selected: 'a' }, { selected: 'c' }]);
    await plans.undo(renamed.id);
    expect(told(TWO)).toEqual({ selected: 'b' });
  });

  it('tells a window of its own switch alone, and both of a reading that is worked out once', async () => {
    await open(file('a', ['a', 'x', ofA], ['b', 'y', ofB]));
    const { windows, state } = opened.workspace.talosconfig;
    const shared = withRefusals(state, COMMANDS);
    const heard: [number, TalosconfigState][] = [];
    const stops = [ONE, TWO].map((windowId) =>
      windows.of(windowId, shared).subscribe((config) => heard.push([windowId, config])),
    );

    windows.select(TWO, 'b');
    expect(heard.map(([windowId, { selected }]) => [windowId, selected])).toEqual([[TWO, 'b']]);
    heard.length = 0;
    await rewrite(file('a', ['a', 'x', ofA], ['b', 'y', ofB], ['c', 'z', ofB]));
    const [one, two] = heard.map(([, config]) => config);
    expect([one?.selected, two?.selected]).toEqual(['a', 'b']);
    expect(one?.contexts).toHaveLength(3);
    expect(one?.contexts).toBe(two?.contexts);
    for (const stop of stops) stop();
  });
});
