/**
 * Main without a window, as a process of its own: the workspace behind main's own call and port servers, spoken to over
 * the process's channel as the preload would. It measures itself. Started by start-main.ts.
 */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { callRoutes, streamRoutes, topicRoutes } from '../../../main/operations/routes.ts';
import { RateCap } from '../../../main/ipc/rate-cap.ts';
import { createCallServer } from '../../../main/ipc/serve-calls.ts';
import { createDropServer } from '../../../main/ipc/serve-drops.ts';
import { createPortServer } from '../../../main/ipc/serve-ports.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { createLog } from '../../../main/lib/log.ts';
import { startDemo } from '../../../main/simulator/demo.ts';
import { Workspace } from '../../../main/operations/workspace.ts';
import { loadTalosProto, type LoadedProto } from '../../../main/talos/load-proto.ts';
import { MemoryPort } from '../../fakes/memory-port.ts';
import { countingClock } from './counting-clock.ts';
import { GapMeter, memory } from './gap-meter.ts';
import type { FromMain, Held, MainSettings, ToMain } from './start-main.ts';
import { noDiagnostics } from '../../fakes/no-diagnostics.ts';
import { noUpdates } from '../../fakes/no-updates.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as MainSettings;
const root = new URL('../../../', import.meta.url).pathname;
const protoDir = join(root, 'proto');
const clock = countingClock(systemClock);
const meter = new GapMeter();
const tell = (message: FromMain): void => void process.send?.(message);

const log = createLog({ now: clock.now, sink: (line) => process.stderr.write(`${line}\n`) });
process.on('unhandledRejection', (reason) => {
  tell({ type: 'unhandled', message: String(reason) });
});

let proto: LoadedProto | undefined;
const workspace = new Workspace({
  choose: () => ({ path: settings.talosconfig, reason: 'env', why: 'test', exists: true, writable: true }),
  proto: () => (proto ??= loadTalosProto(protoDir)),
  kubeconfigPlaces: () => ({ paths: settings.kubeconfigs, origin: 'default' }),
  settingsPath: join(settings.userData, 'settings.json'),
  historyFolder: join(settings.userData, 'history'),
  startDemo: () => (settings.demo === true ? startDemo({ protoDir }) : Promise.reject(new Error('no demo here'))),
  textWorkerFile: join(root, 'main/text-work/text-worker.ts'),
  identityWorkerFile: join(root, 'main/credentials/identity-worker.ts'),
  snapshotWorkerFile: join(root, 'main/operations/etcd/snapshot-file/snapshot-worker.ts'),
  clusterTextWorkerFile: join(root, 'main/operations/cluster-text/cluster-text-worker.ts'),
  decodeWorker: { workerFile: join(root, 'main/talos/decode-worker.ts'), protoDir },
  seal: () => undefined,
  confirm: (question) => {
    tell({ type: 'asked', question });
    return Promise.resolve({ isConfirmed: settings.confirms === true, typed: question.typed ?? '' });
  },
  env: {},
  clock,
  random: Math.random,
  log,
});

const PAGE = { senderFrame: { url: 'app://minos/index.html', parent: null }, sender: { id: 1 } };
const guard = { isOurWindow: () => true, rateCap: new RateCap(500, 1000), monotonicMs: clock.monotonic, log };
const drops = createDropServer(guard);
const no = (): Promise<undefined> => Promise.resolve(undefined);
const asked = <T>(answer: T): Promise<T> =>
  settings.dialogsStay === true ? new Promise(() => undefined) : Promise.resolve(answer);
const desktop = {
  chooseFiles: () => asked(settings.chooses),
  chooseSavePath: () => asked(settings.savesTo),
  chooseKubeconfig: no,
  chooseFolder: no,
  showInFolder: () => undefined,
  clipboardText: () => Promise.resolve(settings.clipboard ?? ''),
  droppedPaths: drops.pathsOf,
};
const routes = {
  workspace,
  desktop,
  diagnostics: noDiagnostics(),
  updates: noUpdates(),
  info: () => {
    throw new Error('not here');
  },
  openWindow: () => 0,
  pageRequests: async function* () {
    yield* [];
  },
};
const calls = createCallServer(callRoutes(routes), guard);
const ports = createPortServer(topicRoutes(routes), streamRoutes(routes), { ...guard, clock });
/** Descriptors taken so that none is left. */
const holding: number[] = [];
const open = new Map<number, MemoryPort>();

/** A port whose messages go to the parent; each is measured as the page would have to take it in. */
class SentPort extends MemoryPort {
  readonly #id: number;
  constructor(id: number) {
    super();
    this.#id = id;
  }
  override postMessage(message: Parameters<MemoryPort['postMessage']>[0]): void {
    tell({ type: 'port', id: this.#id, message, bytes: serialize(message).length });
    // Nothing comes after it, and a test that opens many must not hold what main let go.
    if (message.type === 'end' || message.type === 'failed') open.delete(this.#id);
  }
}

function heldNow(): Held {
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  return { timers: clock.waiting(), resources, memoryMb: memory() / 1024 / 1024, openPorts: ports.open };
}

// A test that failed leaves nobody behind.
process.on('disconnect', () => process.exit(1));
process.on('message', (message: ToMain) => {
  switch (message.type) {
    case 'call':
      void calls.serve(PAGE, message.id, message.name, message.input).then((outcome) => {
        tell({ type: 'answer', id: message.id, outcome, bytes: serialize(outcome).length });
      });
      return;
    case 'drop':
      tell({ type: 'answer', id: message.id, outcome: drops.serve(PAGE, message.paths), bytes: 0 });
      return;
    case 'open': {
      const port = new SentPort(message.id);
      open.set(message.id, port);
      ports.serve(PAGE, { kind: message.kind, name: message.name, params: message.params }, port);
      return;
    }
    case 'page':
      open.get(message.id)?.fromPage(message.message);
      if ((message.message as { type?: unknown } | null)?.type === 'cancel') open.delete(message.id);
      return;
    case 'cancel':
      calls.cancel(PAGE, message.id);
      return;
    case 'gone':
      calls.abandon(PAGE.sender.id);
      ports.abandon(PAGE.sender.id);
      return;
    case 'reset':
      meter.reset();
      tell({ type: 'reset' });
      return;
    case 'strain':
      tell({ type: 'strain', strain: meter.read(), openPorts: ports.open });
      return;
    case 'held-now':
      globalThis.gc?.();
      tell({ type: 'held-now', held: heldNow() });
      return;
    case 'hold':
      try {
        for (;;) holding.push(openSync('/dev/null', 'r'));
      } catch {
        tell({ type: 'held' });
      }
      return;
    case 'release':
      for (const descriptor of holding.splice(0)) closeSync(descriptor);
      tell({ type: 'released' });
      return;
    case 'end':
      void workspace.close().then(() => process.exit(0));
  }
});

void workspace.start().then(() => {
  tell({ type: 'ready' });
});
