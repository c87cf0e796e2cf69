import type {
  KubeconfigFile,
  KubeconfigPreview,
  KubeContextSummary,
  KubeEntryChange,
  KubeSignIn,
} from '../../../preload/contract/index.ts';
import { plural } from '../../lib/format.ts';
import type { KubeconfigTask } from '../../state/kubeconfig-flow.svelte.ts';

/** What happens to an entry, as a sign and a word. */
export const ACTION: Readonly<
  Record<KubeEntryChange['action'], { readonly sign: string; readonly word: string; readonly tone: string }>
> = {
  added: { sign: '+', word: 'Added', tone: 'ok' },
  refreshed: { sign: '↻', word: 'Renewed', tone: 'ok' },
  renamed: { sign: '↦', word: 'Renamed', tone: 'ok' },
  replaced: { sign: '▲', word: 'Replaced', tone: 'warn' },
  kept: { sign: '=', word: 'Kept', tone: 'muted' },
  removed: { sign: '−', word: 'Removed', tone: 'bad' },
};

export const SECTION_WORD: Readonly<Record<KubeEntryChange['section'], string>> = {
  clusters: 'cluster',
  users: 'user',
  contexts: 'context',
};

/** Why an entry has another name than its cluster gave it. */
export function renameWords({ action, incomingName }: KubeEntryChange): string | undefined {
  if (incomingName === undefined) return undefined;
  if (action === 'renamed') return `was ${incomingName}`;
  return action === 'added' ? `instead of ${incomingName}` : `${incomingName} on the cluster`;
}

export const SIGN_IN_WORD: Readonly<Record<KubeSignIn, string>> = {
  certificate: 'certificate',
  token: 'token',
  exec: 'a program',
  'auth-provider': 'auth provider',
  basic: 'user name and password',
  none: 'nothing',
  missing: 'user is missing',
};

/** Why Minos knows a file. */
export function originWords(file: KubeconfigFile, isOneOfSeveral: boolean): string {
  switch (file.origin) {
    case 'env':
      return isOneOfSeveral ? 'in KUBECONFIG' : 'named by KUBECONFIG';
    case 'default':
      return 'the default, as KUBECONFIG is not set';
    case 'demo':
      return "the demo's own; your files are not touched";
    case 'chosen':
      return 'chosen; kubectl does not read it by itself';
  }
}

/** What a file holds, in a few words. */
export function contentWords(file: KubeconfigFile): string {
  if (file.failure) return 'cannot be read';
  return file.exists ? plural(file.contextCount, 'context') : 'does not exist yet';
}

export function titleOf(task: KubeconfigTask, nameOf: (context: string) => string): string {
  switch (task.kind) {
    case 'merge':
      return `Kubeconfig of ${nameOf(task.context)}`;
    case 'refresh':
      return 'Renew certificates';
    case 'open':
      return 'Merge a kubeconfig';
    case 'use':
      return `Make ${task.entry.name} current`;
    case 'rename':
      return `Rename ${task.entry.name}`;
    case 'remove':
      return task.entries.length === 1
        ? `Remove ${task.entries[0]?.name ?? ''}`
        : `Remove ${task.entries.length} contexts`;
  }
}

/** The button that lets clusters issue certificates. */
export function askWords(task: KubeconfigTask, nameOf: (context: string) => string): string {
  if (task.kind === 'merge') return `Ask ${nameOf(task.context)} for a kubeconfig`;
  const contexts = task.kind === 'refresh' ? task.contexts : [];
  const [first = ''] = contexts;
  return contexts.length === 1 ? `Ask ${nameOf(first)} for a certificate` : `Ask ${contexts.length} clusters`;
}

/** The primary button: names the deed. */
export function deedWords(task: KubeconfigTask, preview: KubeconfigPreview | undefined): string {
  if (preview?.isUnchanged) return 'Nothing to change';
  const entries = preview?.files.flatMap((file) => file.entries) ?? [];
  const count = (section: KubeEntryChange['section'], action: KubeEntryChange['action']): number =>
    entries.filter((one) => one.section === section && one.action === action).length;
  if (task.kind === 'remove') return `Remove ${plural(count('contexts', 'removed'), 'context')}`;
  if (task.kind === 'refresh') return `Renew ${plural(count('users', 'refreshed'), 'certificate')}`;
  if (task.kind === 'use') return 'Make it current';
  if (task.kind === 'rename') return 'Rename it';
  const added = count('contexts', 'added');
  if (added === 0 && count('users', 'refreshed') > 0) return 'Renew the certificate';
  return preview?.files[0]?.file.exists === false ? 'Create the file' : 'Merge';
}

/** A key for one context of one file. */
export const keyOf = ({ file, name }: Pick<KubeContextSummary, 'file' | 'name'>): string => `${file} ${name}`;
