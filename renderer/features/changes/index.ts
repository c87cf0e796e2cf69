import type { Session } from '../../state/context.ts';
import type { Feature } from '../feature.ts';
import ChangeQuestionHost from './ChangeQuestionHost.svelte';
import HistoryHost from './HistoryHost.svelte';

/** What Minos wrote to the user's files: its history, and taking it back. */
export const changes: Feature = {
  id: 'changes',
  order: 90,
  hosts: [
    { place: 'window', component: ChangeQuestionHost },
    { place: 'window', component: HistoryHost },
  ],
  actions: [
    {
      id: 'changes.history',
      title: 'Show what Minos changed in the talosconfig',
      words: 'history undo',
      run: (session) => (session.changes.history = fileInUse(session)),
    },
    {
      id: 'changes.undo',
      title: (session) => `Undo: ${session.changes.last?.what ?? ''}…`,
      does: 'Take the last change of a file back, after a question',
      chord: 'mod+z',
      isForFirstPage: true,
      isListed: (session) => session.changes.last !== undefined,
      run: (session) => session.changes.askUndo(fileInUse(session)),
    },
    {
      id: 'changes.redo',
      title: (session) => `Redo: ${session.changes.lastUndone?.what ?? ''}…`,
      does: 'Do what was undone again, after a question',
      chord: 'mod+Shift+z',
      isForFirstPage: true,
      isListed: (session) => session.changes.lastUndone !== undefined,
      run: (session) => session.changes.askRedo(),
    },
  ],
  offers: [
    {
      id: 'context.history',
      kind: 'context',
      title: 'Show what Minos changed in its file',
      run: ({ changes: state, topics }, id) => {
        state.history = topics.config.current?.contexts.find((each) => each.id === id)?.file;
      },
    },
  ],
};

const fileInUse = ({ topics }: Session): string | undefined => topics.config.current?.choice.path;
