import { basename } from 'node:path';
import type {
  CallInput,
  ConfirmQuestion,
  KubeconfigChoice,
  KubeconfigFilePreview,
} from '../../../preload/contract/index.ts';
import type { ChangedKubeconfig, MergeStep } from '../../kubeconfig/preview.ts';
import { withServer } from '../../kubeconfig/with-server.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import { DiffPages, PageBudget } from './diff-pages.ts';
import { earlierThan, namesElsewhere, readTogether, shadowNotes, usedElsewhere } from './elsewhere.ts';
import type { HeldKubeconfig } from './fetched.ts';
import { fileOf, type KnownFiles, type KnownKubeconfig } from './kubeconfig-files.ts';
import { askedAbout, carriedNotes, type HandedOver } from './opened.ts';
import { mergeQuestion } from './questions.ts';
import { isRead } from './read-kubeconfig.ts';
import { shownFile } from './state.ts';
import type { KubeconfigTexts } from './texts.ts';
import type { KubeconfigWrite } from './writer.ts';

/** A preview of one file: what is shown, and what would be written; nothing when it does not change. */
export interface FilePreview {
  readonly shown: KubeconfigFilePreview;
  readonly pages: DiffPages;
  readonly write: KubeconfigWrite | undefined;
  /** What the user is asked before it is written. */
  readonly question?: ConfirmQuestion;
}

export type MergeWish = CallInput<'kubeconfig.preview'>;

/** What merging would do to one file. Throws Failed: `file-invalid`, `file-access`, `invalid` (a server that is not offered). */
export async function previewMerge(
  known: KnownFiles,
  held: readonly HeldKubeconfig[],
  wish: MergeWish,
  texts: KubeconfigTexts,
): Promise<FilePreview> {
  const file = writable(fileOf(known, wish.file));
  const steps = held.map((one) => mergeStep(one, wish, known, file));
  const changed = await texts.mergeKubeconfig(file.text, steps, file.path);
  const names = held.map(({ talos }) => talos.name).join(', ');
  const isRenewal = changed.changes.every(({ action }) => action === 'kept' || action === 'refreshed');
  const what = isRenewal ? `Renewed ${changed.contextNames.join(', ')}` : `Merged the kubeconfig of ${names}`;
  return previewOf(known, file, changed, what);
}

/** What merging kubeconfigs that the user handed over would do to one file. Throws like {@link previewMerge}. */
export async function previewOpened(
  known: KnownFiles,
  opened: readonly HandedOver[],
  wish: MergeWish,
  { texts, named }: { readonly texts: KubeconfigTexts; readonly named: ReadonlySet<string> },
): Promise<FilePreview> {
  const file = writable(fileOf(known, wish.file));
  const { choice, contextName, setCurrent } = wish;
  const elsewhere = namesElsewhere(known, file);
  const { certificateFiles } = file;
  const options = {
    choice,
    setCurrent,
    elsewhere,
    certificateFiles,
    ...(contextName !== undefined && { contextName }),
  };
  const steps = opened.map(({ text, from, isFromUsersFile }): MergeStep => ({
    incoming: text.reveal(),
    ...(isFromUsersFile && { from }),
    rules: { kind: 'minos', options },
  }));
  const changed = await texts.mergeKubeconfig(file.text, steps, file.path);
  const notes = [...opened.flatMap(carriedNotes), ...changed.notes];
  const names = opened.map(({ from }) => (from === 'clipboard' ? 'the clipboard' : basename(from))).join(', ');
  const preview = previewOf(known, file, { ...changed, notes }, `Merged a kubeconfig from ${names}`);
  const items = askedAbout(opened, named);
  const [first] = opened;
  return items.length === 0 || !first ? preview : { ...preview, question: mergeQuestion(first.from, items) };
}

/** What giving a context another name would do, in all files that kubectl reads together, as `kubectl config rename-context`. */
export async function previewRename(
  known: KnownFiles,
  { file: id, name, to }: { readonly file: string; readonly name: string; readonly to: string },
  texts: KubeconfigTexts,
): Promise<readonly FilePreview[]> {
  const file = writable(fileOf(known, id));
  const taken = namesElsewhere(known, file).contexts.get(to);
  if (taken !== undefined)
    throw new Failed({
      code: 'invalid',
      message: `There is a context ${to} in ${taken} already.`,
      hint: 'Choose another name.',
    });
  const holder = holderOfCurrent(known, file);
  // Another file's context of the same name is what kubectl uses, and stays current.
  const isShadowed = earlierThan(known, file).some((one) => hasContext(one, name));
  const isCurrent = !isShadowed && isRead(holder.content) && holder.content.currentContext === name;
  const what = `Renamed the context ${name} to ${to}`;
  const previews: FilePreview[] = [];
  const budget = new PageBudget();
  for (const one of isCurrent && holder !== file ? [file, writable(holder)] : [file]) {
    const wish = {
      ...(one === file && { rename: { name, to } }),
      ...(isCurrent && one === holder && { current: to }),
    };
    const changed = await texts.renameInKubeconfig(one.text, wish, one.path);
    previews.push(previewOf(known, one, changed, what, budget));
  }
  return previews;
}

/** What making a context kubectl's current one would do, as `kubectl config use-context`. */
export async function previewCurrent(
  known: KnownFiles,
  { file: id, name }: { readonly file: string; readonly name: string },
  texts: KubeconfigTexts,
): Promise<FilePreview> {
  const of = fileOf(known, id);
  if (!hasContext(of, name)) throw new Failed({ code: 'not-found', message: `There is no context ${name} any more.` });
  const file = writable(holderOfCurrent(known, of));
  const changed = await texts.renameInKubeconfig(file.text, { current: name }, file.path);
  return previewOf(known, file, changed, `Made ${name} kubectl's current context`);
}

const hasContext = ({ content }: KnownKubeconfig, name: string): boolean =>
  isRead(content) && content.names.contexts.includes(name);

/** Where the current context is written: the file that says it for kubectl, else the first that exists, as kubectl does. */
function holderOfCurrent(known: KnownFiles, file: KnownKubeconfig): KnownKubeconfig {
  const together = readTogether(known, file);
  return (
    together.find(({ content }) => isRead(content) && content.currentContext !== '') ??
    together.find(({ exists }) => exists) ??
    file
  );
}

function mergeStep(held: HeldKubeconfig, wish: MergeWish, known: KnownFiles, file: KnownKubeconfig): MergeStep {
  const { choice, contextName, setCurrent, server } = wish;
  const text = held.text.reveal();
  const incoming = server === undefined ? text : withServer(text, offered(held, server));
  const named = contextName === undefined ? {} : { contextName };
  if (wish.asTalosctl) {
    return {
      incoming,
      rules: { kind: 'talosctl', onTaken: choice === 'overwrite' ? 'overwrite' : 'rename', ...named },
    };
  }
  return { incoming, rules: { kind: 'minos', options: mergeOptions(held, choice, setCurrent, known, file, named) } };
}

function mergeOptions(
  { alternatives, kube }: HeldKubeconfig,
  choice: KubeconfigChoice,
  setCurrent: boolean,
  known: KnownFiles,
  file: KnownKubeconfig,
  named: { readonly contextName?: string },
) {
  const otherServers = [...alternatives, kube.server];
  const { certificateFiles } = file;
  return { choice, setCurrent, otherServers, elsewhere: namesElsewhere(known, file), certificateFiles, ...named };
}

function offered({ alternatives, kube }: HeldKubeconfig, server: string): string {
  if (server === kube.server || alternatives.includes(server)) return server;
  throw new Failed({ code: 'invalid', message: `${server} is not known to be an address of this cluster.` });
}

/** What renewing certificates would do to every file they stand in. Adds nothing. */
export async function previewRefresh(
  known: KnownFiles,
  held: readonly HeldKubeconfig[],
  texts: KubeconfigTexts,
): Promise<readonly FilePreview[]> {
  const previews: FilePreview[] = [];
  const budget = new PageBudget();
  for (const file of known.files) {
    if (!file.exists || !isRead(file.content)) continue;
    const steps: MergeStep[] = [];
    for (const one of held) {
      const options = mergeOptions(one, 'refresh', false, known, file, {});
      const step: MergeStep = { incoming: one.text.reveal(), rules: { kind: 'minos', options } };
      const { changes } = await texts.mergeKubeconfig(file.text, [step], file.path);
      if (changes.every(({ action }) => action === 'kept' || action === 'refreshed')) steps.push(step);
    }
    if (steps.length === 0) continue;
    const changed = await texts.mergeKubeconfig(file.text, steps, file.path);
    const what = `Renewed ${changed.contextNames.join(', ')}`;
    const target = changed.text === file.text.reveal() ? file : writable(file);
    previews.push(previewOf(known, target, changed, what, budget));
  }
  return previews;
}

/** What removing contexts would do to each of their files. */
export async function previewRemoval(
  known: KnownFiles,
  entries: readonly { readonly file: string; readonly name: string }[],
  texts: KubeconfigTexts,
): Promise<readonly FilePreview[]> {
  const previews: FilePreview[] = [];
  const budget = new PageBudget();
  for (const id of new Set(entries.map(({ file }) => file))) {
    const file = writable(fileOf(known, id));
    const names = entries.filter((one) => one.file === id).map(({ name }) => name);
    const used = usedElsewhere(known, file);
    const changed = await texts.removeFromKubeconfig(file.text, names, used, file.path);
    previews.push(previewOf(known, file, changed, `Removed ${names.join(', ')}`, budget));
  }
  return previews;
}

/** The file, when it can be read and written. */
function writable(file: KnownKubeconfig): KnownKubeconfig {
  if (!isRead(file.content)) throw new Failed(file.content);
  if (file.isWritable) return file;
  throw new Failed({
    code: 'file-access',
    message: `${file.path} cannot be written.`,
    hint: 'Check its owner and mode, or merge into another file.',
    where: { file: file.path },
  });
}

function previewOf(
  known: KnownFiles,
  file: KnownKubeconfig,
  changed: ChangedKubeconfig,
  what: string,
  budget = new PageBudget(),
): FilePreview {
  const { changes, contextNames, currentContext, diff } = changed;
  const setsCurrent = currentContext.before !== currentContext.after && currentContext.after !== '';
  const isUnchanged = changed.text === file.text.reveal();
  const pages = new DiffPages(diff);
  const { lines } = pages.page(0, budget);
  return {
    shown: {
      file: shownFile(file, known),
      entries: changes,
      contextNames,
      currentContext,
      notes: [...changed.notes, ...shadowNotes(known, file, changes, setsCurrent)],
      diff: lines,
      diffLength: pages.length,
      addedLeft: pages.addedLeft,
      telling: pages.telling,
      isDiffCut: pages.isCut,
    },
    pages,
    write: isUnchanged
      ? undefined
      : {
          path: file.path,
          what,
          isNew: !file.exists,
          basedOn: file.sha256,
          before: file.text,
          after: new Secret(changed.text),
        },
  };
}
