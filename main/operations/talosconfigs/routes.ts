import type { CallName } from '../../../preload/contract/index.ts';
import { fileStem } from '../../lib/file-stem.ts';
import { cancelled, chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers } from '../handlers.ts';
import type { ProductionMarks } from './production-marks.ts';
import type { TalosconfigEditing } from './talosconfig-editing.ts';
import type { TalosconfigSession } from './talosconfig-session.ts';

/** What the talosconfig calls work on. */
interface TalosconfigParts {
  readonly talosconfig: TalosconfigSession;
  readonly editing: TalosconfigEditing;
  readonly production: ProductionMarks;
}

type TalosconfigCall = Extract<
  CallName,
  'config.reload' | `import.${string}` | `contexts.${string}` | `talosconfigs.${string}` | `history.${string}`
>;

/** Calls that look at and change talosconfig files. */
export function talosconfigRoutes(
  { talosconfig, editing, production }: TalosconfigParts,
  desktop: Desktop,
): Pick<CallHandlers, TalosconfigCall> {
  const { imports, renewals, changes } = editing;
  const chosen = (windowId: number, title: string): Promise<readonly string[]> => chosenFiles(desktop, windowId, title);
  return {
    'config.reload': () => talosconfig.reload(),
    'contexts.select': ({ name }, { windowId }) => {
      talosconfig.windows.select(windowId, name);
    },
    'contexts.setProduction': ({ context, isProduction }) =>
      production.set(talosconfig.context(context).summary, isProduction),
    'import.fromDrop': ({ token }) => imports.fromPaths(desktop.droppedPaths(token)),
    'import.fromClipboard': async () => imports.fromText(await desktop.clipboardText(), 'clipboard'),
    'import.choose': async (_input, { windowId }) => imports.fromPaths(await chosen(windowId, 'Import talosconfig')),
    'import.plan': (wish) => imports.plan(wish),
    'contexts.setCurrent': ({ context }) =>
      editing.edit(context, { kind: 'select' }, (name) => `Made ${name} the current context`),
    'contexts.rename': async ({ context, to }) => {
      const { summary } = talosconfig.context(context);
      const what = (name: string): string => `Renamed the context ${name} to ${to}`;
      const change = await editing.edit(context, { kind: 'rename', to }, what);
      await production.renamed(summary, to);
      return change;
    },
    'contexts.remove': ({ context }) =>
      editing.edit(context, { kind: 'remove', evenIfCurrent: true }, (name) => `Removed the context ${name}`),
    'contexts.setEndpoints': ({ context, endpoints }, { signal }) =>
      editing.edit(context, { kind: 'set-endpoints', endpoints }, (name) => `Changed the endpoints of ${name}`, signal),
    'contexts.setNodes': ({ context, nodes }) =>
      editing.edit(context, { kind: 'set-nodes', nodes }, (name) => `Changed the nodes of ${name}`),
    'contexts.setProxyUrl': ({ context, proxyUrl }, { signal }) =>
      editing.edit(context, { kind: 'set-proxy-url', proxyUrl }, (name) => `Changed the proxy of ${name}`, signal),
    'contexts.setCluster': ({ context, cluster }) =>
      editing.edit(context, { kind: 'set-cluster', cluster }, (name) => `Changed the cluster of ${name}`),
    'contexts.add': async ({ name, endpoints, nodes, withFiles }, { windowId, signal }) => {
      const one = async (title: string): Promise<string> => (await chosen(windowId, title))[0] ?? '';
      const files = withFiles
        ? { ca: await one('CA certificate'), crt: await one('Client certificate'), key: await one('Client key') }
        : undefined;
      return editing.add(name, { endpoints, nodes }, files, signal);
    },
    'contexts.dialPreview': ({ endpoints }) => editing.dialPreview(endpoints),
    'contexts.renew': ({ context }, { signal }) => renewals.renew(context, signal),
    'contexts.issue': ({ context, roles, hours }, { windowId, signal }) => {
      const title = `Save a new talosconfig with ${roles.join(', ')} for ${hours} h`;
      const choosePath = async (): Promise<string> => {
        const suggestedName = `${fileStem(talosconfig.context(context).summary.name, 'issued')}.talosconfig`;
        const path = await desktop.chooseSavePath(windowId, { suggestedName, extension: 'talosconfig', title });
        if (path === undefined) throw cancelled();
        return path;
      };
      return editing.issue(context, { roles, hours }, choosePath, signal);
    },
    'talosconfigs.open': async (_input, { windowId }) => editing.openBeside(await chosen(windowId, 'Open talosconfig')),
    'talosconfigs.close': ({ file }) => editing.closeBeside(file),
    'talosconfigs.makePrivate': ({ file }) => editing.makePrivate(file),
    'history.list': ({ file }) => changes.list(talosconfig.file(file)),
    'history.forget': ({ file }, { signal }) => changes.forget(talosconfig.file(file), signal),
  };
}
