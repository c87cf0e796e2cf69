import { mount } from 'svelte';
import Gallery from '../../../renderer/gallery/Gallery.svelte';
import App from '../../../renderer/App.svelte';
import { createSession } from '../../../renderer/state/session.ts';
import '../../../renderer/styles/index.css';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import {
  ALL_DOWN,
  APP,
  certificateOf,
  configOf,
  CONTEXTS,
  contextOf,
  NODES,
  nodeOf,
  nodesOf,
  NOW_MS,
  PATH,
} from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { withLongWords } from '../../fakes/bridge/long-words.ts';

/**
 * The whole app in an ordinary browser, on the fake bridge: `?scene=` names what main would say, `&long` makes all
 * of it as long as it can be. For looking and for screenshots; the app itself never holds this page.
 */
const SCENES: Readonly<Record<string, () => FakeBridge>> = {
  cluster: () => clusterBridge({ paceMs: 120 }),
  instant: () => clusterBridge(),
  demo: () =>
    clusterBridge()
      .answer('app.info', () => ({ ok: true, value: { ...APP, isDemo: true } }))
      .publish('config.state', {}, configOf({ choice: { ...configOf().choice, reason: 'demo' } })),
  running: () => clusterBridge({ paceMs: 10, hanging: ['10.5.0.19', '10.5.0.20', '10.5.0.21'] }),
  'all-down': () =>
    clusterBridge()
      .publish('pool.state', { context: 'prod-fra' }, ALL_DOWN)
      .publish(
        'nodes.state',
        { context: 'prod-fra' },
        nodesOf({
          status: 'failed',
          nodes: NODES.slice(0, 3),
          failure: failureOf('unreachable', 'No endpoint answers, so the members are not known.', {
            hint: 'See Endpoints for the cause of each.',
          }),
        }),
      ),
  stale: () =>
    clusterBridge().publish(
      'nodes.state',
      { context: 'prod-fra' },
      nodesOf({ status: 'stale', asOfMs: NOW_MS - 12_000 }),
    ),
  big: () =>
    clusterBridge().publish(
      'nodes.state',
      { context: 'prod-fra' },
      nodesOf({
        nodes: Array.from({ length: 10_000 }, (_, n) => nodeOf(`10.${n >> 8}.${n & 255}.7`, { hostname: `node-${n}` })),
      }),
    ),
  loading: () =>
    clusterBridge().publish('nodes.state', { context: 'prod-fra' }, nodesOf({ status: 'loading', nodes: [] })),
  files: () =>
    clusterBridge().publish(
      'config.state',
      {},
      configOf({
        choice: {
          ...configOf().choice,
          talosctl: { path: '/home/ada/.config/talos/config', why: '$TALOS_HOME is not absolute, so it is ignored.' },
        },
        contexts: [
          ...CONTEXTS,
          contextOf('prod-fra', {
            id: '/home/ada/team/talosconfig#prod-fra',
            file: '/home/ada/team/talosconfig',
            certificate: certificateOf(90, ['os:reader']),
          }),
        ],
        files: [
          { path: PATH, isPrimary: true, status: 'ready', writable: true, contexts: CONTEXTS.length, problems: [] },
          {
            path: '/home/ada/team/talosconfig',
            isPrimary: false,
            status: 'ready',
            writable: false,
            contexts: 1,
            problems: [
              {
                severity: 'warning',
                message: 'Other users of this computer may access this file (mode 0644).',
                hint: 'Set its mode to 0600.',
                field: 'mode',
              },
            ],
          },
        ],
        conflicts: [
          {
            file: PATH,
            atMs: NOW_MS - 30_000,
            message: 'Another program wrote into the version that Minos had just replaced.',
            holds: 'minos',
          },
        ],
      }),
    ),
  blocked: () => clusterBridge().publish('config.state', {}, configOf({ selected: 'old-berlin' })),
  missing: () =>
    clusterBridge().publish(
      'config.state',
      {},
      configOf({
        status: 'missing',
        contexts: [],
        fileContext: '',
        choice: {
          path: '/home/ada/.config/talos/config.yaml',
          reason: 'none-exists',
          why: 'None of the known places holds a talosconfig; a new one would go here.',
          exists: false,
          writable: true,
          talosctl: {
            path: '/home/ada/.talos/config',
            why: 'talosctl uses /home/ada/.talos/config: it does not look at XDG paths.',
          },
        },
      }),
    ),
  unreadable: () =>
    clusterBridge().publish(
      'config.state',
      {},
      configOf({
        status: 'unreadable',
        contexts: [],
        fileContext: '',
        failure: failureOf('file-invalid', 'The talosconfig is not valid YAML: a tab stands where spaces belong.', {
          hint: 'Replace the tab in line 12 by spaces, then read it again.',
          where: { file: '/home/ada/.talos/config', line: 12, column: 5 },
          details: 'Tabs are not allowed as indentation at line 12, column 5',
          retry: 'never',
        }),
      }),
    ),
};

const target = document.getElementById('app');
const search = new URLSearchParams(location.search);
const wanted = search.get('scene') ?? 'cluster';
const scene = SCENES[wanted] ?? SCENES['cluster'];

if (target && wanted === 'gallery') {
  mount(Gallery, { target });
} else if (target && scene) {
  const bridge = search.has('long') ? withLongWords(scene()) : scene();
  const session = createSession({ bridge, shelf: localStorage, now: () => NOW_MS });
  mount(App, { target, props: { session } });
}
