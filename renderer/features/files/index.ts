import type { TalosctlRun } from '../../../preload/contract/index.ts';
import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
import { listedNodes, nodesToAsk } from '../../state/start-run.ts';
import type { Feature } from '../feature.ts';
import FilesScreen from './FilesScreen.svelte';
import { above, partOf, typedPath } from './paths.ts';

/** Nodes the palette lists. */
const MOST_PICKED = 300;

/** What `talosctl list`, `read` and `copy` are about, to be looked at. */
const COMMANDS: readonly string[] = ['list', 'read', 'copy'];

/** Folders and files of one node. */
export const files: Feature = {
  id: 'files',
  order: 38,
  screen: { title: 'Files', icon: 'folder', component: FilesScreen, needsContext: true },
  offers: [
    {
      id: 'node.files',
      kind: 'node',
      title: 'Browse its files',
      applies: ({ screen }) => screen.id !== 'files',
      run: ({ screen }, id) => screen.show('files', id),
    },
    {
      id: 'talosctl-line.files',
      kind: 'talosctl-line',
      title: 'Open in Files',
      applies: (session, id) => placeOfLine(session, id) !== undefined,
      run: (session, id) => session.screen.show('files', placeOfLine(session, id)),
    },
  ],
  picks: (session) =>
    listedNodes(session)
      .slice(0, MOST_PICKED)
      .map((node) => ({
        id: `files:${node.target}`,
        label: `Files of ${nodeName(node)}`,
        detail: node.target,
        group: 'Files',
        words: 'browse list read cat copy folder ls',
        pick: () => session.screen.show('files', node.target),
      })),
};

/** Where a pasted line leads to: on its one node, or on the one a run would ask. */
function placeOfLine(session: Session, id: string): string | undefined {
  const { command, params, nodes } = JSON.parse(id) as TalosctlRun;
  const [node, ...others] = nodes.length > 0 ? nodes : nodesToAsk(session).map(({ target }) => target);
  if (!COMMANDS.includes(command) || node === undefined || others.length > 0) return undefined;
  // Everything below a folder is a long list, which is a run.
  if (params['recurse'] === true || Number(params['depth'] ?? 1) > 1 || Boolean(params['types'])) return undefined;
  const path = params['path'];
  const wanted = typeof path === 'string' && path !== '' ? typedPath(path) : '/';
  return partOf({ node, path: wanted.length > 1 && wanted.endsWith('/') ? above(`${wanted}x`) : wanted });
}
