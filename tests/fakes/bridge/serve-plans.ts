import type { WrittenChange } from '../../../preload/contract/index.ts';
import { NOW_MS, PATH } from './cluster-data.ts';
import type { FakeBridge } from './fake-bridge.ts';
import { PLAN_TOKEN } from './import-data.ts';

/** Token of the renewal that the fake bridge plans. */
export const RENEWAL_TOKEN = '6c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d2';
/** Token of what the fake bridge would write to a kubeconfig. */
export const KUBECONFIG_TOKEN = '7c9f2c34-6b1e-4c39-9d2e-000000000002';

/** A change that can be undone; the id of the change is also that of its entry in the history. */
export function writtenChange(what: string, id: string, file = PATH): WrittenChange {
  return { id, atMs: NOW_MS, what, files: [{ file, what, changeId: id }] };
}

/** By token: what applying the plan writes. */
const WRITES: Readonly<Record<string, (id: string) => WrittenChange>> = {
  [PLAN_TOKEN]: (id) => writtenChange('Imported edge-9 (1 added)', id),
  [RENEWAL_TOKEN]: (id) => writtenChange('Renewed the certificate of lab', id),
  [KUBECONFIG_TOKEN]: (id) => writtenChange('Renewed admin@prod-fra', id, '/home/ada/.kube/config'),
};

/** Lets the fake bridge apply plans and take changes back. Answers with the ids of its changes, `n1` first. */
export function servePlans(bridge: FakeBridge): () => string {
  let changes = 0;
  const nextId = (): string => `n${++changes}`;
  bridge
    .answer('plans.apply', ({ token }) => ({
      ok: true,
      value: (WRITES[token] ?? ((id) => writtenChange('Did it', id)))(nextId()),
    }))
    .answer('plans.undo', ({ change }) => ({ ok: true, value: writtenChange('Undid: a change', `undo of ${change}`) }));
  return nextId;
}
