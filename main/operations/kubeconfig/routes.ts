import type { CallName } from '../../../preload/contract/index.ts';
import { cancelled, chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Kubeconfigs } from './kubeconfigs.ts';

type KubeconfigCall = Extract<CallName, `kubeconfig.${string}`>;

/** Calls that look at and change kubeconfig files. */
export function kubeconfigRoutes(kubeconfigs: Kubeconfigs, desktop: Desktop): Pick<CallHandlers, KubeconfigCall> {
  return {
    'kubeconfig.reload': () => kubeconfigs.reload(),
    'kubeconfig.fetch': ({ contexts }, { signal }) => kubeconfigs.fetch(contexts, signal),
    'kubeconfig.fromDrop': ({ token }) => kubeconfigs.openFiles(desktop.droppedPaths(token)),
    'kubeconfig.fromClipboard': async () => kubeconfigs.openText(await desktop.clipboardText()),
    'kubeconfig.fromDialog': async (_input, { windowId }) =>
      kubeconfigs.openFiles(await chosenFiles(desktop, windowId, 'Merge a kubeconfig')),
    'kubeconfig.preview': (wish) => kubeconfigs.preview(wish),
    'kubeconfig.previewRefresh': ({ token }) => kubeconfigs.previewRefresh(token),
    'kubeconfig.previewRemoval': (wish) => kubeconfigs.previewRemoval(wish),
    'kubeconfig.previewRename': (wish) => kubeconfigs.previewRename(wish),
    'kubeconfig.previewCurrent': (wish) => kubeconfigs.previewCurrent(wish),
    'kubeconfig.previewLines': ({ token, file, from }) => Promise.resolve(kubeconfigs.previewLines(token, file, from)),
    'kubeconfig.history': ({ file }) => kubeconfigs.history(file),
    'kubeconfig.forget': ({ file }, { signal }) => kubeconfigs.forget(file, signal),
    'kubeconfig.removeLock': ({ file }, { signal }) => kubeconfigs.removeLock(file, signal),
    'kubeconfig.choose': async ({ kind }, { windowId }) => {
      const path = await desktop.chooseKubeconfig(windowId, kind);
      if (path === undefined) throw cancelled();
      return kubeconfigs.choose(path);
    },
    'kubeconfig.probe': (wish, { signal }) => kubeconfigs.probe(wish, signal),
  };
}

/** What the kubeconfigs look like now. */
export function kubeconfigTopics(kubeconfigs: Kubeconfigs): Pick<TopicHandlers, 'kubeconfig.state'> {
  return { 'kubeconfig.state': () => kubeconfigs.state };
}
