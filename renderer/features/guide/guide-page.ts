/** A piece of a sentence. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly inlines: readonly Inline[] }
  /** `to`: `#` and the id of a page or of a section, or an address outside. */
  | { readonly kind: 'link'; readonly to: string; readonly inlines: readonly Inline[] };

/** A piece of a page. */
export type Block =
  | { readonly kind: 'heading'; readonly id: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  /** `src`: where the picture lies. */
  | { readonly kind: 'image'; readonly src: string; readonly alt: string };

/** A page of the user guide. */
export interface GuidePage {
  /** From its title, for addresses. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Screens that it is about, and the section of each; undefined: the whole page. */
  readonly screens: readonly { readonly screen: string; readonly section?: string }[];
}
