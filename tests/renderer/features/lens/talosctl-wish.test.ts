import { describe, expect, it } from 'vitest';
import { COMMANDS, PLACED } from '../../../../main/operations/commands/index.ts';
import { parseTalosctl } from '../../../../main/operations/commands/kit/talosctl-parse.ts';
import { talosctlWish } from '../../../../renderer/features/lens/talosctl-wish.ts';

const wish = (line: string) => talosctlWish(parseTalosctl(line, [...COMMANDS, ...PLACED]), ['a']);

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

  it('is none when it is about something else', () => {
    expect(wish('talosctl version')).toBeUndefined();
  });
});
