import type { Block, GuidePage } from '../../renderer/features/guide/guide-page.ts';
import { cannotShow, parseInlines } from './parse-inlines.ts';

const IMAGE = /^!\[([^\]]*)\]\(([^)\s]+)\)$/;
const SCREENS = /^<!-- screens?: ([\w, -]+) -->$/;

/** `Look around without a cluster` → `look-around-without-a-cluster`, as GitHub makes it. */
export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/**
 * The pages of the user guide: each `##` is one. It has headings, paragraphs, lists, pictures, and comments that name the screens
 * a page or a section is about; throws for anything else, so that a build does not show what it does not understand.
 */
export function parseGuide(markdown: string): readonly GuidePage[] {
  const pages: GuidePage[] = [];
  for (const part of markdown.split(/^## /m).slice(1)) {
    const [title = '', ...lines] = part.split('\n');
    pages.push(pageOf(title.trim(), lines.join('\n')));
  }
  return pages;
}

function pageOf(title: string, text: string): GuidePage {
  const blocks: Block[] = [];
  const screens: GuidePage['screens'][number][] = [];
  let section: string | undefined;
  for (const piece of piecesOf(text)) {
    const named = SCREENS.exec(piece);
    const image = IMAGE.exec(piece);
    if (named) {
      for (const screen of (named[1] ?? '').split(',')) {
        screens.push({ screen: screen.trim(), ...(section !== undefined && { section }) });
      }
    } else if (piece.startsWith('### ')) {
      section = slugOf(piece.slice(4));
      blocks.push({ kind: 'heading', id: section, text: piece.slice(4) });
    } else if (image) {
      blocks.push({ kind: 'image', alt: image[1] ?? '', src: image[2] ?? '' });
    } else if (piece.startsWith('- ')) {
      if (/\n\s+([-*+]|\d+[.)]) /.test(piece)) throw cannotShow(piece);
      const items = piece.split(/\n(?=- )/).map((item) => parseInlines(oneLine(item.slice(2))));
      blocks.push({ kind: 'list', items });
    } else if (/^(#|<|\||```|~~~|>|\d+[.)] |[*+] |-{3,}$|={3,}$)/.test(piece)) {
      throw cannotShow(piece);
    } else blocks.push({ kind: 'paragraph', inlines: parseInlines(oneLine(piece)) });
  }
  return { id: slugOf(title), title, blocks, screens };
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

/** What stands between empty lines; a list, a heading or a comment may also stand right below something else. */
const piecesOf = (text: string): readonly string[] =>
  text
    .replace(/^(### .*|<!--.*-->)$/gm, '\n$1\n')
    .replace(/^(?!- | |$)(.*)\n(?=- )/gm, '$1\n\n')
    .split(/\n\s*\n/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
