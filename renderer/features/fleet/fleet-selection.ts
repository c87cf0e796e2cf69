import { Selection } from '../../state/selection.svelte.ts';
import { sessionPart } from '../../state/session-part.ts';

/** The clusters that are selected in the fleet, by the ids of their contexts; it outlives leaving the screen. */
export const fleetSelection = sessionPart(() => new Selection());
