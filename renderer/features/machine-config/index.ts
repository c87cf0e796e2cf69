import type { Session } from '../../state/context.ts';
import type { Filling } from '../../state/view.svelte.ts';
import type { Feature } from '../feature.ts';
import { patchPicks } from './library/patch-picks.ts';
import { machineConfigOf } from './machine-config.svelte.ts';
import MachineConfigScreen from './MachineConfigScreen.svelte';

/** What a line of talosctl said for a command; the screen is shown. */
function paramsFor(session: Session, command: string): Filling['params'] {
  const { filling } = session.view;
  session.view.filling = undefined;
  session.screen.show('machine-config');
  return filling?.command === command ? filling.params : {};
}

/** Machine configs: of a node or a file, with their secrets masked; patched and judged as talosctl does. */
export const machineConfig: Feature = {
  id: 'machine-config',
  order: 36,
  screen: {
    title: 'Machine config',
    words: 'config patch diff compare validate yaml',
    icon: 'edit',
    component: MachineConfigScreen,
    needsContext: false,
  },
  actions: [
    {
      id: 'machine-config.patch-file',
      title: 'Patch a machine config in a file…',
      words: 'machineconfig patch mc',
      run: (session) => {
        const patch = paramsFor(session, 'machineconfig-patch')['patch'];
        void machineConfigOf(session).openTo('patch', { ...(typeof patch === 'string' && { patch }) });
      },
    },
    {
      id: 'machine-config.check-file',
      title: 'Check a machine config in a file…',
      words: 'validate',
      run: (session) => {
        const { mode, strict } = paramsFor(session, 'validate');
        const known = (['metal', 'cloud', 'container'] as const).find((one) => one === mode);
        const wish = { ...(known && { mode: known }), isStrict: strict === true };
        void machineConfigOf(session).openTo('check', wish);
      },
    },
    {
      id: 'machine-config.apply',
      title: 'Apply a machine config from a file…',
      words: 'apply-config',
      whyNot: (session) => (session.current.context?.isUsable === true ? undefined : 'It needs a cluster.'),
      run: (session) => {
        const { filling } = session.view;
        session.view.filling = undefined;
        const { nodes = [], params = {} } = filling?.command === 'apply-config' ? filling : {};
        const { id: context } = session.current;
        session.screen.show('machine-config');
        void machineConfigOf(session).openToApply({ nodes, params }, () => session.current.id === context);
      },
    },
    {
      id: 'machine-config.open',
      title: 'Open a machine config from a file…',
      words: 'machineconfig patch validate yaml controlplane worker',
      run: (session) => {
        session.screen.show('machine-config');
        void machineConfigOf(session).openFile();
      },
    },
    {
      id: 'machine-config.compare',
      title: 'Compare machine configs',
      words: 'drift differences nodes groups',
      whyNot: (session) => (session.current.context?.isUsable === true ? undefined : 'It needs a cluster.'),
      run: (session) => {
        session.screen.show('machine-config');
        machineConfigOf(session).tab = 'compare';
      },
    },
  ],
  picks: (session) => patchPicks(session),
  offers: [
    {
      id: 'node.machine-config',
      kind: 'node',
      title: 'Show its machine config',
      run: (session, node) => {
        session.screen.show('machine-config');
        const context = session.current.id;
        if (context !== undefined) void machineConfigOf(session).readNode(context, node);
      },
    },
  ],
};
