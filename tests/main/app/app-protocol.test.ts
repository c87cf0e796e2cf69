import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppRequest, siteFile } from '../../../main/app/app-protocol.ts';
import { CONFIRM_SITE } from '../../../main/app/app-site.ts';
import { CONTENT_SECURITY_POLICY } from '../../../main/app/content-security-policy.ts';

let root = '';
beforeAll(async () => {
  const base = await mkdtemp(join(tmpdir(), 'minos-page-'));
  root = join(base, 'page');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<title>Minos</title>');
  await writeFile(join(root, 'assets', 'a.js'), '1');
  await writeFile(join(root, 'secret.pem'), 'x');
  await writeFile(join(base, 'outside.js'), 'x');
});
afterAll(() => rm(join(root, '..'), { recursive: true }));

const get = (url: string, method = 'GET'): Promise<Response> => answerAppRequest(root, { url, method });

describe('the app scheme', () => {
  it('serves the page with the whole policy as a header', async () => {
    const response = await get('app://minos/index.html');

    expect(await response.text()).toContain('Minos');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://minos/../outside.js',
    'app://minos/%2e%2e/outside.js',
    'app://minos/..%2foutside.js',
    'app://minos/..%5coutside.js',
    'app://minos/assets/%00a.js',
    'app://minos/%E0%A4%A',
    'app://minos/secret.pem',
    'app://minos/assets',
    'app://minos/missing.js',
    'app://evil/index.html',
    'https://minos/index.html',
    'file:///etc/passwd',
  ])('answers 404, with the policy, for %s', async (url) => {
    const response = await get(url);

    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  });

  it('serves each page on its own origin alone, with its own policy', async () => {
    await writeFile(join(root, 'confirm.html'), '<title>Minos asks</title>');
    const confirm = (url: string): Promise<Response> => answerAppRequest(root, { url, method: 'GET' }, CONFIRM_SITE);

    const response = await confirm('app://confirm/confirm.html');
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([200, CONFIRM_SITE.policy]);
    expect((await confirm('app://confirm/assets/a.js')).status).toBe(200);
    expect((await confirm('app://confirm/index.html')).status).toBe(404);
    expect((await confirm('app://minos/confirm.html')).status).toBe(404);
    expect((await get('app://minos/confirm.html')).status).toBe(404);
  });

  it('answers only GET', async () => {
    expect((await get('app://minos/index.html', 'POST')).status).toBe(404);
  });

  it('maps the root to index.html', () => {
    expect(siteFile(root, 'app://minos/')).toBe(join(root, 'index.html'));
  });
});

describe('the policy', () => {
  it('starts from none, has no network, no inline code and requires trusted types', () => {
    expect(CONTENT_SECURITY_POLICY.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'none'",
      "frame-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types svelte-trusted-html minos-worker',
    ]);
  });
});
