import { fileURLToPath } from 'node:url';

/** Tells the `electron` package, and through it Playwright, which folder holds the executable. */
export const DIST_PATH = 'ELECTRON_OVERRIDE_DIST_PATH';

const STAND_IN = fileURLToPath(new URL('../../electron', import.meta.url));

/** Whether the tests run on the stand-in instead of Electron. */
export const isStandIn = (): boolean =>
  (process.env[DIST_PATH] ?? '').replace(/\/$/, '') === STAND_IN.replace(/\/$/, '');

/** The address of a file of the app as Playwright sees it. The app itself always sees `app://minos/…`. */
export const appUrl = (path = 'index.html'): string =>
  isStandIn() ? `https://minos.app.invalid/${path}` : `app://minos/${path}`;
