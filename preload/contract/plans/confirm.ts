/**
 * What Minos asks in a window of its own, which the page can neither see nor reach. It has its own bridge
 * (preload/confirm.ts) and is no part of the tables of calls, topics and streams.
 */

/** A question, made by main alone. Every text is drawn as text; names come from files and may hold anything. */
export interface ConfirmQuestion {
  /** `Forget 12 kept versions?` */
  readonly title: string;
  /** What, where, what it means: a sentence each. */
  readonly facts: readonly string[];
  /** What the deed concerns, by name. All of it is shown. */
  readonly names?: { readonly label: string; readonly items: readonly string[] };
  /** On the button: `Forget 12 versions`, never `OK`. */
  readonly deed: string;
  /** It destroys something. */
  readonly isDestructive: boolean;
  /** Must be typed before the button can be used. */
  readonly typed?: string;
}

/** What the user did. A window that was closed in another way says nothing. */
export interface ConfirmAnswer {
  readonly isConfirmed: boolean;
  /** What was typed; main compares it again. */
  readonly typed: string;
}

/** What `window.minosConfirm` is. */
export interface ConfirmBridge {
  question(): Promise<ConfirmQuestion>;
  answer(answer: ConfirmAnswer): void;
}
