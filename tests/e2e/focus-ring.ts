import type { Page } from 'playwright/test';

/** What has the focus, and what is wrong with the ring that shows it; `why` is missing where it can be seen whole. */
export interface FocusRing {
  readonly name: string;
  readonly why?: string;
}

/** Looks at the ring around what has the focus: its middle on each side must lie in all that cuts off, and under nothing. */
export function focusRing(page: Page): Promise<FocusRing> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return { name: 'nothing' };
    const name = `${focused.tagName.toLowerCase()} “${(focused.getAttribute('aria-label') ?? focused.textContent.trim()).slice(0, 40)}”`;
    const hasRing = (each: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    const around: Element[] = [focused, ...focused.querySelectorAll('tr.active')];
    for (let each = focused.parentElement, up = 0; each && up < 3; each = each.parentElement, up += 1)
      around.push(each);
    const ringed = around.find(hasRing);
    if (!ringed) return { name, why: 'has no ring' };
    const style = getComputedStyle(ringed);
    // Somewhere in the line itself, which is 2 px wide.
    const out = Number.parseFloat(style.outlineOffset) + 1;
    const box = ringed.getBoundingClientRect();
    const [left, right, top, bottom] = [box.left - out, box.right + out, box.top - out, box.bottom + out];
    const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
    const sides = {
      left: [left, middleY],
      right: [right, middleY],
      top: [middleX, top],
      bottom: [middleX, bottom],
    } as const;
    for (const [side, [x, y]] of Object.entries(sides)) {
      for (let each = ringed.parentElement; each; each = each.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(each);
        const clip = each.getBoundingClientRect();
        // What is larger than most of what scrolls cannot be whole in it: its other sides show it.
        if (box.width > clip.width / 2 && (side === 'right' || ringed.localName === 'tr')) continue;
        if (box.height > clip.height / 2 && side === 'bottom') continue;
        if (overflowX !== 'visible' && (x < clip.left || x > clip.right))
          return {
            name,
            why: `${side} cut off by ${each.localName}.${each.className}: ${Math.round(x)},${Math.round(y)} in ${Math.round(clip.left)}–${Math.round(clip.right)} × ${Math.round(clip.top)}–${Math.round(clip.bottom)}`,
          };
        if (overflowY !== 'visible' && (y < clip.top || y > clip.bottom))
          return {
            name,
            why: `${side} cut off by ${each.localName}.${each.className}: ${Math.round(x)},${Math.round(y)} in ${Math.round(clip.left)}–${Math.round(clip.right)} × ${Math.round(clip.top)}–${Math.round(clip.bottom)}`,
          };
      }
    }
    return { name };
  });
}
