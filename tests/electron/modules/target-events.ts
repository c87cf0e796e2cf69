import type { Chromium } from '../chromium/chromium.ts';
import { WebContents } from './window/web-contents.ts';

/** Follows Chromium's pages: their end, and pages that nobody asked this process for. */
export async function followTargets(chromium: Chromium): Promise<void> {
  const { browser } = chromium.devTools;
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    // A link, a dropped file or Ctrl+T opened it. If the application wants a window for it, it makes its own.
    if (targetInfo.type !== 'page') return;
    void chromium.isOwnPage(targetInfo.targetId).then((isOwn) => {
      if (!isOwn) browser.tell('Target.closeTarget', { targetId: targetInfo.targetId });
    });
  });
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    WebContents.fromDevToolsTargetId(targetId)?.standInTargetGone();
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
}
