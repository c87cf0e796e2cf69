import type { Page } from 'playwright/test';

type DragEventType = 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel';

async function drag(
  page: Page,
  selector: string,
  paths: readonly string[],
  types: readonly DragEventType[],
): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on the screen.`);
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const devTools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of types) {
    await devTools.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await devTools.detach();
}

/** Drops files from the desktop on the element, as a person does: over it, then let go. */
export function dropFiles(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  return drag(page, selector, paths, ['dragEnter', 'dragOver', 'drop']);
}

/** Holds files over the element without letting go. */
export function holdFiles(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  return drag(page, selector, paths, ['dragEnter', 'dragOver']);
}
