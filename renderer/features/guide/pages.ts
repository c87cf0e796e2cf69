import { GUIDE } from 'virtual:user-guide';
import type { Block, GuidePage, Inline } from './guide-page.ts';

/** Where something of the guide stands. */
export interface GuidePlace {
  readonly page: GuidePage;
  readonly section?: string;
}

/** The whole guide, in its order. */
export const PAGES: readonly GuidePage[] = GUIDE;

/** Where a screen is described; the first page when none does. */
export function placeOfScreen(screen: string, pages: readonly GuidePage[] = PAGES): GuidePlace | undefined {
  for (const page of pages) {
    const found = page.screens.find((each) => each.screen === screen);
    if (found) return { page, ...(found.section !== undefined && { section: found.section }) };
  }
  return pages[0] && { page: pages[0] };
}

/** What an id means: of a page, or of a section of one. */
export function placeOf(id: string, pages: readonly GuidePage[] = PAGES): GuidePlace | undefined {
  for (const page of pages) {
    if (page.id === id) return { page };
    if (page.blocks.some((block) => block.kind === 'heading' && block.id === id)) return { page, section: id };
  }
  return undefined;
}

/** The id by which an address means a place. */
export const idOf = ({ page, section }: GuidePlace): string => section ?? page.id;

/** Everything that a page says, as one text. */
export const textOfPage = ({ blocks }: GuidePage): string => blocks.map(textOf).join(' ');

/** What is found of a page. */
export interface GuideHit {
  readonly page: GuidePage;
  /** The section it stands in. */
  readonly section?: string;
  readonly heading?: string;
  /** Some words around it. */
  readonly text: string;
}

/** Pages that hold every typed word, with the first place of each: those first whose headings have them. */
export function searchGuide(typed: string, pages: readonly GuidePage[] = PAGES): readonly GuideHit[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const found = pages.flatMap((page) => {
    const parts = partsOf(page);
    const all = parts
      .map(({ text, heading = '' }) => `${heading} ${text}`)
      .join(' ')
      .toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const holds = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
    const best = parts.find(({ heading = '' }) => holds(heading)) ?? parts.find(({ text }) => holds(text)) ?? parts[0];
    if (!best) return [];
    const { section, heading, text } = best;
    const rank = holds(page.title) ? 0 : heading !== undefined && holds(heading) ? 1 : 2;
    const told = { ...(section !== undefined && { section }), ...(heading !== undefined && { heading }) };
    return [{ rank, hit: { page, ...told, text: around(text, first) } }];
  });
  return found.toSorted((a, b) => a.rank - b.rank).map(({ hit }) => hit);
}

interface Part {
  readonly section?: string;
  readonly heading?: string;
  readonly text: string;
}

/** The title, then each block with the heading above it. */
function partsOf({ title, blocks }: GuidePage): readonly Part[] {
  const parts: Part[] = [{ heading: title, text: title }];
  let above: { section: string; heading: string } | undefined;
  for (const block of blocks) {
    if (block.kind === 'heading') above = { section: block.id, heading: block.text };
    const text = textOf(block);
    if (text !== '') parts.push({ ...above, text });
  }
  return parts;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'paragraph':
      return plain(block.inlines);
    case 'list':
      return block.items.map(plain).join(' ');
    case 'image':
      return '';
  }
}

/** Words without their marks. */
const plain = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => ('text' in inline ? inline.text : plain(inline.inlines))).join('');

const AROUND = 60;

/** Whole words around the first place of one. */
function around(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const from = at <= AROUND ? 0 : text.indexOf(' ', at - AROUND) + 1;
  const to = text.length <= at + 2 * AROUND ? text.length : text.lastIndexOf(' ', at + 2 * AROUND);
  return `${from > 0 ? '… ' : ''}${text.slice(from, Math.max(to, at + word.length))}${to < text.length ? ' …' : ''}`;
}
