import { app, protocol } from 'electron';
import { url as inspectorUrl } from 'node:inspector';
import { APP_SCHEME } from './app-protocol.ts';
import { StartFailures } from './start-failures.ts';
import { refusedSwitch, resolverRules, type StartFacts } from './start-rules.ts';

/**
 * What Electron wants before `ready`. Main is an ES module whose dynamic imports may finish after `ready`, so this module
 * is a static import of main/index.ts and the one module that acts when it is imported.
 */

/** Ends the app with a sentence when main cannot be loaded; main/index.ts tells it when it was. */
export const startFailures = new StartFailures(process, (code) => {
  app.exit(code);
});

/** How this process was started. */
export const startFacts: StartFacts = {
  words: process.argv.slice(1),
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  isPackaged: app.isPackaged,
  isInspected: inspectorUrl() !== undefined,
};

const refused = refusedSwitch(startFacts);
if (refused !== undefined) {
  process.stderr.write(
    `minos: ${refused.split('=')[0] ?? ''} would let another program use this window. Start without it.\n`,
  );
  app.exit(1);
}

// As root Chromium has no sandbox. Asking for one would take `--no-sandbox` away, and every process of a page would end.
if (!startFacts.isRoot) app.enableSandbox();
// Windows shows notifications only of an app it knows: `appId` in electron-builder.yml, which stands in the shortcut.
if (process.platform === 'win32') app.setAppUserModelId('io.github.minos-desktop.minos');
// The page has no network. Its policy and the session refuse requests; neither sees WebRTC and look-ups of names, so
// Chromium finds no host (names and addresses alike) and may not send UDP. Node, in main, is not concerned.
app.commandLine.appendSwitch('host-resolver-rules', resolverRules());
app.commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp');
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false } },
]);
