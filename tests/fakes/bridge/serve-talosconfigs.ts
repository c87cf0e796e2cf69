import type {
  CallInput,
  CallName,
  ChangeSummary,
  Failure,
  ImportPlan,
  ImportPreview,
  ImportRow,
  ImportStep,
  RenewalPlan,
  WrittenChange,
} from '../../../preload/contract/index.ts';
import { certificateOf, NOW_MS, PATH } from './cluster-data.ts';
import { failureOf, type FakeBridge } from './fake-bridge.ts';
import { DIFF, IMPORT, planOf } from './import-data.ts';
import { RENEWAL_TOKEN, servePlans, writtenChange } from './serve-plans.ts';

type Wish = CallInput<'import.plan'>;

/** Plans as main does, roughly: enough for the page's own behaviour. Main's rules have their own tests. */
export function fakePlan(preview: ImportPreview, wish: Wish): ImportPlan | Failure {
  const chosen = new Map(wish.choices.map((choice) => [choice.id, choice]));
  const steps: ImportStep[] = [];
  for (const row of preview.rows.filter(({ class: kind }) => kind !== 'broken')) {
    const { action, name } = wish.asTalosctl
      ? { action: 'keep-both' as const, name: undefined }
      : (chosen.get(row.id) ?? { action: row.byDefault });
    if (action === 'rename' && preview.rows.some((other) => other.existing?.name === name)) {
      return failureOf('invalid', `The name “${name ?? ''}” is taken.`, {
        where: { context: row.incoming.name },
        retry: 'never',
      });
    }
    steps.push(stepOf(row, action, name));
  }
  const current = steps.find(({ id }) => id === preview.currentRow)?.name;
  const switches = current !== undefined && (wish.switchCurrent || wish.asTalosctl);
  const switchTo = current === undefined || wish.asTalosctl ? {} : { switchTo: current };
  return planOf({ steps, ...switchTo, ...(switches && { current, switchesCurrent: true }) });
}

function stepOf(row: ImportRow, action: ImportRow['byDefault'], name: string | undefined): ImportStep {
  const { id, incoming } = row;
  const from = incoming.name;
  if (action === 'skip') return { id, from, action: 'skip' };
  if (action === 'overwrite') {
    const target = row.existing?.name ?? from;
    return { id, from, action, name: target, ...(row.class === 'renewed' && { onlyCredentials: true }) };
  }
  return { id, from, action: 'add', name: name ?? (row.isNameTaken ? `${from}-1` : from) };
}

export const RENEWAL: RenewalPlan = {
  token: RENEWAL_TOKEN,
  risk: 'undoable',
  effects: ['Renewed the certificate of lab'],
  context: 'lab',
  node: '172.20.0.2',
  before: certificateOf(5),
  after: { ...certificateOf(364), fingerprint: 'ab03'.repeat(16), notBeforeMs: NOW_MS },
  diff: DIFF.slice(6),
};

export const CHANGES: readonly ChangeSummary[] = [
  {
    id: 'c2',
    file: PATH,
    atMs: NOW_MS - 180_000,
    what: 'Changed the endpoints of staging',
    diff: DIFF.slice(6),
    isSealed: true,
    canUndo: true,
  },
  {
    id: 'c1',
    file: PATH,
    atMs: NOW_MS - 86_400_000,
    what: 'Imported edge-9 (1 added)',
    diff: DIFF,
    isSealed: true,
    canUndo: false,
  },
];

/** Calls that write answer with one sentence and a change that can be undone. */
const WRITES: Partial<Record<CallName, (input: never) => string>> = {
  'contexts.setCurrent': ({ context }: CallInput<'contexts.setCurrent'>) => `Made ${context} the current context`,
  'contexts.rename': ({ context, to }: CallInput<'contexts.rename'>) => `Renamed the context ${context} to ${to}`,
  'contexts.remove': ({ context }: CallInput<'contexts.remove'>) => `Removed the context ${context}`,
  'contexts.setEndpoints': ({ context }: CallInput<'contexts.setEndpoints'>) => `Changed the endpoints of ${context}`,
  'contexts.setNodes': ({ context }: CallInput<'contexts.setNodes'>) => `Changed the nodes of ${context}`,
  'contexts.setProxyUrl': ({ context }: CallInput<'contexts.setProxyUrl'>) => `Changed the proxy of ${context}`,
  'contexts.setCluster': ({ context }: CallInput<'contexts.setCluster'>) => `Changed the cluster of ${context}`,
  'contexts.add': ({ name }: CallInput<'contexts.add'>) => `Added the context ${name}`,
};

/** A new file of its own, which no history keeps. */
const issued = (file: string, what: string): WrittenChange => {
  const named = `${what} as ${file}`;
  return { id: 'issued', atMs: NOW_MS, what: named, files: [{ file, what: named }] };
};

/** Lets the fake bridge import, edit, renew and undo. What it writes goes nowhere. */
export function serveTalosconfigs(bridge: FakeBridge, preview: ImportPreview = IMPORT): FakeBridge {
  const nextId = servePlans(bridge);
  const wrote = (what: string): { ok: true; value: WrittenChange } => ({
    ok: true,
    value: writtenChange(what, nextId()),
  });
  for (const [name, what] of Object.entries(WRITES)) {
    bridge.answer(name as 'contexts.rename', (input) => wrote(what(input as never)));
  }
  bridge.onDrop((names) => ({ ok: true, value: { token: preview.token, names } }));
  for (const name of ['import.fromDrop', 'import.fromClipboard', 'import.choose'] as const) {
    bridge.answer(name, () => ({ ok: true, value: preview }));
  }
  return bridge
    .answer('import.plan', (wish) => {
      const plan = fakePlan(preview, wish);
      return 'code' in plan ? { ok: false, failure: plan } : { ok: true, value: plan };
    })
    .answer('contexts.dialPreview', ({ endpoints }) => ({
      ok: true,
      value: endpoints.map((endpoint) =>
        endpoint.includes(' ')
          ? { endpoint, problem: 'An endpoint holds no spaces.' }
          : { endpoint, target: endpoint.includes(':') ? endpoint : `${endpoint}:50000` },
      ),
    }))
    .answer('contexts.renew', () => ({ ok: true, value: RENEWAL }))
    .answer('contexts.issue', ({ roles, hours }) => ({
      ok: true,
      value: issued('/home/ada/guest.yaml', `Saved a talosconfig with ${roles.join(', ')} for ${hours} h`),
    }))
    .answer('talosconfigs.open', () => ({ ok: true, value: undefined }))
    .answer('talosconfigs.close', () => ({ ok: true, value: undefined }))
    .answer('talosconfigs.makePrivate', () => ({ ok: true, value: undefined }))
    .answer('history.list', () => ({ ok: true, value: CHANGES }))
    .answer('history.forget', () => ({ ok: true, value: undefined }));
}
