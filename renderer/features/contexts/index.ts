import type { ContextSummary } from '../../../preload/contract/index.ts';
import { contextName } from '../../lib/context-names.ts';
import { copyText } from '../../lib/copy-text.ts';
import type { Session } from '../../state/context.ts';
import { openWindow } from '../../state/places/open-window.ts';
import { tellWhyNot } from '../../state/tell.ts';
import { workOn } from '../../state/work-on.ts';
import type { Feature } from '../feature.ts';
import ContextInspector from './ContextInspector.svelte';
import ContextsScreen from './ContextsScreen.svelte';
import OldMarks from './OldMarks.svelte';

/** Talosconfig files and the contexts in them. */
export const contexts: Feature = {
  id: 'contexts',
  order: 70,
  screen: {
    title: 'Contexts',
    words: 'clusters talosconfig add by hand new rename remove delete switch production least power role proxy',
    icon: 'contexts',
    component: ContextsScreen,
    needsContext: false,
  },
  inspectors: [{ kind: 'context', word: 'Context', title: contextTitleOf, component: ContextInspector }],
  hosts: [{ place: 'window', component: OldMarks }],
  actions: [
    {
      id: 'contexts.renew',
      title: ({ current }) => `Renew the certificate of ${current.name ?? ''}…`,
      detail: 'in its details',
      words: 'certificate expiry renewal',
      isListed: ({ current }) => current.context?.certificate !== undefined,
      run: ({ view, current }) => current.id !== undefined && view.inspect('context', current.id),
    },
    {
      id: 'contexts.reload',
      title: 'Read the talosconfig again',
      run: (session) => void tellWhyNot(session, session.client.call('config.reload', {})),
    },
  ],
  offers: [
    {
      id: 'context.inspect',
      kind: 'context',
      title: 'Show details',
      run: ({ view }, id) => view.inspect('context', id),
    },
    {
      id: 'context.use',
      kind: 'context',
      title: 'Work on this context',
      applies: ({ current }, id) => current.id !== id,
      run: (session, id) => void workOn(session, id),
    },
    {
      id: 'context.window',
      kind: 'context',
      title: 'Open in a new window',
      run: (session, id) => void openWindow(session, { context: id }),
    },
    {
      id: 'context.copy',
      kind: 'context',
      title: 'Copy its name',
      run: (session, id) => void copyText(contextOf(session, id)?.name ?? ''),
    },
  ],
};

function contextOf({ topics }: Session, id: string): ContextSummary | undefined {
  return topics.config.current?.contexts.find((each) => each.id === id);
}

function contextTitleOf(session: Session, id: string): string {
  const context = contextOf(session, id);
  return context ? contextName(context) : id;
}
