const empty = { text: '', html: '' };
let content = { ...empty };

/** A clipboard of this process alone; the desktop's is left alone. */
export const clipboard = {
  readText: (): string => content.text,
  writeText: (text: string): void => {
    content = { ...empty, text };
  },
  readHTML: (): string => content.html,
  writeHTML: (html: string): void => {
    content = { ...empty, html };
  },
  write: (data: { readonly text?: string; readonly html?: string }): void => {
    content = { ...empty, ...data };
  },
  availableFormats: (): string[] => [
    ...(content.text === '' ? [] : ['text/plain']),
    ...(content.html === '' ? [] : ['text/html']),
  ],
  clear: (): void => {
    content = { ...empty };
  },
};
