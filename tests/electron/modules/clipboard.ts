import type { Clipboard } from 'electron';

let content = '';

/** A clipboard of this process alone; the desktop's is left alone. */
export const clipboard = {
  readText: () => Promise.resolve(content),
  writeText: (text) => {
    content = text;
    return Promise.resolve();
  },
  has: (mimetype) => Promise.resolve(mimetype === 'text/plain' && content !== ''),
  clear: () => {
    content = '';
  },
} satisfies Partial<Clipboard>;
