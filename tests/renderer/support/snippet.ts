import { createRawSnippet, type Snippet } from 'svelte';

/** A snippet that holds one piece of text. */
export function textSnippet(text: string): Snippet {
  return createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
}
