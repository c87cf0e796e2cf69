import { app, protocol } from 'electron';
import { APP_SCHEME } from './app-protocol.ts';

/**
 * What Electron wants before `ready`. Main is an ES module whose dynamic imports may finish after `ready`, so this module
 * is a static import of main/index.ts and the one module that acts when it is imported.
 */
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false } },
]);
