import { randomUUID } from 'node:crypto';
import { formatNumber } from '../../../preload/contract/format/numbers.ts';
import type {
  CallInput,
  Failure,
  ImportAction,
  ImportPlan,
  ImportPreview,
  ImportRow,
} from '../../../preload/contract/index.ts';
import { ImportBudget } from '../../talosconfig/import-budget.ts';
import {
  findImportSources,
  recogniseAll,
  type FoundSources,
  type ImportSource,
} from '../../talosconfig/import-sources.ts';
import {
  classifyIncoming,
  type ClassifiedContext,
  type ContextFacts,
  type IncomingContext,
} from '../../talosconfig/merge-classify.ts';
import type { RawContext } from '../../talosconfig/raw-context.ts';
import {
  planTalosconfigMerge,
  planTalosctlConfigMerge,
  type ContextChoice,
  type MergePlan,
} from '../../talosconfig/merge-plan.ts';
import { contentHash, type ContextContent } from '../../talosconfig/talosconfig-edit.ts';
import type { IdentityReader } from '../../credentials/identity-reader.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { roughSize } from '../../lib/rough-size.ts';
import type { FilePlan } from '../plans/plan.ts';
import type { Plans } from '../plans/plans.ts';
import type { Shelf } from '../plans/tokens.ts';
import { comparedContext, contextFacts } from './context-facts.ts';
import { readContexts, type ReadContext } from './context-reading.ts';
import type { FileChanges, FileVersion } from './file-changes.ts';
import type { OpenFile } from './open-file.ts';
import { ofPaste } from './paste-words.ts';
import { talosctlNote, talosctlNotes, type MergedFile } from './talosctl-notes.ts';

export interface ImportsOptions {
  /** The file that imports go to. */
  readonly target: () => OpenFile;
  readonly changes: FileChanges;
  readonly plans: Plans;
  readonly texts: TextWorkers;
  readonly identities: IdentityReader;
  readonly clock: Clock;
}

/** How an import shall be done. */
type ImportWish = CallInput<'import.plan'>;

/** One incoming context, with what it holds. */
interface Incoming {
  readonly id: string;
  readonly from: string;
  readonly read: ReadContext;
  readonly content: ContextContent | undefined;
  readonly isCurrent: boolean;
}

/** What an import is compared with. */
interface PresentContexts {
  readonly byName: ReadonlyMap<string, ReadContext>;
  readonly facts: readonly ContextFacts[];
}

/** What was looked at, and whether the user handed over the files it comes from. */
interface Looked {
  readonly incoming: readonly Incoming[];
  readonly files: readonly MergedFile[];
  readonly isFromUsersFile: boolean;
  /** Characters of those files. */
  readonly length: number;
}

interface Planned {
  readonly plan: MergePlan;
  readonly change: FilePlan;
  readonly text: string;
  readonly before: string;
  readonly current: string;
  readonly notes: readonly string[];
  /** Characters of the files behind it. */
  readonly length: number;
}

/** A preview is one message to the page, of at most 1 MiB: some six hundred contexts. */
const MAX_PREVIEW_SIZE = 640 * 1024;
/** Most failures of one import that are listed. */
const MAX_FAILURES = 100;
/** Most sentences about talosctl that are listed. */
const MAX_NOTES = 20;

/**
 * Imports of talosconfigs: what was dropped, pasted or chosen is read here, compared by content and offered with a default
 * per class. Nothing is written before the plan that was made here is applied (plans/plans.ts). The contents stay in main;
 * the page holds tokens.
 */
export class Imports {
  readonly #options: ImportsOptions;
  readonly #looked: Shelf<Looked>;
  #hashed: { readonly sha256: string; readonly hashes: ReadonlyMap<string, string> } | undefined;

  constructor(options: ImportsOptions) {
    this.#options = options;
    this.#looked = options.plans.tokens.shelf({ what: 'This import', hint: 'Drop the files again.' });
  }

  /** Looks at files and folders that the user handed over. */
  async fromPaths(paths: readonly string[]): Promise<ImportPreview> {
    const { recognise } = this.#options.texts;
    const { clock } = this.#options;
    const budget = new ImportBudget(clock.monotonic);
    const found: FoundSources[] = [];
    for (const path of paths) {
      found.push(await findImportSources(path, { recognise, budget, clock }));
      if (budget.isSpent) break;
    }
    const sources = found.flatMap((one) => one.sources);
    return this.#preview(
      sources,
      found.flatMap((one) => one.failures.map(({ failure }) => failure)),
      true,
    );
  }

  /** Looks at a text, such as the clipboard's, which the page may have written. */
  async fromText(text: string, label: string): Promise<ImportPreview> {
    const { sources, failures } = await recogniseAll(Buffer.from(text), label, this.#options.texts.recognise);
    return this.#preview(
      sources,
      failures.map(({ failure }) => ofPaste(failure, label)),
      false,
    );
  }

  /** Exactly what an import would change; its token applies it. Throws Failed. */
  async plan(wish: ImportWish): Promise<ImportPlan> {
    const { plan, change, length, text, before, current, notes } = await this.#plan(wish);
    return {
      ...this.#options.plans.keep(change, length),
      steps: plan.steps,
      current: plan.current,
      ...(plan.switchTo !== undefined && { switchTo: plan.switchTo }),
      switchesCurrent: plan.current !== current,
      ...(notes.length > 0 && { notes: notes.slice(0, MAX_NOTES) }),
      diff: await this.#options.texts.diff(before, text),
    };
  }

  async #preview(
    sources: readonly ImportSource[],
    failures: readonly Failure[],
    isFromUsersFile: boolean,
  ): Promise<ImportPreview> {
    // Both take long for large files, and neither needs the other.
    const present = this.#present();
    present.catch(() => undefined); // Thrown below.
    const incoming = (await Promise.all(sources.map((source) => this.#incoming(source)))).flat();
    const { classified, existing } = this.#classify(incoming, await present);
    const currentRow = currentOf(incoming);
    const byId = new Map(incoming.map((one) => [one.id, one]));
    const preview: Omit<ImportPreview, 'token'> = {
      into: this.#options.target().path,
      rows: classified.map((one) => rowOf(one, byId.get(one.incoming.id), existing)),
      failures: failures.slice(0, MAX_FAILURES),
      ...(currentRow !== '' && { currentRow }),
    };
    if (roughSize(preview, MAX_PREVIEW_SIZE) > MAX_PREVIEW_SIZE) throw tooMany(incoming.length);
    const length = sources.reduce((sum, { text }) => sum + text.reveal().length, 0);
    const files = sources.map(({ label, wrapped, talosconfig: { contexts, current } }) => {
      return { label, contexts, current, isOneDocument: wrapped.includes('documents') };
    });
    return { token: this.#looked.keep({ incoming, files, isFromUsersFile, length }, length), ...preview };
  }

  async #incoming(source: ImportSource): Promise<readonly Incoming[]> {
    const { contexts, current } = source.talosconfig;
    const { contents } = source;
    const placeOf = ({ name }: RawContext) => ({ id: name, file: source.label, fileContext: current });
    const { identities, clock } = this.#options;
    return (await readContexts(contexts, placeOf, clock.now(), identities)).map((read) => ({
      id: randomUUID(),
      from: source.label,
      read,
      content: contents.get(read.raw.name),
      isCurrent: read.raw.name === current,
    }));
  }

  /** The contexts of the file that imports go to. */
  async #present(): Promise<PresentContexts> {
    const file = this.#options.target();
    // A file that was opened with Minos may be looked at before the talosconfig in use was.
    await file.ready();
    const version = await this.#options.changes.version(file.path);
    const hashes = await this.#contentHashes(version, file.path);
    const byName = new Map(file.reading.contexts.map((read) => [read.raw.name, read]));
    return { byName, facts: [...byName].map(([name, read]) => contextFacts(read, hashes.get(name))) };
  }

  #classify(
    incoming: readonly Incoming[],
    { byName, facts }: PresentContexts,
  ): { readonly classified: readonly ClassifiedContext[]; readonly existing: ReadonlyMap<string, ReadContext> } {
    const coming = incoming.map(({ id, read, content }): IncomingContext => {
      return { id, ...contextFacts(read, content && contentHash(content)) };
    });
    return { classified: classifyIncoming(facts, coming), existing: byName };
  }

  /** Of the file as it is; every decision about an import asks for the same ones. */
  async #contentHashes({ text, sha256 }: FileVersion, path: string): Promise<ReadonlyMap<string, string>> {
    if (this.#hashed?.sha256 !== sha256) {
      this.#hashed = { sha256, hashes: await this.#options.texts.contentHashes(text, path) };
    }
    return this.#hashed.hashes;
  }

  async #plan(wish: ImportWish): Promise<Planned> {
    const { incoming, files, isFromUsersFile, length } = this.#looked.get(wish.token);
    const { changes, target, texts } = this.#options;
    const file = target();
    const { text: before, sha256: basedOn } = await changes.version(file.path);
    const { classified, existing } = this.#classify(incoming, await this.#present());
    // What talosctl does not see comes in by Minos's own merge only.
    const isSeen = ({ read }: Incoming): boolean => !wish.asTalosctl || read.raw.talosctl !== 'drops';
    const usable = incoming.filter((one) => one.content !== undefined && isSeen(one));
    const usableIds = new Set(usable.map(({ id }) => id));
    const input = {
      existing: [...existing.keys()],
      current: file.reading.current,
      incoming: classified.filter(({ incoming: { id } }) => usableIds.has(id)),
      incomingCurrent: wish.asTalosctl ? talosctlCurrent(files, usable) : currentOf(usable),
      contents: new Map(usable.map(({ id, content }) => [id, content as ContextContent])),
    };
    const choices = new Map(
      wish.choices.map(({ id, action, name }): [string, ContextChoice] => [
        id,
        { action, ...(name !== undefined && { name }) },
      ]),
    );
    const plan = wish.asTalosctl
      ? planTalosctlConfigMerge(input)
      : planTalosconfigMerge(input, choices, { switchCurrent: wish.switchCurrent });
    const text = await texts.edit(before, plan.edits, file.path);
    const { current } = file.reading;
    const notes = wish.asTalosctl ? talosctlNotes(files) : [];
    const still = (): OpenFile => {
      if (file !== target()) throw otherTarget();
      return file;
    };
    const change = changes.plan({ file: still, edits: plan.edits, what: inWords(plan), basedOn, isFromUsersFile });
    return { plan, change, length, text, before, current, notes };
  }
}

const tooMany = (contexts: number): Failed =>
  new Failed({
    code: 'too-large',
    message: `${formatNumber(contexts)} contexts are too many to be compared at once.`,
    hint: 'Import fewer files at once, or open the file beside the talosconfig in use.',
  });

/** The row that is current where it comes from; with several files, the first that says so. */
const currentOf = (incoming: readonly Incoming[]): string => incoming.find(({ isCurrent }) => isCurrent)?.id ?? '';

/**
 * The id that becomes current as with talosctl, which merges one file after the other: the last one that names a context
 * wins, and one that names a context it has not leaves none.
 */
function talosctlCurrent(files: readonly MergedFile[], usable: readonly Incoming[]): string {
  const last = files.findLast(({ current }) => current !== '');
  if (last === undefined) return '';
  return usable.find(({ from, isCurrent }) => isCurrent && from === last.label)?.id ?? 'not defined';
}

function rowOf(
  one: ClassifiedContext,
  source: Incoming | undefined,
  existing: ReadonlyMap<string, ReadContext>,
): ImportRow {
  if (source === undefined) throw new Error('a row without its source');
  const other = one.existing === undefined ? undefined : existing.get(one.existing.name);
  const note = talosctlNote(source.read.raw);
  return {
    id: one.incoming.id,
    from: source.from,
    class: one.class,
    incoming: comparedContext(source.read, one.incoming.broken),
    ...(other && { existing: comparedContext(other, one.existing?.broken) }),
    isNameTaken: one.isNameTaken,
    byDefault: one.byDefault,
    actions: actionsFor(one, source),
    ...(note !== undefined && { talosctl: note }),
  };
}

function actionsFor(one: ClassifiedContext, { content }: Incoming): readonly ImportAction[] {
  if (content === undefined) return ['skip'];
  return one.existing === undefined && !one.isNameTaken
    ? ['keep-both', 'rename', 'skip']
    : ['keep-both', 'overwrite', 'rename', 'skip'];
}

const otherTarget = (): Failed =>
  new Failed({
    code: 'conflict',
    message: 'Minos works on another talosconfig since this was planned.',
    hint: 'Look at the plan again: it is made anew for the file in use now.',
    retry: 'safe',
  });

function inWords({ steps }: MergePlan): string {
  const count = (action: string): number => steps.filter((step) => step.action === action).length;
  const names = steps.filter(({ action }) => action !== 'skip').map(({ name }) => name ?? '');
  const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const parts = [
    ...(count('add') > 0 ? [`${count('add')} added`] : []),
    ...(count('overwrite') > 0 ? [`${count('overwrite')} replaced`] : []),
  ];
  return parts.length === 0 ? 'Imported nothing' : `Imported ${shown} (${parts.join(', ')})`;
}
