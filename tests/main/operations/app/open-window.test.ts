import { afterEach, expect, test } from 'vitest';
import { callRoutes, type RouteOptions } from '../../../../main/operations/routes.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';

let opened: TestWorkspace;
afterEach(() => opened.close());

test('a window is opened on the context of the one that asks, or on the one it is asked for, and on no other', async () => {
  opened = await openWorkspace(
    'context: a\ncontexts:\n  a: {endpoints: [x]}\n  b: {endpoints: [y]}\n  c: {endpoints: [z]}\n',
  );
  const { windows } = opened.workspace.talosconfig;
  const addresses: (string | undefined)[] = [];
  const openWindow = (address?: string): number => 100 + addresses.push(address);
  const calls = callRoutes({ workspace: opened.workspace, desktop: {}, openWindow } as unknown as RouteOptions);
  const ask = (wish: { context?: string; address?: string }): unknown =>
    calls['windows.open'](wish, { signal: new AbortController().signal, windowId: 1 });
  windows.select(1, 'b');

  ask({});
  ask({ context: 'c', address: '#/nodes' });
  expect(() => ask({ context: 'gone' })).toThrow('The talosconfig has no context gone.');

  expect(addresses).toEqual([undefined, '#/nodes']);
  expect([windows.contextOf(101), windows.contextOf(102), windows.contextOf(1)]).toEqual(['b', 'c', 'b']);
});
