import { expect, test } from 'vitest';
import { isMaskedProxy, maskAddresses, shownProxy, UNREADABLE_PROXY } from '../../../main/lib/proxy-address.ts';

test.each([
  ['socks5://user:hunter2@10.0.0.1:1080', 'socks5://user:***@10.0.0.1:1080'],
  ['direct', 'direct'],
  ['', ''],
  ['http://proxy:3128', 'http://proxy:3128'],
  ['http://proxy:3128/', 'http://proxy:3128/'],
  ['http://[2001:db8::1]:3128', 'http://[2001:db8::1]:3128'],
  ['proxy.local:3128', 'proxy.local:3128'],
  ['http://hunter2@host:1', 'http://***@host:1'],
  ['http://:hunter2@host', 'http://***@host'],
  ['http://user:hun:ter2@@host', 'http://***@host'],
  ['http://user:hun/ter2@host:80', 'http://***@host:80'],
  ['http://user:hun ter2@host', 'http://***@host'],
  ['http://user:hunter2\n@host', 'http://***@host'],
  ['user:hunter2@host', 'user:***@host'],
  ['http://user:hunter2%40host', UNREADABLE_PROXY],
  ['http://host/?token=hunter2', UNREADABLE_PROXY],
  ['http:user:hunter2@host', 'http:***@host'],
  ['http:///user:hunter2@host', 'http://***@host'],
  ['socks5://…hunter2', UNREADABLE_PROXY],
  ['user:hunter2', UNREADABLE_PROXY],
  ['http://user:hunter2@ho st', UNREADABLE_PROXY],
])('of the proxy %j is shown %j', (address, shown) => {
  expect(shownProxy(address)).toBe(shown);
  expect(shownProxy(address)).not.toContain('hunter2');
  expect(isMaskedProxy(shown)).toBe(address !== shown);
});

test.each([
  ['dial http://user:hunter2@host:80 failed', 'dial http://***@host:80 failed'],
  ['HTTPS_PROXY=user:hunter2@host:80', 'HTTPS_PROXY=***@host:80'],
  ['"socks5://u:hun:ter@@h", then more', '"socks5://***@h", then more'],
  ['dial http%3A%2F%2Fuser%3Ahunter2%40proxy%3A80.', 'dial http%3A%2F%2F***%40proxy%3A80.'],
  ['image nginx:1.2@sha256:abc is there', 'image nginx:1.2@sha256:abc is there'],
  ['write to somebody@example.org', 'write to somebody@example.org'],
])('in a text: %s', (text, masked) => {
  expect(maskAddresses(text)).toBe(masked);
});
