import type {
  AppInfo,
  CertificateFacts,
  CommandSummary,
  ContextSummary,
  EndpointStatus,
  NodesState,
  NodeSummary,
  PoolStatus,
  TalosconfigState,
} from '../../../preload/contract/index.ts';
import { failureOf } from './fake-bridge.ts';

/** Believable data for component tests and the scenes. Nothing here is a secret or names a real machine. */

const DAY_MS = 86_400_000;

/** The talosconfig in use. */
export const PATH = '/home/ada/.talos/config';

/** The moment the scenes are frozen at. */
export const NOW_MS = Date.UTC(2026, 2, 3, 14, 2, 11);

export const APP: AppInfo = {
  version: '0.1.0',
  runtime: 'stand-in',
  versions: { electron: '45.4.1', chrome: '150.0.0.0', node: '24.21.0' },
  platform: 'linux',
  locale: 'en-GB',
  isDemo: false,
  window: { number: 1, numbers: [1] },
  isSandboxed: true,
  isFromMenu: false,
  isPackaged: false,
};

export const VERSION_COMMAND: CommandSummary = {
  id: 'version',
  title: 'Version',
  columns: [
    { id: 'tag', title: 'TAG', kind: 'text' },
    { id: 'sha', title: 'SHA', kind: 'text' },
    { id: 'built', title: 'BUILT', kind: 'text' },
    { id: 'go', title: 'GO VERSION', kind: 'text' },
    { id: 'os', title: 'OS/ARCH', kind: 'text' },
    { id: 'enabled', title: 'ENABLED', kind: 'text' },
  ],
  params: [],
};

export function certificateOf(days: number, roles: readonly string[] = ['os:admin']): CertificateFacts {
  return {
    subject: `O=${roles.join(', ')}`,
    issuer: 'O=talos',
    roles,
    notBeforeMs: NOW_MS - (365 - days) * DAY_MS,
    notAfterMs: NOW_MS + days * DAY_MS + 3_600_000,
    fingerprint: '4f0c1b7de8a3925be1704d92b0c9fa35c7a1d26e80b4d3f19a5527e6c048db71',
    serial: '5d3c9a01',
  };
}

export function contextOf(name: string, rest: Partial<ContextSummary> = {}): ContextSummary {
  return {
    id: name,
    name,
    file: PATH,
    isFileCurrent: false,
    endpoints: ['10.5.0.2', '10.5.0.3', '10.5.0.4'],
    nodes: [],
    auth: 'certificate',
    certificate: certificateOf(212),
    caFingerprints: ['9b1e2277c4'],
    problems: [],
    isUsable: true,
    ...rest,
  };
}

export const CONTEXTS: readonly ContextSummary[] = [
  contextOf('prod-fra', { isFileCurrent: true }),
  contextOf('staging', { certificate: certificateOf(21, ['os:operator']), endpoints: ['192.168.40.10'] }),
  contextOf('lab', { certificate: certificateOf(5), endpoints: ['172.20.0.2', '172.20.0.3'], nodes: ['172.20.0.2'] }),
  contextOf('old-berlin', {
    certificate: certificateOf(-9),
    problems: [
      {
        severity: 'error',
        message: 'The client certificate expired on 22 Feb 2026.',
        hint: 'Ask an administrator of the cluster for a new talosconfig.',
        field: 'contexts.old-berlin.crt',
        line: 41,
      },
    ],
    isUsable: false,
  }),
  contextOf('omni-team', {
    auth: 'siderov1',
    identity: 'ada@example.org',
    cluster: 'edge-7',
    endpoints: ['https://team.omni.siderolabs.io'],
    problems: [{ severity: 'error', message: 'Signing in with Omni is not supported yet.' }],
    isUsable: false,
  }),
  contextOf('010', {
    endpoints: [],
    problems: [
      {
        severity: 'error',
        message: 'The context lists no endpoints.',
        hint: 'Add one with talosctl config endpoint.',
        field: 'contexts.010.endpoints',
        line: 58,
        column: 7,
      },
    ],
    isUsable: false,
  }),
];

export function configOf(rest: Partial<TalosconfigState> = {}): TalosconfigState {
  return {
    choice: {
      path: PATH,
      reason: 'home',
      why: 'No flag and no variable names another one, and ~/.talos/config exists.',
      exists: true,
      writable: true,
    },
    status: 'ready',
    contexts: CONTEXTS,
    files: [{ path: PATH, isPrimary: true, status: 'ready', writable: true, contexts: CONTEXTS.length, problems: [] }],
    conflicts: [],
    fileContext: 'prod-fra',
    selected: 'prod-fra',
    problems: [],
    readAtMs: NOW_MS - 4000,
    ...rest,
  };
}

export function nodeOf(target: string, rest: Partial<NodeSummary> = {}): NodeSummary {
  return { target, addresses: [target], role: 'worker', os: 'Talos (v1.13.9)', sources: ['discovered'], ...rest };
}

/** Three control planes and eleven workers; one worker runs an older Talos. */
export const NODES: readonly NodeSummary[] = [
  ...[1, 2, 3].map((n) =>
    nodeOf(`10.5.0.${n + 1}`, { hostname: `cp-${n}`, role: 'controlplane', sources: ['discovered', 'context'] }),
  ),
  ...Array.from({ length: 11 }, (_, index) =>
    nodeOf(`10.5.0.${index + 11}`, {
      hostname: `worker-${String(index + 1).padStart(2, '0')}`,
      addresses: [`10.5.0.${index + 11}`, `fd00:5::${index + 11}`],
      os: index === 6 ? 'Talos (v1.13.8)' : 'Talos (v1.13.9)',
    }),
  ),
];

export function nodesOf(rest: Partial<NodesState> = {}): NodesState {
  return { context: 'prod-fra', status: 'ready', nodes: NODES, asOfMs: NOW_MS, ...rest };
}

export function endpointOf(endpoint: string, rest: Partial<EndpointStatus> = {}): EndpointStatus {
  return {
    endpoint,
    target: `${endpoint}:50000`,
    phase: 'ready',
    sinceMs: NOW_MS - 754_000,
    roundTripMs: 11,
    roundTripsMs: [12, 11, 14, 11, 10, 10, 12, 19, 12, 11, 11, 10, 13, 11, 11],
    certificate: {
      subject: 'O=talos',
      notAfterMs: NOW_MS + 340 * DAY_MS,
      names: [endpoint, 'cp-1'],
      seenAtMs: NOW_MS - 754_000,
    },
    talosVersion: 'v1.13.9',
    calls: 214,
    activeCalls: 0,
    failures: [],
    ...rest,
  };
}

const REFUSED = failureOf('unreachable', '10.5.0.3 refused the connection (10.5.0.3:50000).', {
  hint: 'The other 2 endpoints answer. Check whether apid runs on cp-2.',
  where: { endpoint: '10.5.0.3' },
  details:
    '14 UNAVAILABLE: connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.3:50000: connect: connection refused"',
});

export const ENDPOINTS: readonly EndpointStatus[] = [
  endpointOf('10.5.0.2'),
  endpointOf('10.5.0.3', {
    phase: 'backing-off',
    sinceMs: NOW_MS - 32_000,
    untilMs: NOW_MS + 8000,
    failure: REFUSED,
    calls: 96,
    failures: [
      { atMs: NOW_MS - 12_000, failure: REFUSED },
      { atMs: NOW_MS - 32_000, failure: failureOf('unreachable', '10.5.0.3 closed the connection.') },
    ],
  }),
  endpointOf('10.5.0.4', { roundTripMs: 8.4, roundTripsMs: [9, 8, 8, 9, 12, 8, 8, 7, 9, 8], calls: 187 }),
];

export function poolOf(rest: Partial<PoolStatus> = {}): PoolStatus {
  return { context: 'prod-fra', endpoints: ENDPOINTS, summary: 'degraded', hints: [], ...rest };
}

/** Every endpoint down, each for its own reason. */
export const ALL_DOWN: PoolStatus = poolOf({
  summary: 'all-down',
  hints: ['Every endpoint fails for its own reason. If this machine changed its network, check the VPN first.'],
  endpoints: [
    endpointOf('10.5.0.2', {
      phase: 'backing-off',
      untilMs: NOW_MS + 4000,
      failure: {
        ...REFUSED,
        message: '10.5.0.2 refused the connection (10.5.0.2:50000).',
        hint: 'Check whether apid runs there.',
        where: { endpoint: '10.5.0.2' },
      },
    }),
    endpointOf('10.5.0.3', {
      phase: 'backing-off',
      untilMs: NOW_MS + 9000,
      failure: failureOf('timeout', '10.5.0.3 did not answer within 10 s (10.5.0.3:50000).', {
        hint: 'A firewall may drop the packets, or the machine is off.',
        where: { endpoint: '10.5.0.3' },
      }),
    }),
    endpointOf('10.5.0.4', {
      phase: 'ejected',
      untilMs: NOW_MS + 20_000,
      failure: failureOf('untrusted', '10.5.0.4 shows a certificate of another cluster.', {
        hint: 'The cluster was created anew, or the address belongs to another one. Compare the CA fingerprints.',
        where: { endpoint: '10.5.0.4' },
      }),
    }),
  ],
});
