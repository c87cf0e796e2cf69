import type { DevTools } from '../chromium/devtools.ts';
import { PreventableEvent } from './runtime.ts';
import { WebContents } from './web-contents.ts';

/** Follows Chromium's pages: their titles, their end, and pages that nobody asked this process for. */
export async function followTargets(devTools: DevTools): Promise<void> {
  const { browser } = devTools;
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    // A link opened a page. The window-open handler has been told; if a window is wanted, it makes its own.
    if (targetInfo.type === 'page' && targetInfo.openerId !== undefined) {
      browser.tell('Target.closeTarget', { targetId: targetInfo.targetId });
    }
  });
  browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
    const contents = WebContents.fromDevToolsTargetId(targetInfo.targetId);
    if (!contents || targetInfo.title === contents.getTitle()) return;
    contents.standInTitle(targetInfo.title);
    contents.emit('page-title-updated', new PreventableEvent(), targetInfo.title, true);
  });
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    WebContents.fromDevToolsTargetId(targetId)?.standInTargetGone();
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
}
