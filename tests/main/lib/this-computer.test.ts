import { expect, test } from 'vitest';
import { isThisComputer } from '../../../main/lib/this-computer.ts';

test.each([
  '127.0.0.1',
  '127.0.0.1:50000',
  '127.8.0.9',
  'localhost',
  'LocalHost:50001',
  'localhost.',
  'talos.localhost',
  'https://localhost:6443/path',
  'https://user@127.0.0.1',
  '::1',
  '[::1]:50000',
  '[::1]',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '0.0.0.0',
])('%s is this computer', (endpoint) => {
  expect(isThisComputer(endpoint)).toBe(true);
});

test.each([
  '10.0.0.1',
  '127.example.org',
  'localhost.example.org',
  'mylocalhost',
  'https://example.org/localhost',
  'fd00::1',
  '[fe80::1%eth0]:50000',
  '1.127.0.0',
  '',
  'not a host',
])('%j is not', (endpoint) => {
  expect(isThisComputer(endpoint)).toBe(false);
});
