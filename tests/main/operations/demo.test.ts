import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Demo } from '../../../main/operations/demo.ts';
import type { TestWorkspace } from '../../fakes/open-workspace.ts';
import { openWorkspace } from '../../fakes/open-workspace.ts';

/** A context of this name that needs no credentials to be listed. */
const talosconfig = (name: string, node: string): string =>
  `context: ${name}\ncontexts:\n    ${name}:\n        endpoints: [127.0.0.9]\n        nodes: [${node}]\n`;

let folder: string;
let closed: number;
let opened: TestWorkspace | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-demo-test-'));
  closed = 0;
});

afterEach(async () => {
  await opened?.close();
  await rm(folder, { recursive: true });
});

async function startDemo(): Promise<Demo> {
  const path = join(folder, 'talosconfig');
  await writeFile(path, talosconfig('same', '10.9.9.9'));
  return {
    choice: { path, reason: 'demo', why: 'test', exists: true, writable: true },
    close: () => Promise.resolve(void (closed += 1)),
  };
}

async function open(start = startDemo): Promise<TestWorkspace['workspace']> {
  opened = await openWorkspace(talosconfig('same', '10.5.0.2'), undefined, undefined, start);
  return opened.workspace;
}

const targets = (workspace: TestWorkspace['workspace']): readonly string[] =>
  workspace.nodes('same').current.nodes.map(({ target }) => target);

describe('the demo', () => {
  it('is known at once, is left for the user’s own files, and ends', async () => {
    const workspace = await open();
    const opening = workspace.openDemo();
    expect(workspace.isDemo).toBe(true);
    await opening;
    expect(workspace.talosconfig.state.current.choice.reason).toBe('demo');

    await workspace.leaveDemo();

    expect([workspace.isDemo, workspace.talosconfig.state.current.choice.path, closed]).toEqual([
      false,
      opened!.path,
      1,
    ]);
  });

  it('takes nothing it knows of one set of files for the other, where both have a context of the same name', async () => {
    const workspace = await open();
    expect(targets(workspace)).toEqual(['10.5.0.2']);

    await workspace.openDemo();
    expect(targets(workspace)).toEqual(['10.9.9.9']);
    await workspace.leaveDemo();

    expect(targets(workspace)).toEqual(['10.5.0.2']);
  });

  it('can be left while it still starts', async () => {
    let begin = (): void => undefined;
    const workspace = await open(async () => {
      await new Promise<void>((resolve) => (begin = resolve));
      return startDemo();
    });
    const opening = workspace.openDemo();
    const leaving = workspace.leaveDemo();
    begin();
    await Promise.all([opening, leaving]);

    expect([workspace.isDemo, workspace.talosconfig.state.current.choice.path, closed]).toEqual([
      false,
      opened!.path,
      1,
    ]);
  });

  it('that cannot be started is no demo', async () => {
    const workspace = await open(() => Promise.reject(new Error('no port is free')));

    await expect(workspace.openDemo()).rejects.toThrow('no port is free');

    expect(workspace.isDemo).toBe(false);
  });
});
