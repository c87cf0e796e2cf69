import { Menu, shell, type WebContents } from 'electron';
import { APP_URL } from './app-protocol.ts';
import { isAllowedLink } from './external-links.ts';
import { textMenuTemplate } from './text-menu.ts';

/**
 * No navigation, no new windows, no webviews, no UDP; a few https links go to the user's browser. Texts have the menu that a
 * right click brings everywhere else.
 */
export function restrictContents(contents: WebContents, ownUrl = APP_URL): void {
  const stay = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', (event) => {
    // A reload of our own page is the one navigation that is ours.
    if (event.url !== ownUrl) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('context-menu', (_event, clicked) => {
    const template = textMenuTemplate(clicked);
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  });
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', stay);
  // WebRTC is under no Content-Security-Policy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
