import type { PickItem } from '../components/overlays/pick.ts';
import { whyNoKubeconfig } from '../lib/rights.ts';
import { contextTitle } from '../lib/context-names.ts';
import { problemLine, rolesOf } from '../lib/words.ts';
import type { Session } from '../state/context.ts';
import { isDemo, leaveDemo, openDemo } from './demo.ts';
import { THEMES } from '../state/preferences.svelte.ts';
import { describeNodes, chooseRun, whyNotRun } from '../state/start-run.ts';
import { workOn } from '../state/work-on.ts';
import type { Router } from './router.svelte.ts';
import { ROUTES } from './routes.ts';

/** Every context of the open files, the broken ones with what is wrong. Choosing one writes nothing. */
export function contextItems(session: Session): readonly PickItem[] {
  const config = session.topics.config.current;
  return (config?.contexts ?? []).map((context) => ({
    id: `context:${context.id}`,
    label: contextTitle(context, config),
    detail: problemLine(context) ?? (rolesOf(context) || context.auth),
    group: 'Contexts',
    words: `context ${context.endpoints.join(' ')}`,
    isCurrent: context.id === config?.selected,
    pick: () => void workOn(session, context.id),
  }));
}

/** Everything the palette offers now. */
export function paletteItems(session: Session, router: Router): readonly PickItem[] {
  return [...runItems(session), ...screenItems(router), ...contextItems(session), ...actionItems(session)];
}

function runItems(session: Session): readonly PickItem[] {
  return (session.commands.current ?? []).map((command) => {
    const why = whyNotRun(session, command);
    return {
      id: `run:${command.id}`,
      label: `Run ${command.title}`,
      detail: `on ${describeNodes(session)}`,
      group: 'Run',
      ...(why === undefined ? {} : { disabledBecause: why }),
      pick: () => chooseRun(session, command),
    };
  });
}

function screenItems(router: Router): readonly PickItem[] {
  return ROUTES.map((route) => ({
    id: `screen:${route.id}`,
    label: route.title,
    detail: 'screen',
    group: 'Screens',
    isCurrent: router.current === route.id,
    pick: () => router.go(route.id),
  }));
}

/** A reason, if there is one, instead of the thing itself. */
const disabled = (why: string | undefined): Pick<PickItem, 'disabledBecause'> =>
  why === undefined ? {} : { disabledBecause: why };

function actionItems(session: Session): readonly PickItem[] {
  const context = session.current.id;
  const group = 'Actions';
  const say = (answer: Promise<{ ok: boolean; failure?: { message: string } }>): void =>
    void answer.then((outcome) => !outcome.ok && session.notices.say(outcome.failure?.message ?? '', 'bad'));
  return [
    {
      id: 'import',
      label: 'Import a talosconfig',
      detail: 'from files',
      chord: 'mod+o',
      group,
      pick: () => void session.imports.choose(),
    },
    {
      id: 'import-clipboard',
      label: 'Import the talosconfig in the clipboard',
      chord: 'mod+v',
      group,
      pick: () => void session.imports.paste(),
    },
    {
      id: 'history',
      label: 'Show what Minos changed in the talosconfig',
      words: 'history undo',
      group,
      pick: () => (session.changes.history = session.topics.config.current?.choice.path),
    },
    ...(session.changes.last === undefined
      ? []
      : [
          {
            id: 'undo',
            label: `Undo: ${session.changes.last.what}…`,
            chord: 'mod+z',
            group,
            pick: () => session.changes.askUndo(undefined),
          },
        ]),
    ...(session.changes.lastUndone === undefined
      ? []
      : [
          {
            id: 'redo',
            label: `Redo: ${session.changes.lastUndone.what}…`,
            chord: 'mod+Shift+z',
            group,
            pick: () => session.changes.askRedo(),
          },
        ]),
    {
      id: 'reload',
      label: 'Read the talosconfig again',
      group,
      pick: () => say(session.client.call('config.reload', {})),
    },
    ...(context === undefined
      ? []
      : [
          {
            id: 'test',
            label: 'Test the endpoints now',
            group,
            pick: () => say(session.client.call('endpoints.test', { context })),
          },
          {
            id: 'refresh',
            label: 'Ask the cluster for its nodes again',
            group,
            pick: () => say(session.client.call('nodes.refresh', { context })),
          },
          {
            id: 'kubeconfig',
            label: `Get the kubeconfig of ${session.current.name ?? ''}`,
            words: 'kubectl merge',
            group,
            ...disabled(session.current.context && whyNoKubeconfig(session.current.context)),
            pick: () => void session.kubeconfig.merge(context),
          },
        ]),
    {
      id: 'paste',
      label: 'Paste a talosctl command line',
      group,
      pick: () => (session.view.isPasteOpen = true),
    },
    isDemo(session)
      ? {
          id: 'leave-demo',
          label: 'Leave the demo',
          detail: 'to your own files',
          group,
          pick: () => void leaveDemo(session),
        }
      : {
          id: 'demo',
          label: 'Open the demo',
          detail: 'a simulated cluster',
          group,
          pick: () => void openDemo(session),
        },
    ...THEMES.map((theme) => ({
      id: `theme:${theme}`,
      label: `Theme: ${theme}`,
      group,
      isCurrent: session.preferences.theme === theme,
      pick: () => (session.preferences.theme = theme),
    })),
    {
      id: 'shortcuts',
      label: 'Keyboard shortcuts',
      chord: '?',
      group,
      pick: () => (session.view.isShortcutsOpen = true),
    },
  ];
}
