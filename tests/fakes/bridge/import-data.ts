import type {
  ComparedContext,
  ImportClass,
  ImportPlan,
  ImportPreview,
  ImportRow,
  ShownDiffLine,
} from '../../../preload/contract/index.ts';
import { certificateOf, PATH } from './cluster-data.ts';
import { failureOf } from './fake-bridge.ts';

/** One believable import with a context of every class. */

export const IMPORT_TOKEN = '0d5a0a52-8c1b-4b52-9c92-5f8f2c0d3b11';
export const PLAN_TOKEN = '5d1c7e1a-6a0e-4f0c-9a55-0b7c1d2e3f40';

export function comparedOf(name: string, rest: Partial<ComparedContext> = {}): ComparedContext {
  return {
    name,
    endpoints: ['10.5.0.2', '10.5.0.3', '10.5.0.4'],
    nodes: [],
    certificate: certificateOf(212),
    caFingerprints: ['9b1e2277c4aa03de51f0b6674b8d02c7a1d26e80b4d3f19a5527e6c048db7154'],
    ...rest,
  };
}

const DEFAULTS: Readonly<Record<ImportClass, ImportRow['byDefault']>> = {
  new: 'keep-both',
  identical: 'skip',
  renewed: 'overwrite',
  'same-cluster': 'skip',
  'same-cluster-other-role': 'keep-both',
  'name-taken': 'keep-both',
  broken: 'skip',
};

/** A row of a class; its id is the class. */
export function rowOf(kind: ImportClass, rest: Partial<ImportRow> = {}): ImportRow {
  const incoming = rest.incoming ?? comparedOf(kind);
  const hasExisting = kind !== 'new' && kind !== 'broken';
  return {
    id: kind,
    from: '/home/ada/Downloads/talosconfig',
    class: kind,
    incoming,
    ...(hasExisting && { existing: comparedOf(incoming.name) }),
    isNameTaken: hasExisting,
    byDefault: DEFAULTS[kind],
    actions:
      kind === 'broken'
        ? ['skip']
        : hasExisting
          ? ['keep-both', 'overwrite', 'rename', 'skip']
          : ['keep-both', 'rename', 'skip'],
    ...rest,
  };
}

const OTHER_CA = ['51c8a6e003b7d92f6f40c1aa7e5d3b2190fe84c6d7a3b5e2981c0f4d6a7b8c9d'];

export const IMPORT_ROWS: readonly ImportRow[] = [
  rowOf('identical', { incoming: comparedOf('prod-fra') }),
  rowOf('renewed', {
    incoming: comparedOf('staging', { certificate: certificateOf(364, ['os:operator']), endpoints: [] }),
    existing: comparedOf('staging', {
      certificate: certificateOf(21, ['os:operator']),
      endpoints: ['192.168.40.10'],
    }),
  }),
  rowOf('new', { incoming: comparedOf('edge-9', { endpoints: ['198.51.100.7'], caFingerprints: OTHER_CA }) }),
  rowOf('same-cluster-other-role', {
    incoming: comparedOf('prod-fra-reader', { certificate: certificateOf(90, ['os:reader']) }),
    existing: comparedOf('prod-fra'),
    isNameTaken: false,
  }),
  rowOf('name-taken', {
    incoming: comparedOf('lab', { endpoints: ['10.99.0.1'], caFingerprints: OTHER_CA }),
    existing: comparedOf('lab', { endpoints: ['172.20.0.2', '172.20.0.3'], nodes: ['172.20.0.2'] }),
  }),
  rowOf('broken', { incoming: comparedOf('half', { broken: 'The key does not belong to the certificate.' }) }),
];

export const IMPORT: ImportPreview = {
  token: IMPORT_TOKEN,
  into: PATH,
  rows: IMPORT_ROWS,
  failures: [
    failureOf('file-invalid', 'controlplane.yaml is not a talosconfig: it is a machine configuration.', {
      where: { file: '/home/ada/Downloads/controlplane.yaml' },
      retry: 'never',
    }),
  ],
  currentRow: 'new',
};

export const DIFF: readonly ShownDiffLine[] = [
  { kind: 'same', old: 1, new: 1, text: 'context: prod-fra' },
  { kind: 'same', old: 2, new: 2, text: 'contexts:' },
  { kind: 'added', new: 3, text: '    edge-9:' },
  { kind: 'added', new: 4, text: '        endpoints:' },
  { kind: 'added', new: 5, text: '            - 198.51.100.7' },
  { kind: 'added', new: 6, text: '        key: [secret 77a0c1]' },
  { kind: 'same', old: 12, new: 16, text: '    staging: # the small one' },
  { kind: 'removed', old: 13, text: '        crt: [secret 03be9f]' },
  { kind: 'added', new: 17, text: '        crt: [secret 5ac012]' },
];

export function planOf(rest: Partial<ImportPlan> = {}): ImportPlan {
  const effects = ['Imported edge-9 (1 added)'];
  return {
    token: PLAN_TOKEN,
    risk: 'undoable',
    effects,
    steps: [],
    current: 'prod-fra',
    switchesCurrent: false,
    diff: DIFF,
    ...rest,
  };
}
