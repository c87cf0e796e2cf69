import { expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ session: {} }));
const { isBelow, isDirect } = await import('../../../../main/app/updates/https-session.ts');

const FOLDER = 'https://example.org/minos/';

it.each([
  ['https://example.org/minos/latest.yml', true],
  ['https://example.org/minos/', true],
  ['https://example.org/minos', false],
  ['https://example.org/minos/../other/latest.yml', false],
  ['https://example.org/minos/%2e%2e/latest.yml', false],
  ['https://example.org:8443/minos/latest.yml', false],
  ['https://example.org.evil.example/minos/latest.yml', false],
  ['https://evil.example/minos/latest.yml', false],
  ['https://me@example.org/minos/latest.yml', false],
  ['http://example.org/minos/latest.yml', false],
  ['app://minos/index.html', false],
  ['not an address', false],
])('of a build that names its folder, %s may be asked: %s', (url, isAllowed) => {
  expect(isBelow(url, FOLDER)).toBe(isAllowed);
});

it('an answer that sends elsewhere is not read', () => {
  expect([200, 206, 301, 302, 307, 308, 404].filter(isDirect)).toEqual([200, 206, 404]);
});
