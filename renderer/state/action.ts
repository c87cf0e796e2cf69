import { createContext } from 'svelte';
import { chordKeys, type Chord } from '../lib/keyboard.ts';
import type { Session } from './context.ts';
import type { Thing } from './view.svelte.ts';

/**
 * Something the user can ask for by the palette, by a key or in the native menu. It stands in the index of its feature;
 * palette, keys, menus and the list behind `?` derive from it.
 */
export interface Action {
  /** Such as `import.choose`; unique. One of `MENU_ACTIONS` of the contract stands in the native menu as well. */
  readonly id: string;
  readonly title: string | ((session: Session) => string);
  /** Shown muted beside the title. */
  readonly detail?: string;
  /** Further words the palette finds it by. */
  readonly words?: string;
  /** Written here and nowhere else; one that the native menu needs stands in the contract. */
  readonly chord?: Chord;
  /** The key is answered also while a text is typed. */
  readonly isForTyping?: boolean;
  /** Key and native menu are answered also on the first page, where there is no context yet. */
  readonly isForFirstPage?: boolean;
  /** One of several of a kind, which the list behind `?` tells of once. */
  readonly isOneOfMany?: true;
  /** What the list behind `?` says, where the title would not do. */
  readonly does?: string;
  /** False now: neither key nor palette nor menu has it. Always true when missing. */
  readonly applies?: (session: Session) => boolean;
  /** Whether the palette lists it, where that is not whenever it applies. */
  readonly isListed?: (session: Session) => boolean;
  /** Why it cannot be done now: it is shown, with the reason. */
  readonly whyNot?: (session: Session) => string | undefined;
  /** Offered at the bottom of the window, to somebody who is new to it. */
  readonly isInvited?: (session: Session) => boolean;
  readonly run: (session: Session) => void;
}

/** Something a right click on a thing offers. */
export interface Offer {
  readonly id: string;
  /** Of which things. */
  readonly kind: string;
  readonly title: string | ((session: Session, id: string) => string);
  /** Stands before the others: what is wanted of such a thing most often. */
  readonly isFirst?: true;
  /** False: not offered for this one. */
  readonly applies?: (session: Session, id: string) => boolean;
  /** Why it cannot be done now: it is shown, with the reason. */
  readonly whyNot?: (session: Session, id: string) => string | undefined;
  readonly run: (session: Session, id: string) => void;
}

/** Everything that can be asked for in this window, for buttons and hints that name an action of another feature. */
export const [getActions, setActions] = createContext<readonly Action[]>();

/** Something that is offered for one thing now. */
export interface OfferedItem {
  readonly id: string;
  readonly label: string;
  readonly disabledBecause: string | undefined;
  readonly select: () => void;
}

/** What a right click on a thing offers now, for screens that show the same beside the thing. */
export const [getOffered, setOffered] = createContext<(thing: Thing) => readonly OfferedItem[]>();

/** What is offered for one thing now, as lines of a menu, and as buttons where there is room. */
export function offeredItems(offers: readonly Offer[], session: Session, id: string): readonly OfferedItem[] {
  return offers
    .filter(({ applies }) => applies?.(session, id) ?? true)
    .map((offer) => ({
      id: offer.id,
      label: typeof offer.title === 'string' ? offer.title : offer.title(session, id),
      disabledBecause: offer.whyNot?.(session, id),
      select: () => offer.run(session, id),
    }));
}

/** The title an action has now. */
export function titleOf({ title }: Action, session: Session): string {
  return typeof title === 'string' ? title : title(session);
}

/** Whether an action can be asked for now. */
export function appliesTo({ applies, whyNot }: Action, session: Session): boolean {
  return (applies?.(session) ?? true) && whyNot?.(session) === undefined;
}

/** The action of an id; undefined when its feature is not there. */
export function actionOf(actions: readonly Action[], id: string): Action | undefined {
  return actions.find((action) => action.id === id);
}

/** An action as a line of a menu; the words may be others than in the palette. */
export interface ActionLine {
  /** Its id. */
  readonly action: string;
  readonly label: string;
}

/** Lines of a menu that do what actions do, with their keys; one whose feature is not there is left out. */
export function actionItems(
  actions: readonly Action[],
  session: Session,
  lines: readonly ActionLine[],
): readonly { readonly id: string; readonly label: string; readonly detail?: string; readonly select: () => void }[] {
  return lines.flatMap(({ action: id, label }) => {
    const action = actionOf(actions, id);
    if (!action) return [];
    const { chord, run } = action;
    return [
      { id, label, ...(chord === undefined ? {} : { detail: chordKeys(chord).join(' ') }), select: () => run(session) },
    ];
  });
}
