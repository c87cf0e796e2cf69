import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Caller } from '../clusters/caller.ts';

const DEADLINE_MS = 10_000;

/**
 * A config of a node (SPEC-2 F2), `talosctl get mc`: `v1alpha1` is the one it runs with, `persistent` the one on its disk. Throws Failed;
 * `denied` without os:admin, `not-found` where it has none.
 */
export async function readNodeConfig(
  connection: Caller,
  node: string,
  texts: Pick<TextWorkers, 'configInSpec'>,
  signal: AbortSignal,
  id: 'v1alpha1' | 'persistent' = 'v1alpha1',
): Promise<Secret> {
  const request = { type: 'MachineConfigs.config.talos.dev', namespace: 'config', id };
  const spec = await connection
    .unary('/cosi.resource.State/Get', request, { node, deadlineMs: DEADLINE_MS, signal })
    .then(({ value }) => value.resource?.spec?.yaml_spec ?? '')
    .catch((error: unknown) => {
      throw error instanceof Failed ? error : new Failed(connection.explain(error, { node }), error);
    });
  if (spec === '')
    throw new Failed({ code: 'not-found', message: `${node} has no machine config that runs.`, where: { node } });
  return new Secret(await texts.configInSpec(spec));
}
