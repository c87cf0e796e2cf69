import type { LensSourceWish } from '../../../preload/contract/index.ts';
import { plural } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
import { listedNodes, nodesToAsk } from '../../state/start-run.ts';
import { thingParts } from '../../state/parts/things.ts';
import type { Feature } from '../feature.ts';
import { lensesOf } from './lenses.svelte.ts';
import LensScreen from './LensScreen.svelte';
import LineInspector from './lines/LineInspector.svelte';
import { readLineRef } from './lines/line-ref.ts';
import { lineMoment } from './lines/line-words.ts';
import PickerHost from './sources/PickerHost.svelte';
import NodeEventsTab from './events/NodeEventsTab.svelte';
import { isUtcIn } from './lens-looks.ts';
import { savedSets } from './sources/saved-sets.ts';
import { servicePicks } from './sources/service-picks.ts';
import { talosctlWish, type LensWish, type PastedLine } from './talosctl-wish.ts';

const MOST_TITLE = 120;
/** Nodes the palette lists. */
const MOST_PICKED = 300;

/** Logs, kernel messages and events of many nodes on one time line. */
export const lens: Feature = {
  id: 'lens',
  order: 25,
  screen: {
    title: 'Logs',
    icon: 'logs',
    component: LensScreen,
    needsContext: true,
    badge: (session) => lensesOf(session).of(session.current.id).length,
  },
  inspectors: [{ kind: 'lens-line', word: 'Line', title: lineTitle, component: LineInspector }],
  titles: {
    service: (_session, id) => showUnseen(thingParts(id)[1] ?? ''),
    container: (_session, id) => showUnseen(thingParts(id)[1] ?? ''),
  },
  hosts: [{ place: 'frame', component: PickerHost }],
  nodeParts: [{ id: 'events', place: 'tab', title: 'Events', order: 15, component: NodeEventsTab }],
  actions: [
    {
      id: 'lens.open',
      title: 'Logs, kernel messages and events',
      chord: 'mod+l',
      isForTyping: true,
      isListed: () => false,
      run: (session) => session.screen.show('lens'),
    },
    {
      id: 'lens.new',
      title: 'Follow logs and events…',
      words: 'lens log dmesg kernel tail',
      applies: ({ current }) => current.context?.isUsable === true,
      run: (session) => {
        session.screen.show('lens');
        lensesOf(session).pick();
      },
    },
    {
      id: 'lens.line',
      title: 'Open a pasted line',
      isListed: () => false,
      run: (session) => {
        const { filling } = session.view;
        session.view.filling = undefined;
        if (filling) followLine(session, filling);
      },
    },
  ],
  offers: [
    {
      id: 'node.lens',
      kind: 'node',
      isFirst: true,
      title: 'Logs…',
      run: (session, id) => {
        session.screen.show('lens');
        lensesOf(session).pick({ nodes: [id], keys: [] });
      },
    },
    {
      id: 'node.lens-machine',
      kind: 'node',
      isFirst: true,
      title: 'Kernel log and events',
      run: (session, node) =>
        follow(
          session,
          ALL_THERE([
            { kind: 'events', node },
            { kind: 'kernel', node },
          ]),
        ),
    },
    {
      id: 'service.logs',
      kind: 'service',
      title: 'Follow its log',
      run: (session, id) => follow(session, ALL_THERE(serviceOn(session, id, 'here'))),
    },
    {
      id: 'service.logs-everywhere',
      kind: 'service',
      title: (session) => `Follow it on all ${plural(listedNodes(session).length, 'node')}`,
      applies: (session) => listedNodes(session).length > 1,
      run: (session, id) => follow(session, ALL_THERE(serviceOn(session, id, 'everywhere'))),
    },
    {
      id: 'container.logs',
      kind: 'container',
      title: 'Follow its log',
      run: (session, thing) => {
        const [node = '', id = ''] = thingParts(thing);
        follow(session, ALL_THERE([{ kind: 'container', node, id: withoutHash(id) }]));
      },
    },
    {
      id: 'failure.logs',
      kind: 'failure',
      title: 'Follow the kernel log and events there',
      applies: (session, id) => thingParts(id).length > 0 && thingParts(id).length <= MOST_PICKED,
      run: (session, id) => {
        const kinds = ['kernel', 'events'] as const;
        follow(session, ALL_THERE(thingParts(id).flatMap((node) => kinds.map((kind) => ({ kind, node })))));
      },
    },
    {
      id: 'talosctl-line.lens',
      kind: 'talosctl-line',
      title: 'Open in the log lens',
      applies: (_session, id) => talosctlWish(readRun(id), ['']) !== undefined,
      run: (session, id) => followLine(session, readRun(id)),
    },
  ],
  picks: (session) => [
    ...servicePicks(session, (sources) => follow(session, ALL_THERE(sources))),
    ...savedSets(session.preferences).map((set) => ({
      id: `lens:set:${set.name}`,
      label: `Follow ${showUnseen(set.name)}`,
      detail: 'saved set',
      group: 'Logs',
      pick: () => {
        session.screen.show('lens');
        lensesOf(session).pick(set);
      },
    })),
    ...listedNodes(session)
      .slice(0, MOST_PICKED)
      .map((node) => ({
        id: `lens:node:${node.target}`,
        label: `Logs of ${nodeName(node)}`,
        detail: node.target,
        group: 'Logs',
        pick: () => {
          session.screen.show('lens');
          lensesOf(session).pick({ nodes: [node.target], keys: [] });
        },
      })),
  ],
};

/** What was written so far, as much as is kept, and what comes. */
const ALL_THERE = (sources: readonly LensSourceWish[]): LensWish => ({ sources, follow: true, tail: -1 });

function follow(session: Session, wish: LensWish): void {
  const context = session.current.id;
  if (context === undefined || wish.sources.length === 0) return;
  lensesOf(session).open(context, wish);
  session.screen.show('lens');
}

function serviceOn(session: Session, thing: string, where: 'here' | 'everywhere'): readonly LensSourceWish[] {
  const [node = '', id = ''] = thingParts(thing);
  const nodes = where === 'here' ? [node] : listedNodes(session).map(({ target }) => target);
  return nodes.map((each) => ({ kind: 'service', node: each, id }));
}

/** `namespace/pod:container` of one that is named with the hash of its start. */
const withoutHash = (id: string): string => id.replace(/^([^:]*:[^:]*):.*$/, '$1');

/** What a pasted line says, on its nodes or on those a run would ask. */
function followLine(session: Session, line: PastedLine): void {
  const nodes = line.nodes.length > 0 ? line.nodes : nodesToAsk(session).map(({ target }) => target);
  const wish = talosctlWish(line, nodes);
  if (wish) follow(session, wish);
}

const readRun = (id: string): PastedLine => JSON.parse(id) as PastedLine;

function lineTitle(session: Session, id: string): string {
  const { lens: number, line } = readLineRef(id);
  const row = lensesOf(session)
    .lensOf(number)
    ?.window.rows?.rows.find((each) => each.line === line);
  if (!row) return 'Line';
  const text = row.summary?.message ?? row.text.slice(row.bodyAt);
  return text.slice(0, MOST_TITLE) || lineMoment(row.timeMs, isUtcIn(session.preferences));
}
