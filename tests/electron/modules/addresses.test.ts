import { beforeAll, describe, expect, it } from 'vitest';
import { fromChromium, headerToChromium, registerStandardScheme, toChromium } from './addresses.ts';

describe('addresses of a custom scheme', () => {
  beforeAll(() => {
    registerStandardScheme('app');
  });

  it.each([
    ['app://minos/index.html?a=1#b', 'https://minos.app.invalid/index.html?a=1#b'],
    ['app://minos/', 'https://minos.app.invalid/'],
    ['https://example.com/', 'https://example.com/'],
    ['other://minos/', 'other://minos/'],
    ['about:blank', 'about:blank'],
  ])('translates %s and back', (own, chromium) => {
    expect(toChromium(own)).toBe(chromium);
    expect(fromChromium(chromium)).toBe(own);
  });

  it.each(['https://minos.app.invalid.example.com/', 'https://minos.other.invalid/', 'https://x.app.invalid:8443/'])(
    'does not take %s for an address of the app',
    (address) => {
      expect(fromChromium(address)).toBe(address);
    },
  );

  it('translates a policy and a redirect, and nothing else', () => {
    expect(headerToChromium('Content-Security-Policy', "default-src 'none'; img-src app: app://minos 'self'")).toBe(
      "default-src 'none'; img-src https://*.app.invalid https://minos.app.invalid 'self'",
    );
    expect(headerToChromium('location', 'app://minos/a')).toBe('https://minos.app.invalid/a');
    expect(headerToChromium('x-note', 'app://minos/a')).toBe('app://minos/a');
  });
});
