import * as all from '../features/all.ts';
import type { Feature, Host, InspectorKind } from '../features/all.ts';
import type { Action, Offer } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import type { Thing } from '../state/view.svelte.ts';
import type { NodePart } from '../state/parts/parts.ts';
import { FIRST_ACTIONS, LAST_ACTIONS } from './own-actions.ts';

/** Every feature, in its order. */
export const FEATURES: readonly Feature[] = Object.values<Feature>(all).toSorted((a, b) => a.order - b.order);

/** A feature that has a screen. */
export type Screened = Feature & Required<Pick<Feature, 'screen'>>;

const ALL_SCREENS: readonly Screened[] = FEATURES.filter(
  (feature): feature is Screened => feature.screen !== undefined,
);

/** Features with a screen that rail and palette list; the first is where the window begins. */
export const SCREENS: readonly Screened[] = ALL_SCREENS.filter(({ screen }) => screen.isListed !== false);

/** The screen an address names; the first one when it names none that exists. */
export function screenOf(id: string): Screened | undefined {
  return ALL_SCREENS.find((screen) => screen.id === id) ?? SCREENS[0];
}

/** A screen that can be shown before there is a talosconfig: one that is about Minos itself. */
export function startScreenOf(id: string): Screened | undefined {
  return ALL_SCREENS.find((each) => each.id === id && each.screen.isListed === false && !each.screen.needsContext);
}

/** What the features show on the pages of nodes. */
export const PARTS: readonly NodePart[] = FEATURES.flatMap(({ nodeParts = [] }) => nodeParts).toSorted(
  (a, b) => a.order - b.order,
);

/** Everything that can be asked for by palette, key and menu, those of the frame around those of the features. */
export const ACTIONS: readonly Action[] = [
  ...FIRST_ACTIONS,
  ...FEATURES.flatMap(({ actions = [] }) => actions),
  ...LAST_ACTIONS,
];

/** What the features put into one place of the window. */
export function hostsOf(place: Host['place']): readonly Host[] {
  return FEATURES.flatMap(({ hosts = [] }) => hosts).filter((host) => host.place === place);
}

/**
 * What a right click on things of a kind offers: what is wanted most often, what the feature has that shows the kind, then the
 * others in their order.
 */
export function offersOf(kind: string): readonly Offer[] {
  const isOwn = ({ inspectors = [] }: Feature): boolean => inspectors.some((each) => each.kind === kind);
  return [...FEATURES.filter(isOwn), ...FEATURES.filter((feature) => !isOwn(feature))]
    .flatMap(({ offers = [] }) => offers)
    .filter((offer) => offer.kind === kind)
    .toSorted((a, b) => Number(b.isFirst === true) - Number(a.isFirst === true));
}

/** How a kind of thing is inspected; undefined when no feature knows the kind. */
export function inspectorOf(kind: string): InspectorKind | undefined {
  return FEATURES.flatMap(({ inspectors = [] }) => inspectors).find((each) => each.kind === kind);
}

/** What a thing is called; the word of its kind when no feature says. */
export function titleOfThing(session: Session, { kind, id }: Thing): string {
  const title = inspectorOf(kind)?.title ?? FEATURES.find(({ titles }) => titles?.[kind])?.titles?.[kind];
  return title?.(session, id) ?? kind;
}
