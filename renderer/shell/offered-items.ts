import type { MenuItem } from '../components/overlays/menu-item.ts';
import type { Session } from '../state/context.ts';
import type { Thing } from '../state/view.svelte.ts';
import { offersOf } from './features.ts';

/** What a right click on a thing offers now, as lines of a menu. */
export function offeredItems(session: Session, { kind, id }: Thing): readonly MenuItem[] {
  return offersOf(kind)
    .filter(({ applies }) => applies?.(session, id) ?? true)
    .map((offer) => ({
      id: offer.id,
      label: typeof offer.title === 'string' ? offer.title : offer.title(session, id),
      disabledBecause: offer.whyNot?.(session, id),
      select: () => offer.run(session, id),
    }));
}
