import { app, protocol } from 'electron';
import { APP_SCHEME } from './app-protocol.ts';

/**
 * What Electron wants before `ready`. Main is an ES module whose dynamic imports may finish after `ready`, so this module
 * is a static import of main/index.ts and the one module that acts when it is imported.
 */
app.enableSandbox();
// Windows shows notifications only of an app it knows: `appId` in electron-builder.yml, which stands in the shortcut.
if (process.platform === 'win32') app.setAppUserModelId('io.github.minos-desktop.minos');
// The page has no network. Its policy and the session refuse requests; neither sees WebRTC and look-ups of names, so
// Chromium finds no host (names and addresses alike) and may not send UDP. Node, in main, is not concerned.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
app.commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp');
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false } },
]);
