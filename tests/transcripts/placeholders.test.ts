import { expect, test } from 'vitest';
import { Placeholders } from './support/placeholders.ts';

const KEY = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ'.repeat(2);

test('equal tokens get equal placeholders, others other ones', () => {
  const placeholders = new Placeholders({ home: '/tmp/abc' });
  const [one, two] = ['8d1f0c52-0000-4000-8000-000000000001', '8d1f0c52-0000-4000-8000-000000000002'];

  expect(placeholders.value({ token: one, path: '/tmp/abc/config' })).toEqual({
    path: '<home>/config',
    token: '<uuid 1>',
  });
  expect(placeholders.value([two, one, KEY])).toEqual(['<uuid 2>', '<uuid 1>', '<base64 1>']);
});

test('times, durations and the endpoint that was picked are no difference; a deadline and a list of endpoints are', () => {
  const placeholders = new Placeholders({});

  const shown = placeholders.value({
    atMs: 1_800_000_000_000,
    deadlineMs: 20_000,
    endpoint: '127.0.0.3:41000',
    endpoints: ['127.0.0.3:41000', '127.0.0.4:41000'],
    rows: 3,
  });

  expect(shown).toEqual({
    atMs: '<measured>',
    deadlineMs: 20_000,
    endpoint: '<an endpoint>',
    endpoints: ['127.0.0.3:<port 1>', '127.0.0.4:<port 1>'],
    rows: 3,
  });
});

test('items whose order nobody promises are sorted by what does not differ from run to run', () => {
  const placeholders = new Placeholders({});
  const items = [
    { node: 'b', id: '00000000-0000-4000-8000-000000000000' },
    { node: 'a', id: 'ffffffff-0000-4000-8000-000000000000' },
  ];

  expect(placeholders.sorted(items).map(({ node }) => node)).toEqual(['a', 'b']);
});
