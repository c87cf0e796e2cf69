/** Composition root: builds the parts, connects them, starts. No behaviour. */
import { startFacts, startFailures } from './app/before-ready.ts';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, release, tmpdir, type } from 'node:os';
import { dirname, join } from 'node:path';
import { app, protocol, safeStorage, session, shell } from 'electron';
import { appInfo } from './app/app-info.ts';
import { answerAppRequest, APP_SCHEME } from './app/app-protocol.ts';
import { readCommandLine } from './app/command-line.ts';
import { chooseFiles, chooseFolder, clipboardText } from './app/desktop.ts';
import { chooseKubeconfig } from './app/kubeconfig-dialog.ts';
import { chooseSavePath } from './app/save-dialog.ts';
import { keepSingleInstance } from './app/single-instance.ts';
import { openMainWindow, workAreas } from './app/main-window.ts';
import { createConfirmWindow } from './app/confirm-window.ts';
import { installMenu } from './app/menu.ts';
import { createNotices } from './app/notices.ts';
import { followOpenedFiles } from './app/opened-files.ts';
import { PageRequests } from './app/page-requests.ts';
import { restrictSession } from './app/session-policy.ts';
import { endWith } from './app/shutdown.ts';
import { resolverRules } from './app/start-rules.ts';
import { showWindow } from './app/show-window.ts';
import { quitWhenShown } from './app/smoke.ts';
import { readKeptWindows, textOfKept } from './app/window/kept-windows.ts';
import { Windows } from './app/window/windows.ts';
import { followVisits, registerLinks } from './app/links/visits.ts';
import { askHttps, loadPackages } from './app/updates/load.ts';
import { logUnhandledRejections } from './app/unhandled-rejections.ts';
import { chooseTalosconfig } from './talosconfig/locate.ts';
import { createTray } from './app/tray/tray.ts';
import { trayView } from './app/tray/tray-model.ts';
import { tlsSelfTest } from './credentials/tls-self-test.ts';
import { Vault } from './credentials/vault.ts';
import { replaceOwnFile } from './files/own/replace-own-file.ts';
import { RateCap } from './ipc/rate-cap.ts';
import { askingWindow } from './ipc/asking-window.ts';
import { registerIpc } from './ipc/register.ts';
import { createCallServer } from './ipc/serve-calls.ts';
import { createDropServer } from './ipc/serve-drops.ts';
import { createPortServer } from './ipc/serve-ports.ts';
import { systemClock as clock } from './lib/clock.ts';
import { every } from './lib/every.ts';
import { createLog } from './lib/log.ts';
import { LogFile } from './lib/log-file.ts';
import { FailureTail } from './operations/app/failure-tail.ts';
import { leaveWindow } from './operations/app/leave-window.ts';
import { LogTail } from './operations/app/log-tail.ts';
import { kubeconfigPlaces } from './operations/kubeconfig/kubeconfig-files.ts';
import type { NoticeText } from './operations/talosconfigs/expiry-notices.ts';
import { findSeal } from './operations/talosconfigs/sealing.ts';
import { callRoutes, streamRoutes, topicRoutes, type RouteOptions } from './operations/routes.ts';
import { busyWith } from './operations/updates/busy.ts';
import { Looked } from './operations/updates/looked.ts';
import { releaseIn } from './operations/updates/release.ts';
import { Updates } from './operations/updates/updates.ts';
import { Workspace } from './operations/workspace.ts';
import { loadTalosProto, type LoadedProto } from './talos/load-proto.ts';

const logFile = new LogFile(join(app.getPath('logs'), 'minos.log'), clock.monotonic);
const logTail = new LogTail(100);
const failureTail = new FailureTail(30);
const log = createLog({
  now: clock.now,
  sink: (line, level) => {
    process.stderr.write(`${line}\n`);
    logFile.write(line);
    logTail.take(line, level);
    failureTail.take(line);
  },
});
logUnhandledRejections(process, log);
log.write('info', `Minos ${app.getVersion()} starts`, { system: `${type()} ${release()} ${process.arch}` });
const { words } = startFacts;
const commandLine = readCommandLine(words);
/** Built files and proto/ lie at the same places below the app's folder in the asar and in the repository. */
const below = (...parts: readonly string[]): string => join(app.getAppPath(), ...parts);

let loaded: LoadedProto | undefined;
const seal = findSeal(new Vault(safeStorage));
const workspace = new Workspace({
  version: app.getVersion(),
  choose: () =>
    chooseTalosconfig({
      flag: commandLine.talosconfig,
      env: process.env,
      home: homedir(),
      platform: process.platform,
      exists: existsSync,
    }),
  startEndpoints: commandLine,
  proto: () => (loaded ??= loadTalosProto(below('proto'))),
  startDemo: async () => (await import('./simulator/demo.ts')).startDemo({ protoDir: below('proto') }),
  startRehearsal: async (shape, place) => (await import('./simulator/rehearsal.ts')).startRehearsal(shape, place),
  kubeconfigPlaces: () =>
    kubeconfigPlaces({ env: process.env, home: homedir(), platform: process.platform, workingFolder: process.cwd() }),
  settingsPath: join(app.getPath('userData'), 'settings.json'),
  historyFolder: join(app.getPath('userData'), 'history'),
  temporaryFolder: tmpdir(),
  textWorkerFile: below('out', 'main', 'text-worker.js'),
  identityWorkerFile: below('out', 'main', 'identity-worker.js'),
  clusterTextWorkerFile: below('out', 'main', 'cluster-text-worker.js'),
  snapshotWorkerFile: below('out', 'main', 'snapshot-worker.js'),
  decodeWorker: { workerFile: below('out', 'main', 'decode-worker.js'), protoDir: below('proto') },
  seal: () => seal.current,
  confirm: createConfirmWindow({
    preloadPath: below('out', 'preload', 'confirm.cjs'),
    pageRoot: below('out', 'renderer'),
    isPackaged: app.isPackaged,
    // Before the window that asked, whichever has the focus by then.
    owner: () => {
      const asking = askingWindow();
      // Of one that was closed only a deed goes on.
      return (asking === undefined ? undefined : windows.byId(asking)) ?? windows.last;
    },
    log,
  }),
  env: process.env,
  clock,
  random: Math.random,
  log,
});

const userData = (name: string): string => join(app.getPath('userData'), name);
const windowsPath = userData('windows.json');
/** What is written of windows, one after the other. */
let windowsKept = Promise.resolve();
const windows = new Windows({
  kept: readKeptWindows(windowsPath, userData('window.json')),
  keep: (open) => {
    windowsKept = windowsKept
      .then(() => replaceOwnFile(windowsPath, textOfKept(open)))
      .catch((error: unknown) => {
        log.write('warn', 'where windows were cannot be remembered', { error });
      });
  },
  workAreas,
  make: (wish) =>
    openMainWindow(wish, {
      preloadPath: below('out', 'preload', 'index.cjs'),
      isPackaged: app.isPackaged,
      log,
      showLog,
      onGone: (id) => {
        calls.abandon(id);
        ports.abandon(id);
        workspace.healths.leave(id);
      },
      onClosed: (id) => {
        leaveWindow(workspace, id);
        requests.forget(id);
      },
    }),
});
const showLastWindow = (): void => {
  showWindow(windows.last);
};
/** Also where none is open: Minos stays without one while a deed is under way. The app is ready. */
const showSomeWindow = (): void => {
  windows.restore();
  showLastWindow();
};
const guard = {
  // Not any window of ours: the one that asks for confirmations has a bridge of its own.
  isOurWindow: (id: number) => windows.byId(id) !== undefined,
  rateCap: new RateCap(500, 1000),
  monotonicMs: clock.monotonic,
  log,
};
const drops = createDropServer(guard);
/** Where dialogs begin: beside the file in use. */
const talosconfigFolder = (): string => dirname(workspace.talosconfig.state.current.choice.path);
const kubeconfigFolder = (): string =>
  dirname(workspace.kubeconfigs.state.current.files[0]?.path ?? join(homedir(), '.kube', 'config'));
const desktop: RouteOptions['desktop'] = {
  chooseFiles: (id, title) => chooseFiles(id, title, talosconfigFolder()),
  chooseSavePath: (id, wish) =>
    chooseSavePath(id, wish, wish.isDownload === true ? join(homedir(), 'Downloads') : talosconfigFolder()),
  chooseKubeconfig: (id, kind) => chooseKubeconfig(id, kind, kubeconfigFolder()),
  chooseFolder: (id, title) => chooseFolder(id, title, join(homedir(), 'Documents')),
  showInFolder: (path) => {
    shell.showItemInFolder(path);
  },
  clipboardText,
  droppedPaths: drops.pathsOf,
};
/** Only a packed app asks, and only one whose build names its publisher. */
const published = app.isPackaged ? releaseIn(readFileSync(below('package.json'), 'utf8')) : undefined;
// Before `ready`, when Chromium reads it: without it not even main finds that host over Chromium.
if (published !== undefined) app.commandLine.appendSwitch('host-resolver-rules', resolverRules(published.url));
const updates = new Updates({
  ...{ release: published, isPackaged: app.isPackaged, version: app.getVersion() },
  ...{ platform: process.platform, arch: process.arch, clock, log },
  ask: workspace.ask,
  askHttps,
  packages: (of) =>
    loadPackages(of, {
      ...{ platform: process.platform, log },
      onEnding: () => {
        windows.ending();
      },
      onStaying: () => {
        windows.staying();
      },
    }),
  showPage: (url) => shell.openExternal(url),
  looked: new Looked(join(app.getPath('userData'), 'updates.json'), log),
  chosen: workspace.choices.chosen,
  busyWith: () => busyWith(workspace),
});
/** How often the tray is drawn anew where nothing tells that it has changed. */
const TRAY_MS = 15_000;
const requests = new PageRequests(() => windows.lastId);
const showLog = (): void => {
  shell.showItemInFolder(logFile.path);
};
const tray = createTray({
  view: () => {
    const { contexts } = workspace.talosconfig.state.current;
    const { lastId } = windows;
    const selected = lastId === undefined ? undefined : workspace.talosconfig.windows.contextOf(lastId);
    const { lastAttention: attention } = workspace.healths;
    return trayView({ contexts, selected, attention, fleet: workspace.fleet.current.rows, nowMs: clock.now() });
  },
  follow: (again) => {
    const { state, windows: contexts } = workspace.talosconfig;
    const stops = [state.subscribe(again), contexts.onSwitch(again), every(clock, TRAY_MS, again)];
    return () => {
      for (const stop of stops) stop();
    };
  },
  open: (context) => {
    showSomeWindow();
    if (context !== undefined) requests.send({ kind: 'show-context', context });
  },
  quit: () => {
    app.quit();
  },
});
const routes = {
  showTray: tray.show,
  updates,
  workspace,
  desktop,
  info: (windowId: number) => appInfo(app, workspace.isDemo, windows.infoOf(windowId), startFacts),
  openWindow: (address?: string) => windows.open(address),
  diagnostics: {
    now: clock.now,
    system: `${type()} ${release()} ${process.arch}`,
    upMs: () => process.uptime() * 1000,
    mainBytes: () => process.memoryUsage.rss(),
    isSealed: () => seal.current !== undefined,
    testTls: tlsSelfTest,
    logs: { path: logFile.path, lines: () => logTail.lines, failures: () => failureTail.lines, show: showLog },
  },
  pageRequests: (windowId: number, signal: AbortSignal) => requests.follow(windowId, signal),
};
const calls = createCallServer(callRoutes(routes), guard);
const ports = createPortServer(topicRoutes(routes), streamRoutes(routes), { ...guard, clock });

function start(): void {
  void seal.look();
  updates.start();
  registerLinks(app, process);
  restrictSession(session.defaultSession);
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(below('out', 'renderer'), request));
  installMenu(process.platform, app.isPackaged, {
    act: (action, window) => {
      // On macOS the menu is there without any.
      if (windows.count === 0) windows.restore();
      else requests.send({ kind: 'act', action }, windows.idOf(window));
    },
    showLog,
  });
  registerIpc({ calls, ports, drops });
  const notify = createNotices(showSomeWindow);
  if (notify !== undefined) {
    const tellOf = ({ context, ...notice }: NoticeText): void => {
      notify(notice, () => {
        requests.send({ kind: 'show-context', context });
      });
    };
    workspace.tellOfExpiry(tellOf);
    workspace.healths.tellOfAttention(tellOf);
    workspace.etcdFiles.schedules.show = tellOf;
  }
  if (commandLine.demo) {
    workspace.openDemo().catch((error: unknown) => {
      log.write('error', 'the demo cannot be started', { error });
      void workspace.start();
    });
  } else void workspace.start();
  windows.restore();
  if (commandLine.smoke && windows.last !== undefined)
    quitWhenShown({
      app,
      window: windows.last,
      hasAsked: () => ports.open > 0,
      print: (line) => process.stdout.write(line),
    });
}

const tell = (line: string): void => void process.stderr.write(`minos: ${line}\n`);
if (keepSingleInstance(words, tell, showLastWindow)) {
  followVisits(app, words, (visit) => {
    requests.send(visit === 'strange-link' ? { kind: 'strange-link' } : { kind: 'visit', place: visit });
  });
  followOpenedFiles(app, { words, workingFolder: process.cwd() }, (paths) => {
    requests.send({ kind: 'look-at-files', token: drops.keep(paths).token });
  });
  const close = async (): Promise<void> => {
    updates.close();
    await Promise.all([workspace.close(), windowsKept]);
  };
  const reopen = (): void => {
    windows.restore();
  };
  endWith(close, { ...workspace.plans.staying, reopen }, log);
  // After it was asked whether to end.
  app.on('before-quit', ({ defaultPrevented }) => {
    if (!defaultPrevented) windows.ending();
  });
  // Not a top-level await: that would deadlock Electron, which waits for this module before `ready`.
  void app.whenReady().then(start);
}
startFailures.loaded(log);
