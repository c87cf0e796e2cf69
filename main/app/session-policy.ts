import type { Session } from 'electron';
import { APP_HOST, APP_SCHEME } from './app-protocol.ts';

/** Requests the page may make: its own files, and images it holds itself. */
export function isAllowedRequest(url: string): boolean {
  const { protocol, host } = URL.parse(url) ?? { protocol: '', host: '' };
  if (protocol === 'data:' || protocol === 'devtools:') return true;
  return protocol === `${APP_SCHEME}:` && host === APP_HOST;
}

/** Denies every permission, device and download, and every request that is not for the app itself. */
export function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isAllowedRequest(details.url) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}
