import { expect, test } from 'vitest';
import { parseProxyUrl } from '../../../../main/lib/proxy-url.ts';
import { chooseProxy, usesProxy } from '../../../../main/pool/proxy/proxy-choice.ts';

const target = { host: '10.5.0.2', port: 50_000 };

test.each<[string, ReturnType<typeof parseProxyUrl>]>([
  ['http://proxy.example:3128', { scheme: 'http', host: 'proxy.example', port: 3128 }],
  ['https://proxy.example', { scheme: 'https', host: 'proxy.example', port: 443 }],
  ['socks5://[::1]:9', { scheme: 'socks5', host: '::1', port: 9 }],
  ['socks5://me:p%40ss@proxy', { scheme: 'socks5', host: 'proxy', port: 1080, user: 'me', password: 'p@ss' }],
  ['http://proxy', { scheme: 'http', host: 'proxy', port: 80 }],
  ['ftp://proxy', { problem: 'The proxy scheme "ftp" is not supported: use http, https or socks5.' }],
  ['://', { problem: 'The proxy URL cannot be read. It looks like http://host:port.' }],
])('%s', (text, expected) => {
  expect(parseProxyUrl(text)).toEqual(expected);
});

test('a problem never repeats a password', () => {
  expect(JSON.stringify(parseProxyUrl('http://me:hunter2@:x'))).not.toContain('hunter2');
});

test.each<[string, Parameters<typeof chooseProxy>[0], string | undefined]>([
  ['nothing set', { env: {} }, undefined],
  ['HTTPS_PROXY', { env: { HTTPS_PROXY: 'http://a:1' } }, 'a'],
  ['https_proxy', { env: { https_proxy: 'http://a:1' } }, 'a'],
  ['HTTP_PROXY is for plain http only', { env: { HTTP_PROXY: 'http://a:1' } }, undefined],
  ['without a scheme it is http', { env: { HTTPS_PROXY: 'a:1' } }, 'a'],
  ['NO_PROXY wins over HTTPS_PROXY', { env: { HTTPS_PROXY: 'http://a:1', NO_PROXY: '10.0.0.0/8' } }, undefined],
  ['proxy-url wins over both', { proxyUrl: 'socks5://b', env: { HTTPS_PROXY: 'http://a:1', NO_PROXY: '*' } }, 'b'],
  ['direct disables any proxy', { proxyUrl: 'direct', env: { HTTPS_PROXY: 'http://a:1' } }, undefined],
  ['an empty proxy-url is not set', { proxyUrl: '', env: { HTTPS_PROXY: 'http://a:1' } }, 'a'],
])('%s', (_name, settings, host) => {
  const choice = chooseProxy(settings, target);

  expect(choice && 'host' in choice ? choice.host : undefined).toBe(host);
});

test.each<[string, string, boolean]>([
  ['10.5.0.2', '', true],
  ['10.5.0.2', '*', false],
  ['10.5.0.2', '10.5.0.2', false],
  ['10.5.0.2', '10.5.0.2:50000', false],
  ['10.5.0.2', '10.5.0.2:443', true],
  ['10.5.0.2', ' 10.5.0.0/16 , other', false],
  ['10.5.0.2', '10.6.0.0/16', true],
  ['10.5.0.2', '0.5.0.2', true],
  ['10.5.0.2', '10.5.0.0/99', true],
  ['fd00::2', 'fd00::/8', false],
  ['fd00::2', '[fd00::2]:50000', false],
  ['fd00::2', 'fd00:0::2', false],
  ['cp.example.com', 'example.com', false],
  ['cp.example.com', '.example.com', false],
  ['cp.example.com', '*.example.com', false],
  ['example.com', '.example.com', true],
  ['example.com', 'example.com', false],
  ['EXAMPLE.com.', 'example.COM', false],
  ['notexample.com', 'example.com', true],
  ['localhost', '', false],
  ['127.0.0.3', '', false],
  ['::1', '', false],
])('%s with NO_PROXY=%s goes through the proxy: %s', (host, noProxy, expected) => {
  expect(usesProxy({ host, port: 50_000 }, noProxy)).toBe(expected);
});
