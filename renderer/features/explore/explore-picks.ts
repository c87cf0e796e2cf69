import { untrack } from 'svelte';
import type { PickItem } from '../../components/overlays/pick.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import type { Session } from '../../state/context.ts';
import { knownTypes } from '../../state/palette/known-types.svelte.ts';
import { nodeNames } from '../../state/start-run.ts';
import { exploredOf } from './explored.svelte.ts';
import { resourceId } from './resource-ref.ts';
import { placeOf } from './watch-columns.ts';

/** Resources that the palette searches. */
const MOST_RESOURCES = 5_000;

/** The types of resources that are known of the cluster in use, and the resources that are on the screen: nobody is asked for them. */
export function explorePicks(session: Session): readonly PickItem[] {
  return [...typePicks(session), ...resourcePicks(session)];
}

function typePicks(session: Session): readonly PickItem[] {
  const explored = exploredOf(session);
  return knownTypes(session)
    .of(session.current.id)
    .map((type) => ({
      id: `type:${type.type}`,
      label: `Explore ${showUnseen(type.type)}`,
      detail: showUnseen(type.namespace),
      group: 'Resource types',
      words: type.aliases.join(' '),
      isMinor: true,
      ...(type.refused === undefined ? {} : { disabledBecause: type.refused }),
      pick: () => {
        explored.type = type;
        explored.isGraph = false;
        session.screen.show('explore');
      },
    }));
}

function resourcePicks(session: Session): readonly PickItem[] {
  const explored = exploredOf(session);
  const { watch, type } = explored;
  if (watch === undefined || type === undefined) return [];
  const { type: name, namespace, isSensitive } = type;
  const nameOf = nodeNames(session);
  // As they are when the list is made: it does not change under a pointer at each change of one.
  return untrack(() => {
    const at = placeOf(watch.columns, 'id');
    return watch.rows.slice(0, MOST_RESOURCES).map(({ node, key, cells }) => {
      const id = String(cells[at]);
      return {
        id: `resource:${node}:${key}`,
        label: showUnseen(id),
        detail: nameOf(node),
        group: 'Resources',
        words: `${name} resource`,
        isMinor: true,
        pick: () => session.view.inspect('resource', resourceId({ node, key, type: name, namespace, id, isSensitive })),
      };
    });
  });
}
