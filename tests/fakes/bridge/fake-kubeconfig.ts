import type {
  FetchedKubeconfigs,
  KubeconfigFile,
  KubeconfigFilePreview,
  KubeconfigPreview,
  KubeconfigState,
  KubeContextSummary,
  KubeEntryChange,
  OpenedKubeconfigs,
} from '../../../preload/contract/index.ts';
import { NOW_MS } from './cluster-data.ts';
import type { FakeBridge } from './fake-bridge.ts';
import { KUBECONFIG_TOKEN } from './serve-plans.ts';

const DAY_MS = 86_400_000;

export const kubeFile = (rest: Partial<KubeconfigFile> = {}): KubeconfigFile => ({
  id: 'f1',
  path: '/home/ada/.kube/config',
  origin: 'default',
  exists: true,
  isWritable: true,
  isTarget: true,
  problems: [],
  contextCount: 3,
  ...rest,
});

const certificate = (daysLeft: number): NonNullable<KubeContextSummary['certificate']> => ({
  subject: 'O=system:masters, CN=admin',
  issuer: 'O=kubernetes',
  roles: ['system:masters'],
  notBeforeMs: NOW_MS - (365 - daysLeft) * DAY_MS,
  notAfterMs: NOW_MS + daysLeft * DAY_MS,
  fingerprint: 'ab'.repeat(32),
  serial: '01',
});

export const kubeContext = (name: string, rest: Partial<KubeContextSummary> = {}): KubeContextSummary => ({
  file: 'f1',
  name,
  cluster: name,
  user: name,
  namespace: 'default',
  server: `https://${name.replace(/.*@/, '')}.example:6443`,
  signIn: 'certificate',
  certificate: certificate(200),
  isCurrent: false,
  canRefresh: false,
  ...rest,
});

export const kubeState = (rest: Partial<KubeconfigState> = {}): KubeconfigState => ({
  files: [kubeFile()],
  needsTarget: false,
  contexts: [
    kubeContext('admin@prod-fra', {
      isCurrent: true,
      source: { context: 'prod-fra', by: 'authority' },
      certificate: certificate(5),
      canRefresh: true,
    }),
    kubeContext('admin@staging', {
      source: { context: 'staging', by: 'address' },
      certificate: certificate(90),
      canRefresh: true,
    }),
    { ...kubeContext('corp', { signIn: 'exec' }), certificate: certificate(1) },
  ].map((context) => (context.signIn === 'exec' ? withoutCertificate(context) : context)),
  currentContext: 'admin@prod-fra',
  readAtMs: NOW_MS,
  ...rest,
});

function withoutCertificate({ certificate: _none, ...context }: KubeContextSummary): KubeContextSummary {
  return context;
}

const entry = (
  section: KubeEntryChange['section'],
  action: KubeEntryChange['action'],
  name: string,
): KubeEntryChange => ({
  section,
  action,
  name,
});

export const kubeFilePreview = (rest: Partial<KubeconfigFilePreview> = {}): KubeconfigFilePreview => ({
  file: kubeFile(),
  entries: [
    entry('clusters', 'kept', 'prod-fra'),
    entry('users', 'refreshed', 'admin@prod-fra'),
    entry('contexts', 'kept', 'admin@prod-fra'),
  ],
  contextNames: ['admin@prod-fra'],
  currentContext: { before: 'corp', after: 'corp' },
  notes: [],
  diff: [
    { kind: 'same', old: 11, new: 11, text: '- name: admin@prod-fra' },
    { kind: 'removed', old: 12, text: '    client-key-data: [secret 0f3a11c2]' },
    { kind: 'added', new: 12, text: '    client-key-data: [secret 77be00d1]' },
  ],
  diffLength: rest.diff?.length ?? 3,
  addedLeft: 0,
  telling: [],
  isDiffCut: false,
  ...rest,
});

export const kubePreview = (rest: Partial<KubeconfigPreview> = {}): KubeconfigPreview => ({
  token: KUBECONFIG_TOKEN,
  risk: 'undoable',
  effects: ['Renewed admin@prod-fra'],
  files: [kubeFilePreview()],
  isUnchanged: false,
  ...rest,
});

export const FETCHED: FetchedKubeconfigs = {
  token: '7c9f2c34-6b1e-4c39-9d2e-000000000001',
  fetched: [
    {
      context: 'prod-fra',
      node: 'cp-2',
      server: 'https://prod-fra.example:6443',
      certificate: certificate(364),
      talosctl: 'talosctl --context prod-fra -n 10.5.0.3 kubeconfig',
    },
  ],
  failures: [],
};

export const OPENED: OpenedKubeconfigs = {
  token: '7c9f2c34-6b1e-4c39-9d2e-000000000003',
  opened: [{ from: '/home/ada/Downloads/team.yaml', contextCount: 2 }],
};

/** Kubeconfigs on a fake bridge: one file, three contexts, everything works. */
export function serveKubeconfig(bridge: FakeBridge): FakeBridge {
  return bridge
    .publish('kubeconfig.state', {}, kubeState())
    .answer('kubeconfig.reload', () => ({ ok: true, value: undefined }))
    .answer('kubeconfig.fetch', () => ({ ok: true, value: FETCHED }))
    .answer('kubeconfig.preview', () => ({ ok: true, value: kubePreview() }))
    .answer('kubeconfig.previewRefresh', () => ({ ok: true, value: kubePreview() }))
    .answer('kubeconfig.previewLines', () => ({ ok: true, value: { lines: [], addedLeft: 0 } }))
    .answer('kubeconfig.fromDrop', () => ({ ok: true, value: OPENED }))
    .answer('kubeconfig.fromClipboard', () => ({ ok: true, value: OPENED }))
    .answer('kubeconfig.fromDialog', () => ({ ok: true, value: OPENED }))
    .answer('kubeconfig.previewRename', () => ({ ok: true, value: kubePreview() }))
    .answer('kubeconfig.previewCurrent', () => ({ ok: true, value: kubePreview() }))
    .answer('kubeconfig.history', () => ({
      ok: true,
      value: [
        {
          id: 'h9',
          file: '/home/ada/.kube/config',
          atMs: NOW_MS - 60_000,
          what: 'Replaced what another program wrote at the same moment',
          diff: [],
          isSealed: true,
          canUndo: true,
        },
      ],
    }))
    .answer('kubeconfig.forget', () => ({ ok: true, value: undefined }))
    .answer('kubeconfig.probe', () => ({
      ok: true,
      value: { server: 'https://prod-fra.example:6443', isReachable: true, alternatives: [] },
    }));
}
