import { Failed } from '../../../lib/failed.ts';
import type { HealthRequest } from '../server-run.ts';
import type { CheckedNode } from './check.ts';

const DEADLINE_MS = 10_000;
/** More than any cluster of Talos has. */
const MAX_MEMBERS = 5_000;

/**
 * The nodes a health check is about: those that were named, else the members the target knows, each by its first address.
 * Throws Failed for a member without one, and what the call throws.
 */
export async function discover(request: HealthRequest): Promise<readonly CheckedNode[]> {
  const { controlPlanes, workers, connection, node, signal } = request;
  if (controlPlanes.length + workers.length > 0) {
    const named = (ip: string, isControlPlane: boolean): CheckedNode => ({ ip, ips: [ip], isControlPlane });
    return [...controlPlanes.map((ip) => named(ip, true)), ...workers.map((ip) => named(ip, false))];
  }
  const reading = connection.texts.reading(signal);
  const found: CheckedNode[] = [];
  const place = { namespace: 'cluster', type: 'Members.cluster.talos.dev' };
  const call = { node, deadlineMs: DEADLINE_MS, signal };
  for await (const { resource } of connection.serverStream('/cosi.resource.State/List', place, call)) {
    if (found.length === MAX_MEMBERS) break;
    const id = resource?.metadata?.id ?? '';
    const member = await reading.read('member', id, resource?.spec?.yaml_spec ?? '');
    const [ip] = member?.addresses ?? [];
    if (member === undefined || ip === undefined) {
      throw new Failed({ code: 'precondition', message: `no IP address found for member: ${id}`, where: { node } });
    }
    found.push({ ip, ips: member.addresses, isControlPlane: member.role === 'controlplane' });
  }
  return found;
}
