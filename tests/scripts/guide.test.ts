import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Block, Inline } from '../../renderer/features/guide/guide-page.ts';
import { moduleOf } from '../../scripts/guide/guide-plugin.ts';
import { parseGuide } from '../../scripts/guide/parse-guide.ts';
import { parseInlines } from '../../scripts/guide/parse-inlines.ts';
import { smallPng } from '../../scripts/guide/small-png.ts';
import { encodePng } from '../../scripts/icons/png.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const PAGES = parseGuide(readFileSync(join(DOCS, 'user-guide.md'), 'utf8'));

describe('the user guide', () => {
  it('is read whole: each second heading is a page, with the screens that it and its sections are about', () => {
    const [page, other] = parseGuide(
      '# Guide\n\n## One page\n\n<!-- screens: a, b -->\n\nSome\nwords:\n\n- first\n  goes on\n- second\n\n### A part\n<!-- screens: c -->\n![A picture](images/x.png)\n\n## Other\n',
    );

    expect(page).toEqual({
      ...{ id: 'one-page', title: 'One page' },
      screens: [{ screen: 'a' }, { screen: 'b' }, { screen: 'c', section: 'a-part' }],
      blocks: [
        { kind: 'paragraph', inlines: [{ kind: 'text', text: 'Some words:' }] },
        { kind: 'list', items: [[{ kind: 'text', text: 'first goes on' }], [{ kind: 'text', text: 'second' }]] },
        { kind: 'heading', id: 'a-part', text: 'A part' },
        { kind: 'image', alt: 'A picture', src: 'images/x.png' },
      ],
    });
    expect(other?.blocks).toEqual([]);
  });

  it.each([
    ...['<b>bold</b>', '| a | b |', '```\ncode\n```', '> said', '1. first', '#### Deep', '1) first', '+ first', '---'],
    ...[
      '- first\n  - below it',
      'Press <kbd>K</kbd>',
      'an *emphasis*',
      'half `of it',
      'see ![a](b.png) here',
      '[a][b]',
    ],
  ])('is not built with what the app cannot show: %j', (text) => {
    expect(() => parseGuide(`## Page\n\n${text}\n`)).toThrow('cannot show');
  });

  it('has code, strong words, emphasis and links in its sentences', () => {
    expect(parseInlines('Use `a_b_c` or **Ctrl _K_**, _so_, [there](#x) \\*.')).toEqual([
      { kind: 'text', text: 'Use ' },
      { kind: 'code', text: 'a_b_c' },
      { kind: 'text', text: ' or ' },
      {
        kind: 'strong',
        inlines: [
          { kind: 'text', text: 'Ctrl ' },
          { kind: 'emphasis', inlines: [{ kind: 'text', text: 'K' }] },
        ],
      },
      { kind: 'text', text: ', ' },
      { kind: 'emphasis', inlines: [{ kind: 'text', text: 'so' }] },
      { kind: 'text', text: ', ' },
      { kind: 'link', to: '#x', inlines: [{ kind: 'text', text: 'there' }] },
      { kind: 'text', text: ' *.' },
    ]);
  });

  it('has pictures that exist and say what they show, links that lead somewhere, and no mark left in its words', () => {
    const ids = new Set(
      PAGES.flatMap(({ id, blocks }) => [id, ...blocks.flatMap((b) => (b.kind === 'heading' ? [b.id] : []))]),
    );
    const blocks = PAGES.flatMap((page) => page.blocks);
    const images = blocks.filter((block) => block.kind === 'image');
    const inlines = blocks.flatMap(inlinesOf).flatMap(allOf);

    expect(images.filter(({ src, alt }) => alt === '' || !existsSync(join(DOCS, src)))).toEqual([]);
    expect(inlines.filter((each) => each.kind === 'link' && !ids.has(each.to.replace(/^#/, '')))).toEqual([]);
    expect(inlines.filter((each) => each.kind === 'text' && /\*\*|`|\]\(/.test(each.text))).toEqual([]);
    expect(new Set(PAGES.map(({ id }) => id)).size).toBe(PAGES.length);
  });

  it('becomes a module of plain data, whose pictures are imported once each', () => {
    const text = moduleOf('## A\n\n![x](images/x.png)\n\n![x](images/x.png)\n', (src) => `/docs/${src}`);

    expect(text).toContain('import image0 from "/docs/images/x.png";');
    expect(text.match(/"src":image0/g)).toHaveLength(2);
    expect(text).not.toContain('image1');
  });
});

describe('a picture for the app', () => {
  it('has the same colours where they are few, in fewer bytes', () => {
    const size = 64;
    const pixels = new Uint8Array(size * size * 4);
    for (let at = 0; at < pixels.length; at += 4) {
      const isInk = Math.imul(at, 2654435761) >>> 31 === 1;
      pixels.set(isInk ? [28, 29, 31, 255] : [247, 247, 245, 255], at);
    }
    const png = encodePng(size, pixels);

    const small = smallPng(png);

    expect(small.length).toBeLessThan(png.length);
    expect(coloursOf(small)).toEqual(new Set(['28 29 31', '247 247 245']));
  });

  it('stays as it is when it is nothing that can be read', () => {
    const other = Buffer.from('GIF89a');

    expect(smallPng(other)).toBe(other);
  });
});

/** Colours that its points have. */
function coloursOf(png: Buffer): ReadonlySet<string> {
  let [palette, data] = [Buffer.alloc(0), Buffer.alloc(0)];
  for (let at = 8; at + 8 <= png.length; at += png.readUInt32BE(at) + 12) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const kind = png.toString('latin1', at + 4, at + 8);
    if (kind === 'PLTE') palette = Buffer.from(body);
    if (kind === 'IDAT') data = Buffer.concat([data, body]);
  }
  const width = png.readUInt32BE(16);
  const points = [...inflateSync(data)].filter((_, index) => index % (width + 1) !== 0);
  return new Set(points.map((index) => [...palette.subarray(index * 3, index * 3 + 3)].join(' ')));
}

const inlinesOf = (block: Block): readonly Inline[] =>
  block.kind === 'paragraph' ? block.inlines : block.kind === 'list' ? block.items.flat() : [];

const allOf = (inline: Inline): readonly Inline[] =>
  'inlines' in inline ? [inline, ...inline.inlines.flatMap(allOf)] : [inline];
