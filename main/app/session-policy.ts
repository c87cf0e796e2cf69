import type { Session } from 'electron';
import { APP_SCHEME } from './app-protocol.ts';
import { MINOS_SITE, type AppSite } from './app-site.ts';

/** Requests the page of a site may make: its own files, and images it holds itself. */
export function isAllowedRequest(url: string, site = MINOS_SITE): boolean {
  const { protocol, host } = URL.parse(url) ?? { protocol: '', host: '' };
  if (protocol === 'data:' || protocol === 'devtools:') return true;
  return protocol === `${APP_SCHEME}:` && host === site.host;
}

/** Denies every permission, device and download, and every request that is not for the site itself. */
export function restrictSession(session: Session, site: AppSite = MINOS_SITE): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isAllowedRequest(details.url, site) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}
