import { expect, test } from 'vitest';
import { allContextContents, contextContent } from '../../../../main/talosconfig/talosconfig-edit.ts';
import { contextHosts, endpointHost, hostsIn, newHosts } from '../../../../main/operations/talosconfigs/named-hosts.ts';

const shown = (...edits: Parameters<typeof hostsIn>[0]): readonly string[] => hostsIn(edits).map((one) => one.shown);

test('a host is the same with another port, scheme, case or trailing dot', () => {
  const same = ['cp.example', 'CP.example.', 'cp.example:6443', 'https://cp.example', 'https://u@cp.example:1/x'];
  expect(new Set(same.map((one) => endpointHost(one).key)).size).toBe(1);
  expect(endpointHost('[::1]:6443').key).toBe(endpointHost('::1').key);
});

test('a part of a known name is another host', () => {
  const known = new Set(contextHosts(['example.com']).map(({ key }) => key));
  const hosts = contextHosts(['leak.example.com', 'example.com.evil', 'xample.com', 'EXAMPLE.com', 'leak.example.com']);
  expect(newHosts(hosts, known).map((one) => one.shown)).toEqual([
    'leak.example.com',
    'example.com.evil',
    'xample.com',
  ]);
});

test('a proxy is another one with another user or password, and shows neither', () => {
  const known = new Set(contextHosts([], 'http://ada:one@proxy:3128').map(({ key }) => key));
  expect(newHosts(contextHosts([], 'http://ada:one@proxy:3128'), known)).toEqual([]);
  const [other] = newHosts(contextHosts([], 'http://ada:two@proxy:3128'), known);
  expect(other?.shown).toBe('http proxy proxy:3128');
  expect([...contextHosts([], ''), ...contextHosts([], 'direct')]).toEqual([]);
});

test('every edit that can bring a host is looked at', () => {
  const content = contextContent({ endpoints: ['a.example'], proxyUrl: 'socks5://p.example:1' });
  const text = 'contexts:\n  x:\n    target: old.example\n    endpoints: [new.example, 10]\n  y:\n    target: 11\n';
  const [x, y] = [...allContextContents(text).values()];

  expect(shown({ kind: 'add', name: 'n', content })).toEqual(['a.example', 'socks5 proxy p.example:1']);
  expect(shown({ kind: 'overwrite', name: 'n', content: x! })).toEqual(['new.example', '10', 'old.example']);
  expect(shown({ kind: 'add', name: 'n', content: y! })).toEqual(['11']);
  expect(shown({ kind: 'set-endpoints', name: 'n', endpoints: ['a', 'not a host'] })).toEqual(['a', 'not a host']);
  expect(shown({ kind: 'set-proxy-url', name: 'n', proxyUrl: 'http://p' })).toEqual(['http proxy p:80']);
  expect(
    shown({ kind: 'rename', name: 'n', to: 'leak.example' }, { kind: 'set-nodes', name: 'n', nodes: ['b'] }),
  ).toEqual([]);
});
