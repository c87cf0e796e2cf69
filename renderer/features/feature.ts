import type { Component } from 'svelte';
import type { IconName } from '../components/icons.ts';
import type { PickItem } from '../components/overlays/pick.ts';
import type { Action, Offer } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import type { NodePart } from '../state/parts/parts.ts';
import type { Thing } from '../state/view.svelte.ts';

/** A screen and its line in the rail. Its id, in the address too, is that of its feature. */
export interface Screen {
  readonly title: string;
  /** Further words the palette finds it by. */
  readonly words?: string;
  readonly icon: IconName;
  readonly component: Component;
  /** Shown only when the context in use can be used. */
  readonly needsContext: boolean;
  /** False: rail and palette do not list it, something on another screen leads to it. Always listed when missing. */
  readonly isListed?: boolean;
  /** The one thing it shows now: the palette offers what a right click on it offers. */
  readonly subject?: (session: Session) => Thing | undefined;
  /** A number beside the title; nothing at 0. */
  readonly badge?: (session: Session) => number;
}

/** What the inspector shows of a kind of thing. */
export interface InspectorKind {
  readonly kind: string;
  /** Above the title: `Node`. */
  readonly word: string;
  readonly title: (session: Session, id: string) => string;
  readonly component: Component<{ id: string }>;
}

/**
 * A component that is always there and decides by itself whether it shows anything. `top`: above everything, also before any
 * file is known. `window`: over everything, as soon as the files are known. `frame`: over the screens. `drawer`: below the
 * screen, beside the inspector.
 */
export interface Host {
  readonly place: 'top' | 'window' | 'frame' | 'drawer';
  readonly component: Component;
}

/** All that the frame needs to know of a feature. */
export interface Feature {
  /** The name of its folder. */
  readonly id: string;
  /** Where it stands in the rail, in the palette and behind `?`: smallest first. */
  readonly order: number;
  readonly screen?: Screen;
  readonly inspectors?: readonly InspectorKind[];
  /** What things are called that have a menu and no inspector, by kind. */
  readonly titles?: Readonly<Record<string, (session: Session, id: string) => string>>;
  readonly hosts?: readonly Host[];
  readonly actions?: readonly Action[];
  /** What a right click on things offers, also on those of other features. */
  readonly offers?: readonly Offer[];
  /** What it shows of one node on that node's page. */
  readonly nodeParts?: readonly NodePart[];
  /** Lists that the palette searches beside actions and screens. */
  readonly picks?: (session: Session) => readonly PickItem[];
}
