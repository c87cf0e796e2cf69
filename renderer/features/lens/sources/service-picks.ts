import { MOST_LENS_SOURCES, type LensSourceWish } from '../../../../preload/contract/index.ts';
import type { PickItem } from '../../../components/overlays/pick.ts';
import { plural } from '../../../lib/format.ts';
import type { Session } from '../../../state/context.ts';
import { describeNodes, nodesToAsk } from '../../../state/start-run.ts';

/** Services of Talos itself, as its documentation lists them; extensions bring others, which the picker of the lens lists. */
const EVERYWHERE = ['apid', 'auditd', 'containerd', 'cri', 'dashboard', 'kubelet', 'machined', 'syslogd', 'udevd'];
const CONTROL_PLANE = ['etcd', 'trustd'];

/** The log of each service on the nodes that a run would ask, as lines of the palette. */
export function servicePicks(
  session: Session,
  follow: (sources: readonly LensSourceWish[]) => void,
): readonly PickItem[] {
  if (session.current.context?.isUsable !== true) return [];
  const nodes = nodesToAsk(session);
  const planes = nodes.filter(({ role }) => role === 'controlplane');
  const on = describeNodes(session);
  const of = (service: string, where: typeof nodes, detail: string): PickItem => ({
    id: `lens:service:${service}`,
    label: `Follow the log of ${service}`,
    detail,
    group: 'Logs',
    words: 'service logs tail',
    ...(where.length > MOST_LENS_SOURCES && {
      disabledBecause: `Select at most ${MOST_LENS_SOURCES} nodes, not ${where.length}.`,
    }),
    pick: () => follow(where.map(({ target: node }) => ({ kind: 'service', node, id: service }))),
  });
  return [
    ...(nodes.length === 0 ? [] : EVERYWHERE.map((service) => of(service, nodes, `on ${on}`))),
    ...(planes.length === 0
      ? []
      : CONTROL_PLANE.map((service) => of(service, planes, `on ${plural(planes.length, 'control plane')}`))),
  ];
}
