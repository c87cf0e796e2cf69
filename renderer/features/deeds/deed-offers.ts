import type { DeedSummary } from '../../../preload/contract/index.ts';
import type { PickItem } from '../../components/overlays/pick.ts';
import type { Offer } from '../../state/action.ts';
import type { Session } from '../../state/context.ts';
import { thingParts } from '../../state/parts/things.ts';
import { listedNodes, nodeNames } from '../../state/start-run.ts';
import { listOf } from '../../lib/format.ts';
import { deedFlow, type DeedWish } from './deed-flow.svelte.ts';

/** Opens the sheet for machines of the cluster in use. */
function begin(session: Session, wish: Omit<DeedWish, 'context'>): void {
  const context = session.current.id;
  if (context !== undefined) deedFlow(session).open({ context, ...wish });
}

/** A deed of a menu: it names the one machine that the thing is on. */
interface OfferParts {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly deed: string;
  /** What the parts of the thing's id after the machine mean. */
  readonly params: (...parts: readonly string[]) => DeedWish['params'];
}

const offer = ({ id, kind, title, deed, params }: OfferParts): Offer => ({
  ...{ id, kind, title },
  run: (session, thing) => {
    const [node, ...parts] = partsOf(kind, thing);
    begin(session, { nodes: [node], deed, params: params(...parts) });
  },
  whyNot: (_session, thing) =>
    partsOf(kind, thing)[0] === '' ? 'It is on none of the machines that are known.' : undefined,
});

/** The machine of a thing, empty where none is known, and what else its id says. */
function partsOf(kind: string, thing: string): readonly [node: string, ...string[]] {
  const [node = '', ...parts] = kind === 'node' ? [thing] : thingParts(thing);
  return [node, ...parts];
}

/** A machine whose member of etcd answers, the leader's if it may be, other than one. */
function anotherMember({ current }: Session, node: string | undefined): string | undefined {
  const members = current.etcd?.current?.members ?? [];
  const others = members.filter((member) => member.report !== undefined && member.node !== node);
  return (others.find(({ isLeader }) => isLeader) ?? others[0])?.node;
}

/** What a right click on a container, an image, a disk or a machine offers. */
export const DEED_OFFERS: readonly Offer[] = [
  ...(['restart', 'start', 'stop'] as const).map((action) =>
    offer({
      ...{ id: `service.${action}`, kind: 'service', deed: 'service' },
      title: { restart: 'Restart it…', start: 'Start it…', stop: 'Stop it…' }[action],
      params: (service = '') => ({ service, action }),
    }),
  ),
  offer({
    ...{ id: 'container.restart', kind: 'container', title: 'Restart it…', deed: 'restart' },
    params: (id = '') => ({ id, kubernetes: true }),
  }),
  offer({
    ...{ id: 'image.remove', kind: 'image', title: 'Remove it…', deed: 'image-remove' },
    params: (image = '', namespace = '') => ({ image, namespace }),
  }),
  offer({
    ...{ id: 'device.wipe', kind: 'device', title: 'Wipe it…', deed: 'wipe-disk' },
    params: (devices = '') => ({ devices }),
  }),
  offer({ ...{ id: 'node.reboot', kind: 'node', title: 'Reboot…', deed: 'reboot' }, params: () => ({}) }),
  offer({ ...{ id: 'node.upgrade', kind: 'node', title: 'Upgrade Talos…', deed: 'upgrade' }, params: () => ({}) }),
  offer({ ...{ id: 'node.rollback', kind: 'node', title: 'Roll back Talos…', deed: 'rollback' }, params: () => ({}) }),
  offer({ ...{ id: 'node.shutdown', kind: 'node', title: 'Shut down…', deed: 'shutdown' }, params: () => ({}) }),
  offer({
    ...{ id: 'etcd-member.defragment', kind: 'etcd-member', title: 'Defragment…', deed: 'etcd-defragment' },
    params: () => ({}),
  }),
  offer({
    ...{ id: 'etcd-member.forfeit', kind: 'etcd-member', title: 'Hand over the leadership…', deed: 'etcd-forfeit' },
    params: () => ({}),
  }),
  offer({
    ...{ id: 'etcd-member.leave', kind: 'etcd-member', title: 'Have it leave…', deed: 'etcd-leave' },
    params: () => ({}),
  }),
  {
    id: 'etcd-member.remove',
    kind: 'etcd-member',
    title: 'Remove it…',
    run: (session, thing) => {
      const [node, member = ''] = thingParts(thing);
      const through = anotherMember(session, node);
      if (through !== undefined) {
        begin(session, { nodes: [through], deed: 'etcd-remove-member', params: { member } });
      }
    },
    whyNot: (session, thing) =>
      anotherMember(session, thingParts(thing)[0]) === undefined ? 'No other member of etcd answers.' : undefined,
  },
  {
    id: 'etcd.defragment',
    kind: 'etcd',
    title: 'Defragment all…',
    run: (session, thing) => {
      const [, ...nodes] = thingParts(thing);
      begin(session, { nodes, deed: 'etcd-defragment', params: {} });
    },
  },
  offer({
    ...{ id: 'etcd.disarm', kind: 'etcd', title: 'Disarm the alarms…', deed: 'etcd-disarm' },
    params: () => ({}),
  }),
  offer({
    ...{ id: 'etcd.downgrade', kind: 'etcd', title: 'Allow an older version…', deed: 'etcd-downgrade' },
    params: () => ({}),
  }),
  offer({
    ...{ id: 'etcd.downgrade-cancel', kind: 'etcd', title: 'Take the older version back…' },
    ...{ deed: 'etcd-downgrade-cancel', params: () => ({}) },
  }),
  offer({ ...{ id: 'node.wipe', kind: 'node', title: 'Wipe a disk…', deed: 'wipe-disk' }, params: () => ({}) }),
  offer({ ...{ id: 'node.reset', kind: 'node', title: 'Reset…', deed: 'reset' }, params: () => ({}) }),
];

/** Machines that a deed of the palette is for: those selected, or the one whose page is open; never all by themselves. */
function namedNodes(session: Session): readonly string[] {
  const { screen, nodeSelection } = session;
  if (screen.id === 'node' && screen.part !== undefined) return [screen.part];
  return listedNodes(session).flatMap(({ target }) => (nodeSelection.keys.has(target) ? [target] : []));
}

/** Each kind of deed as a line of the palette. */
export function deedPicks(session: Session, kinds: readonly DeedSummary[]): readonly PickItem[] {
  if (session.current.context?.isUsable !== true) return [];
  const nodes = namedNodes(session);
  const nameOf = nodeNames(session);
  return kinds
    .filter(({ isBegunElsewhere }) => isBegunElsewhere !== true)
    .map(({ id, title, about }) => ({
      id: `deed:${id}`,
      label: `${title}…`,
      detail: nodes.length === 0 ? 'no machine is selected' : `on ${listOf(nodes.map(nameOf), 3)}`,
      group: 'Deeds',
      words: `${id} ${about}`,
      ...(nodes.length === 0 && { disabledBecause: 'Select the machines first: a deed names each of them.' }),
      pick: () => begin(session, { nodes: [...nodes], deed: id, params: {} }),
    }));
}
