import { describe, expect, it } from 'vitest';
import { readRelease, releaseIn } from '../../../../main/operations/updates/release.ts';

const GOOD = { publisher: ['CN=Example, C=DE'], url: 'https://example.org/minos', page: 'https://example.org/get' };

describe('who publishes a build', () => {
  it('is named with a folder that ends with a slash', () => {
    expect(readRelease(GOOD)).toEqual({ ...GOOD, url: 'https://example.org/minos/' });
  });

  it.each<[string, object]>([
    ['no publisher', { ...GOOD, publisher: [] }],
    ['an empty name', { ...GOOD, publisher: [' '] }],
    ['no address', { ...GOOD, url: '' }],
    ['http', { ...GOOD, url: 'http://example.org/' }],
    ['a file', { ...GOOD, page: 'file:///etc/passwd' }],
    ['a sign-in', { ...GOOD, url: 'https://me:secret@example.org/' }],
    ['a query', { ...GOOD, url: 'https://example.org/?to=' }],
    ['a fragment', { ...GOOD, page: 'https://example.org/#x' }],
    ['a long address', { ...GOOD, url: `https://example.org/${'x'.repeat(600)}` }],
    ['more than is known', { ...GOOD, channel: 'beta' }],
  ])('is nobody with %s: such a build asks nobody', (_what, value) => {
    expect(readRelease(value)).toBeUndefined();
  });

  it.each([
    ['', undefined],
    ['null', undefined],
    ['{"name":"minos"}', undefined],
    [JSON.stringify({ minosRelease: GOOD }), 'https://example.org/get'],
  ])('stands in the package.json of the archive: %s', (text, page) => {
    expect(releaseIn(text)?.page).toBe(page);
  });
});
