import type { PickItem } from '../components/overlays/pick.ts';
import type { Session } from '../state/context.ts';

/** A line of talosctl, as it is typed or pasted from a terminal, also behind its prompt. */
const LINE = /^\s*(?:[$#]\s+)?talosctl(?:\.exe)?\s+\S/;

/** What a text typed into the palette means by itself: a line of talosctl is read, and shown before anything runs. */
export function typedItems({ view }: Pick<Session, 'view'>, text: string): readonly PickItem[] {
  if (!LINE.test(text)) return [];
  const line = text.replace(/^\s*[$#]\s+/, '').trim();
  return [
    {
      id: 'talosctl-line',
      label: 'Read this talosctl command line',
      detail: 'shows what it means before anything runs',
      pick: () => (view.pasted = line),
    },
  ];
}
