import type { Page } from 'playwright/test';

/** What a person at this window cannot get at: one line for each, empty when nothing is wrong. */
export function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const CONTROLS =
      'button, a[href], input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [role=option], [role=separator]';
    // What is smaller can be neither read nor hit.
    const LEAST_PX = 8;
    interface Box {
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    }
    const name = (element: Element): string =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent.trim()).slice(0, 40)}”`;
    const overlay = document.querySelector<HTMLElement>('dialog[open], [popover]:popover-open');
    const lies = (part: number, end: number, from: number, to: number): boolean => part >= from - 1 && end <= to + 1;

    /** Where a control can be brought by scrolling: into the box of what scrolls around it, if that itself can be seen. */
    function reach(element: Element): string | undefined {
      let { left, top, right, bottom }: Box = element.getBoundingClientRect();
      for (let each = element.parentElement; each !== null && each !== document.body; each = each.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(each);
        const box = each.getBoundingClientRect();
        if (overflowX !== 'visible' && !lies(left, right, box.left, box.right)) {
          if (overflowX !== 'auto' && overflowX !== 'scroll') return `is cut off by ${name(each)} .${each.className}`;
          // What hangs over the beginning cannot be scrolled to.
          if (left - box.left + each.scrollLeft < -1) return `hangs out of ${name(each)} .${each.className}`;
          [left, right] = [box.left, box.right];
        }
        if (overflowY !== 'visible' && !lies(top, bottom, box.top, box.bottom)) {
          if (overflowY !== 'auto' && overflowY !== 'scroll') return `is cut off by ${name(each)} .${each.className}`;
          if (top - box.top + each.scrollTop < -1) return `hangs out of ${name(each)} .${each.className}`;
          [top, bottom] = [box.top, box.bottom];
        }
        if (position === 'fixed' || each === overlay) break;
      }
      if (!lies(left, right, 0, innerWidth) || !lies(top, bottom, 0, innerHeight))
        return `lies at ${Math.round(left)}–${Math.round(right)} × ${Math.round(top)}–${Math.round(bottom)}`;
      if (right - left < LEAST_PX || bottom - top < LEAST_PX)
        return `has ${Math.round(right - left)} × ${Math.round(bottom - top)} px`;
      return coveredBy(element);
    }

    /** What lies over the middle of a control that is in sight. */
    function coveredBy(element: Element): string | undefined {
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return undefined;
      for (let each = element.parentElement; each !== null; each = each.parentElement) {
        const box = each.getBoundingClientRect();
        if (getComputedStyle(each).overflowX === 'visible') continue;
        if (x < box.left + 2 || x > box.right - 2 || y < box.top + 2 || y > box.bottom - 2) return undefined;
      }
      const over = document.elementFromPoint(x, y);
      if (over === null || element.contains(over) || over.contains(element)) return undefined;
      // What stays in place while the rest scrolls covers nothing for good.
      if (over.closest('thead, th, .check, [role=separator]')) return undefined;
      // What happened in one moment lies on each other on an axis; the list below it has each.
      if (over.closest('.track')) return undefined;
      return `is covered by ${name(over)} .${over.className.toString()}`;
    }

    const wrong: string[] = [];
    const { scrollWidth, scrollHeight } = document.scrollingElement ?? document.body;
    if (scrollWidth > innerWidth) wrong.push(`The page is ${scrollWidth} px wide in a window of ${innerWidth}.`);
    if (scrollHeight > innerHeight) wrong.push(`The page is ${scrollHeight} px high in a window of ${innerHeight}.`);
    // Tables and texts may scroll sideways; what holds whole screens may not.
    for (const element of document.querySelectorAll(
      'main, aside > *, nav, header, footer, dialog, dialog > *, [popover], ul, ol',
    )) {
      if (element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
        wrong.push(
          `${name(element)} .${element.className} is ${element.scrollWidth} px wide in ${element.clientWidth}.`,
        );
    }
    for (const element of (overlay ?? document).querySelectorAll(CONTROLS)) {
      if (element.closest('[aria-hidden=true], [inert], .sr-only')) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const why = reach(element);
      if (why !== undefined) wrong.push(`${name(element)} ${why}`);
    }
    return wrong;
  });
}
