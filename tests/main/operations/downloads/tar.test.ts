import { describe, expect, it } from 'vitest';
import { linkPlace, placeOf } from '../../../../main/operations/downloads/tar/entry-place.ts';
import { readTar } from '../../../../main/operations/downloads/tar/read-tar.ts';
import { seeded } from '../../../../scripts/seeded-random.ts';
import { inPiecesOf, pax, tarOf, type MadeEntry } from './tar-of.ts';

async function entriesOf(bytes: Uint8Array, pieceBytes = 100) {
  const all: { readonly name: string; readonly kind: string; readonly link: string; readonly text: string }[] = [];
  for await (const entry of readTar(inPiecesOf(bytes, pieceBytes))) {
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.content()) pieces.push(piece);
    all.push({ name: entry.name, kind: entry.kind, link: entry.link, text: Buffer.concat(pieces).toString() });
  }
  return all;
}

const LONG = `${'folder/'.repeat(30)}file`;

describe('reading a tar archive', () => {
  it.each([1, 7, 511, 512, 513, 100_000])('gives the same entries in pieces of %i bytes', async (pieceBytes) => {
    const made: readonly MadeEntry[] = [
      { name: 'etc/', type: '5' },
      { name: 'etc/hosts', content: 'x'.repeat(1000) },
      { name: 'etc/empty' },
      { name: 'link', type: '2', link: 'etc/hosts' },
      { name: 'null', type: '3' },
    ];

    expect(await entriesOf(tarOf(made), pieceBytes)).toEqual([
      { name: 'etc/', kind: 'folder', link: '', text: '' },
      { name: 'etc/hosts', kind: 'file', link: '', text: 'x'.repeat(1000) },
      { name: 'etc/empty', kind: 'file', link: '', text: '' },
      { name: 'link', kind: 'link', link: 'etc/hosts', text: '' },
      { name: 'null', kind: 'device', link: '', text: '' },
    ]);
  });

  it('takes names of pax and of GNU, each for the next entry alone', async () => {
    const tar = tarOf([
      { name: 'pax', type: 'x', content: pax('path', LONG) + pax('mtime', '1.5') },
      { name: 'short', content: 'a' },
      { name: '././@LongLink', type: 'L', content: `${LONG}2\0` },
      { name: 'cut', content: 'b' },
      { name: '././@LongLink', type: 'K', content: `${LONG}3\0` },
      { name: 'link', type: '2', link: 'cut' },
      { name: 'plain', content: 'c' },
    ]);

    expect((await entriesOf(tar)).map(({ name, link }) => [name, link])).toEqual([
      [LONG, ''],
      [`${LONG}2`, ''],
      ['link', `${LONG}3`],
      ['plain', ''],
    ]);
  });

  it('may end after the last byte of a file, as archives of Talos do', async () => {
    expect(await entriesOf(tarOf([{ name: 'kubeconfig', content: 'abc' }]).subarray(0, 515))).toEqual([
      { name: 'kubeconfig', kind: 'file', link: '', text: 'abc' },
    ]);
  });

  it.each([
    ['ends in the middle of a file', tarOf([{ name: 'a', content: 'abc' }]).subarray(0, 514), /middle of a file/],
    ['ends in the middle of a header', tarOf([{ name: 'a' }]).subarray(0, 300), /middle of a file/],
    ['says a size that is none', Buffer.from(tarOf([{ name: 'a' }])).fill('9', 124, 135), /no archive/],
    ['is no archive', Buffer.alloc(2048, 'x'), /no archive/],
    ['has a name without end', tarOf([{ name: 'x', type: 'L', content: 'n'.repeat(100_000) }]), /too long/],
    ['has a pax record that runs over', tarOf([{ name: 'x', type: 'x', content: '99 path=a\n' }]), /cannot be read/],
    ['has a pax size that is none', tarOf([{ name: 'x', type: 'x', content: pax('size', '-1') }]), /no number/],
  ])('refuses what %s', async (_what, bytes, words) => {
    await expect(entriesOf(bytes)).rejects.toThrow(words);
  });

  it('ends for every mutation of an archive, with entries or a sentence', { timeout: 60_000 }, async () => {
    const random = seeded(16);
    const good = tarOf([
      { name: 'pax', type: 'x', content: pax('path', LONG) },
      { name: 'short', content: 'a'.repeat(600) },
      { name: 'link', type: '2', link: '../x' },
      { name: 'folder/', type: '5' },
    ]);
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.from(good);
      for (let hit = 0; hit < 1 + random() * 4; hit += 1)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = bytes.subarray(0, Math.floor(random() * bytes.length * 1.3));
      await entriesOf(cut, 200).catch((error: unknown) => {
        expect((error as Error).message).toMatch(/archive/);
      });
    }
  });
});

describe('where an entry goes', () => {
  it.each([
    ['/etc/passwd', 'its path is absolute'],
    ['../x', 'its path leads out of the folder'],
    ['a/../../x', 'its path leads out of the folder'],
    ['a/..', 'its path leads out of the folder'],
    [`a/${'n'.repeat(256)}`, 'its name is too long'],
    ['n/'.repeat(3000), 'its path is too long'],
    ['a\u001b[2J', 'its name has control characters'],
    ['a\0b', 'its name has control characters'],
  ])('%s is refused: %s', (name, refused) => {
    expect(placeOf(name, 'linux')).toEqual({ refused });
  });

  it.each(['a:b', 'con', 'NUL.txt', 'a\\..\\b', 'end.'])('%s is refused on Windows alone', (name) => {
    expect(placeOf(name, 'win32')).toEqual({ refused: 'Windows has no such names' });
    expect(placeOf(name, 'linux')).toEqual({ names: [name] });
  });

  it('leaves out what says nothing', () => {
    expect(placeOf('./a//b/./c/', 'linux')).toEqual({ names: ['a', 'b', 'c'] });
    expect(placeOf('./', 'linux')).toEqual({ names: [] });
  });
});

describe('where a link leads', () => {
  it.each([
    ['bin', 'usr/bin', { names: ['usr', 'bin'] }],
    ['a/b/link', '../c', { names: ['a', 'c'] }],
    ['a/..data', 'x', { names: ['a', 'x'] }],
    ['a/link', '/etc/passwd', { refused: 'it is a link to /etc/passwd, out of the folder' }],
    ['a/link', '../../x', { refused: 'it is a link to ../../x, out of the folder' }],
    ['link', '..', { refused: 'it is a link to .., out of the folder' }],
    ['a/b/link', 'x/../../../../y', { refused: 'it is a link whose end cannot be told' }],
    ['link', '', { refused: 'it is a link whose end cannot be told' }],
  ])('%s -> %s', (name, link, place) => {
    expect(linkPlace(name.split('/'), link, 'linux')).toEqual(place);
  });

  it.each(['..\\..\\x', 'C:\\x', 'C:x', 'a/..\\..\\..\\x', 'a/nul'])(
    '%s leads nowhere on Windows, where it would be another path',
    (link) => {
      expect(linkPlace(['a', 'b'], link, 'win32')).toEqual({
        refused: `it is a link to ${link}: Windows has no such names`,
      });
      expect(linkPlace(['a', 'b'], link, 'linux')).toHaveProperty('names');
    },
  );
});
