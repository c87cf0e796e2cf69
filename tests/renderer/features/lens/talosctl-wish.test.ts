import { describe, expect, it } from 'vitest';
import { COMMANDS, PLACED } from '../../../../main/operations/commands/index.ts';
import { parseTalosctl } from '../../../../main/operations/commands/kit/talosctl-parse.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { openSource } from '../../../../main/operations/lens/source-requests.ts';
import { talosctlWish } from '../../../../renderer/features/lens/talosctl-wish.ts';

const wish = (line: string) => talosctlWish(parseTalosctl(line, [...COMMANDS, ...PLACED]), ['a']);

/** What the node is asked for the first source of a line: method and request. */
async function asked(line: string): Promise<unknown> {
  let found: unknown;
  const caller = {
    gatheredStream: (path: string, request: unknown) => {
      found = [path.split('/').at(-1), request];
      return [];
    },
  } as unknown as Caller;
  const { sources: [source] = [], follow = false, tail = 0 } = wish(line) ?? {};
  if (source === undefined) return undefined;
  const { signal } = new AbortController();
  const call = { follow, tail, signal, avoid: [], isLeft: () => false, onEndpoint: () => undefined };
  for await (const _each of openSource(caller, source, call)) throw new Error('it sent something');
  return found;
}

const SYSTEM = { namespace: 'system', driver: 'CONTAINERD' };
const NONE = { with_actor_id: '', tail_id: '', tail_seconds: 0 };

describe('a pasted line for the lens', () => {
  it.each([
    ['talosctl logs kubelet', { kind: 'service', node: 'a', id: 'kubelet' }, false, -1],
    ['talosctl logs -f --tail 20 etcd', { kind: 'service', node: 'a', id: 'etcd' }, true, 20],
    ['talosctl logs --tail=0 -f etcd', { kind: 'service', node: 'a', id: 'etcd' }, true, 0],
    ['talosctl logs -k shop/web-1:web --use-cri', { kind: 'container', node: 'a', id: 'shop/web-1:web' }, false, -1],
    ['talosctl dmesg', { kind: 'kernel', node: 'a' }, false, -1],
    ['talosctl dmesg -f --tail', { kind: 'kernel', node: 'a' }, true, 0],
    ['talosctl events', { kind: 'events', node: 'a' }, true, 0],
    ['talosctl events --tail -1', { kind: 'events', node: 'a' }, true, -1],
    [
      'talosctl events --duration 1m30.9s --since c9m0l5q4h3s7b8n2r1t0 --actor-id 7f',
      { kind: 'events', node: 'a', seconds: 90, sinceId: 'c9m0l5q4h3s7b8n2r1t0', actorId: '7f' },
      true,
      0,
    ],
  ])('%s loses no flag', (line, source, follow, tail) => {
    expect(wish(line)).toEqual({ sources: [source], follow, tail });
  });

  it.each([
    ['talosctl logs kubelet', 'Logs', { ...SYSTEM, id: 'kubelet', follow: false, tail_lines: -1 }],
    ['talosctl logs -f --tail 20 etcd', 'Logs', { ...SYSTEM, id: 'etcd', follow: true, tail_lines: 20 }],
    [
      'talosctl logs -k shop/web-1:web',
      'Logs',
      { namespace: 'k8s.io', driver: 'CRI', id: 'shop/web-1:web', follow: false, tail_lines: -1 },
    ],
    ['talosctl dmesg', 'Dmesg', { follow: false, tail: false }],
    ['talosctl dmesg -f --tail', 'Dmesg', { follow: true, tail: true }],
    ['talosctl events', 'Events', { ...NONE, tail_events: 0 }],
    ['talosctl events --tail -1', 'Events', { ...NONE, tail_events: -1 }],
    [
      'talosctl events --tail 5 --duration 1m30.9s --since c9m0l5q4h3s7b8n2r1t0 --actor-id 7f',
      'Events',
      { with_actor_id: '7f', tail_id: 'c9m0l5q4h3s7b8n2r1t0', tail_seconds: 90, tail_events: 5 },
    ],
  ])('%s asks a node as talosctl does', async (line, method, request) => {
    expect(await asked(line)).toEqual([method, request]);
  });

  it('is none when it is about something else', () => {
    expect(wish('talosctl version')).toBeUndefined();
  });
});
