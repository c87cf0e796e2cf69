import { describe, expect, it } from 'vitest';
import { hexLine, hexLineCount } from '../../../../renderer/features/files/preview/hex-lines.ts';
import { isSecretPath, isSecretText } from '../../../../renderer/features/files/preview/looks-secret.ts';
import { linesOf, readText } from '../../../../renderer/features/files/preview/read-text.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);

describe('the bytes of a file', () => {
  it('are text where they are UTF-8, with a mark or without', () => {
    expect(readText(utf8('Grüße\n'))).toEqual({ kind: 'text', encoding: 'UTF-8', text: 'Grüße\n', broken: 0 });
    expect(readText(bytes(0xef, 0xbb, 0xbf, 0x61))).toMatchObject({ encoding: 'UTF-8 with a mark', text: 'a' });
  });

  it('are text in UTF-16 where they say so, although every second one is zero', () => {
    expect(readText(bytes(0xff, 0xfe, 0x61, 0, 0x62, 0))).toMatchObject({ kind: 'text', text: 'ab' });
    expect(readText(bytes(0xfe, 0xff, 0, 0x61))).toMatchObject({ kind: 'text', text: 'a' });
  });

  it('are no text where there are zeros, or mostly what no text has', () => {
    expect(readText(bytes(0x7f, 0x45, 0x4c, 0x46, 0))).toEqual({ kind: 'binary' });
    expect(readText(bytes(1, 2, 3, 4, 5, 6))).toEqual({ kind: 'binary' });
    expect(readText(bytes(0xff, 0xc0, 0xfe, 0x80))).toEqual({ kind: 'binary' });
  });

  it('say how many characters are broken where a few are', () => {
    expect(readText(new Uint8Array([...utf8('a long line of text '), 0xe9, ...utf8(' and more')]))).toMatchObject({
      kind: 'text',
      broken: 1,
    });
  });

  it('that begin and end in the middle of a character lose only that', () => {
    const all = utf8('ü—ü');
    expect(readText(all.slice(1, -1), { hasBefore: true, hasMore: true })).toMatchObject({ text: '—', broken: 0 });
  });

  it('of colours in a log stay text', () => {
    expect(readText(utf8('\u001b[32mok\u001b[0m\n'))).toMatchObject({ kind: 'text' });
  });
});

it('a very long line is cut and says by how much', () => {
  const [line = '', next] = linesOf(`${'x'.repeat(5000)}\r\nnext\n`);

  expect(line).toMatch(/x … \(1,000 more characters in this line\)$/);
  expect(next).toBe('next');
});

it('hexadecimal lines say where, sixteen bytes, and the same as signs', () => {
  const all = new Uint8Array([...utf8('talos'), 0, 0xff, 0x1b, ...utf8('0123456789')]);

  expect(hexLineCount(all)).toBe(2);
  expect(hexLine(all, 0)).toBe('00000000  74 61 6c 6f 73 00 ff 1b  30 31 32 33 34 35 36 37  |talos...01234567|');
  expect(hexLine(all, 1, 0x1000)).toMatch(/^00001010 {2}38 39 .*\|89\|$/);
});

it.each(['/system/state/config.yaml', '/etc/kubernetes/pki/ca.key', '/var/lib/kubelet/pki/x.pem', '/proc/7/environ'])(
  '%s is kept from who happens to see the screen',
  (path) => {
    expect(isSecretPath(path)).toBe(true);
  },
);

it.each(['/etc/hosts', '/var/log/pods/a/0.log', '/usr/bin/keyctl'])('%s is shown at once', (path) => {
  expect(isSecretPath(path)).toBe(false);
});

it('a private key inside a text is found', () => {
  expect(isSecretText('x\n-----BEGIN ED25519 PRIVATE KEY-----\nMC4\n')).toBe(true);
  expect(isSecretText('-----BEGIN CERTIFICATE-----\nMII\n')).toBe(false);
});
