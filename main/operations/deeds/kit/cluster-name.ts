import type { Caller } from '../../clusters/caller.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import { READ_WITHIN_MS } from './read-within.ts';

/**
 * What a cluster calls itself, to be typed before something of it is destroyed: contexts of two clusters may be called alike. The name
 * of the context where the machine does not tell. Never rejects.
 */
export async function clusterName(caller: Caller, node: string, context: string, signal: AbortSignal): Promise<string> {
  try {
    const place = { namespace: 'cluster', type: 'Infos.cluster.talos.dev' };
    const call = { node, deadlineMs: READ_WITHIN_MS, signal };
    const [info] = await listResources(caller, place, ['{.clusterName}'], call);
    const name = info?.fields[0]?.trim() ?? '';
    return /^[\x21-\x7e]{1,120}$/.test(name) ? name : context;
  } catch {
    return context;
  }
}
