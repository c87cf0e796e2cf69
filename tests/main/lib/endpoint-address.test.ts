import { expect, test } from 'vitest';
import { parseEndpoint, parseEndpoints } from '../../../main/lib/endpoint-address.ts';

const target = (endpoint: string): string => {
  const parsed = parseEndpoint(endpoint);
  return 'target' in parsed ? parsed.target : `problem: ${parsed.problem}`;
};

// The rows of both upstream tests (docs/talos-behaviour.md, endpoint strings).
test.each([
  ['123.123.123.123', '123.123.123.123:50000'],
  ['exammple.com:111', 'exammple.com:111'],
  ['localhost', 'localhost:50000'],
  ['localhost:890', 'localhost:890'],
  ['https://111.111.222.222:444', '111.111.222.222:444'],
  ['https://www.somecompany.com', 'www.somecompany.com:443'],
  ['https://[be4d::f7be]', '[be4d::f7be]:443'],
  ['2001:db8:0:0:0:ff00:42:8329', '[2001:db8:0:0:0:ff00:42:8329]:50000'],
  ['[2001:db8:4006:812::200e]:8080', '[2001:db8:4006:812::200e]:8080'],
  ['grpc://222.22.2.1', '222.22.2.1:50000'],
  ['grpc://[794b::7c]:111', '[794b::7c]:111'],
])('upstream row: %s is dialled as %s', (endpoint, expected) => {
  expect(target(endpoint)).toBe(expected);
});

test.each([
  ['[2001:db8::1]', '[2001:db8::1]:50000'],
  ['::1', '[::1]:50000'],
  ['be4d::f7be', '[be4d::f7be]:50000'],
  ['HTTPS://Host.Example', 'Host.Example:443'],
  ['https://host.example/path?x=1', 'host.example:443'],
  ['http://host.example', 'host.example:50000'],
  ['https://user:pass@host.example:8443/', 'host.example:8443'],
  ['fe80::1%eth0', '[fe80::1%eth0]:50000'],
  ['  10.0.0.1  ', '10.0.0.1:50000'],
])('our row: %s is dialled as %s', (endpoint, expected) => {
  expect(target(endpoint)).toBe(expected);
});

test.each(['', '  ', 'host:', 'host:0', 'host:65536', 'host:abc', 'a b', '[::1', 'x:y:z', 'https://', ':50000'])(
  'refuses %j with a sentence',
  (endpoint) => {
    expect(target(endpoint)).toMatch(/^problem: .*\.$/);
  },
);

test('the certificate must name the host without brackets or port', () => {
  expect(parseEndpoint('https://[be4d::f7be]')).toMatchObject({ host: 'be4d::f7be', name: 'be4d::f7be', port: 443 });
});

test('two spellings of one target count once, under the first', () => {
  const parsed = parseEndpoints(['10.0.0.1', 'grpc://10.0.0.1', '10.0.0.1:50000', '10.0.0.2']);

  expect(parsed.map(({ endpoint }) => endpoint)).toEqual(['10.0.0.1', '10.0.0.2']);
});
