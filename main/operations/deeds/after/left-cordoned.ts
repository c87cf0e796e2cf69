import { CORDONED_BY } from '../../../kubernetes/drain/objects.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Looking } from '../power/machine-look.ts';
import { READ_WITHIN_MS } from '../kit/read-within.ts';

/** A name of Kubernetes: it goes into a command line. */
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** The line that gives a machine back to Kubernetes which Minos cordoned; undefined where it is not cordoned by Minos. Throws what calls throw. */
export async function uncordonLine(caller: Caller, looking: Looking): Promise<string | undefined> {
  const place = { namespace: 'k8s', type: 'NodeStatuses.kubernetes.talos.dev' };
  const paths = ['{.nodename}', '{.unschedulable}', `{.annotations['${CORDONED_BY}']}`];
  const [status] = await listResources(caller, place, paths, { ...looking, deadlineMs: READ_WITHIN_MS });
  const [name = '', unschedulable, mark = ''] = status?.fields ?? [];
  return unschedulable === 'true' && mark !== '' && NAME.test(name) ? `kubectl uncordon ${name}` : undefined;
}
