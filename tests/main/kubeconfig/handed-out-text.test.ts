import { expect, test } from 'vitest';
import { nameFlaw, printable, serverFlaw } from '../../../main/kubeconfig/handed-out-text.ts';

test.each(['sim', 'admin@prod-fra', 'my cluster', '010', 'größe', '日本', '😀', 'a'.repeat(253)])(
  'takes the name %s',
  (name) => {
    expect(nameFlaw(name)).toBeUndefined();
  },
);

test.each([
  ['', /empty/],
  ['a'.repeat(254), /254 characters/],
  [' a', /space/],
  ['a\u00a0b', /not seen/],
  ['a\u200bb', /not seen/],
  ['a\u202eb', /not seen/],
  ['a\u2028b', /not seen/],
  ['a\u3164b', /not seen/],
  ['a\ufe0fb', /not seen/],
  ['a\u{e0041}b', /not seen/],
  ['a\ue000b', /not seen/],
  ['a\tb', /not seen/],
  ['a\u007fb', /not seen/],
])('refuses the name %j', (name, why) => {
  expect(nameFlaw(name)).toMatch(why);
});

test.each([
  'https://10.5.0.2:6443',
  'https://prod.example:6443/',
  'https://[2001:db8::1]:6443',
  'https://lb.example/k8s/clusters/c-1',
  'HTTPS://Prod.Example',
  'https://kubernetes.default.svc.cluster.local:443',
  'https://a_b:6443',
])('takes the server %s', (server) => {
  expect(serverFlaw(server)).toBeUndefined();
});

test.each([
  'http://a',
  'a:6443',
  'https://',
  'https://@a',
  'https://u:p@a',
  'https://a#b',
  'https://a?b',
  'https://a b',
  'https://a:0',
  'https://a:65536',
  'https://a:6443x',
  'https://a\\@b',
  'https://[::1',
  'https://[x]',
  'https://2130706433',
  'https://0x7f000001',
  'https://017700000001',
  'https://127.1',
  'https://%61.example',
  'https://аpi.example',
  'javascript:alert(1)',
  `https://${'a'.repeat(600)}`,
])('refuses the server %s', (server) => {
  expect(serverFlaw(server)).toEqual(expect.any(String));
});

test('prints foreign text short and with every unseen sign written out', () => {
  expect(printable('a\u202eb\u0000')).toBe('a\\u{202e}b\\u{0}');
  expect(printable('x'.repeat(100_000), 5)).toBe('xxxxx…');
});
