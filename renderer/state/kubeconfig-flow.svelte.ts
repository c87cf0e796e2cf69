import type {
  CallInput,
  Failure,
  FetchedKubeconfigs,
  KubeconfigFile,
  KubeconfigFilePreview,
  KubeconfigPreview,
  KubeconfigState,
  KubeconfigLines,
  KubeReachability,
  OpenedKubeconfigs,
  Outcome,
} from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Changes } from './changes.svelte.ts';
import type { Live } from './live.ts';

/** One entry of a kubeconfig file, as calls name it. */
export interface KubeEntry {
  readonly file: string;
  readonly name: string;
}

/** What the sheet is about. */
export type KubeconfigTask =
  | { readonly kind: 'merge'; readonly context: string }
  | { readonly kind: 'refresh'; readonly contexts: readonly string[] }
  | { readonly kind: 'remove'; readonly entries: readonly KubeEntry[] }
  /** Kubeconfigs that the user dropped, pasted or chose. */
  | { readonly kind: 'open'; readonly open: () => Promise<Outcome<OpenedKubeconfigs>> }
  | { readonly kind: 'use'; readonly entry: KubeEntry }
  | { readonly kind: 'rename'; readonly entry: KubeEntry };

/** How a merge is done; everything but the token. */
export type MergeWish = Omit<CallInput<'kubeconfig.preview'>, 'token'>;

/** True for what clusters issue certificates for. */
const issues = ({ kind }: KubeconfigTask): boolean => kind === 'merge' || kind === 'refresh';

const FIRST_WISH: MergeWish = { choice: 'refresh', setCurrent: false, asTalosctl: false };

/**
 * One kubeconfig task from the click to the written file: fetch, preview, decide, write. Every decision asks for a new
 * preview of the same fetched kubeconfig; the newest one counts. Nothing is written before {@link apply}.
 */
export class KubeconfigFlow {
  #task = $state.raw<KubeconfigTask | undefined>(undefined);
  #wish = $state.raw<MergeWish>(FIRST_WISH);
  #fetched = $state.raw<FetchedKubeconfigs | undefined>(undefined);
  #opened = $state.raw<OpenedKubeconfigs | undefined>(undefined);
  #preview = $state.raw<KubeconfigPreview | undefined>(undefined);
  #reach = $state.raw<KubeReachability | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  /** By file: lines of the preview that came after the first ones. */
  #further = $state.raw<ReadonlyMap<string, KubeconfigLines>>(new Map());
  #work = $state<'fetching' | 'previewing' | 'writing' | undefined>(undefined);
  #isStarted = $state(false);
  #newName = $state('');
  #stop = new AbortController();
  #number = 0;
  readonly #client: Client;
  readonly #changes: Changes;
  readonly #state: Live<KubeconfigState>;

  constructor(client: Client, changes: Changes, state: Live<KubeconfigState>) {
    this.#client = client;
    this.#changes = changes;
    this.#state = state;
  }

  /** Undefined while nothing is open. */
  get task(): KubeconfigTask | undefined {
    return this.#task;
  }

  get wish(): MergeWish {
    return this.#wish;
  }

  get fetched(): FetchedKubeconfigs | undefined {
    return this.#fetched;
  }

  /** What the user handed over; undefined for other tasks. */
  get opened(): OpenedKubeconfigs | undefined {
    return this.#opened;
  }

  /** Of the context that is renamed; '' until the user wrote one. */
  get newName(): string {
    return this.#newName;
  }

  /** Of the decision before while main works on the next one. */
  get preview(): KubeconfigPreview | undefined {
    return this.#preview;
  }

  /** Whether the API server answers from here; undefined until that is known. */
  get reach(): KubeReachability | undefined {
    return this.#reach;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get work(): 'fetching' | 'previewing' | 'writing' | undefined {
    return this.#work;
  }

  /** What is open waits for the user: clusters would issue certificates, which nobody can call back. */
  get isToAsk(): boolean {
    return this.#task !== undefined && issues(this.#task) && !this.#isStarted;
  }

  /** The preview shown is what would be written. */
  get isReady(): boolean {
    return this.#preview !== undefined && this.#failure === undefined && this.#work === undefined;
  }

  /** Everything that would be added was shown; main writes nothing else. */
  get isShown(): boolean {
    return (this.#preview?.files ?? []).every((file) => !file.isDiffCut && this.shownOf(file).addedLeft === 0);
  }

  /** The lines of a file's difference that are here, and how many added ones are not. */
  shownOf({ file, diff, addedLeft }: KubeconfigFilePreview): KubeconfigLines {
    const further = this.#further.get(file.id);
    return further ? { lines: [...diff, ...further.lines], addedLeft: further.addedLeft } : { lines: diff, addedLeft };
  }

  /** Gets the next lines of a file's difference. */
  async showMore(preview: KubeconfigFilePreview): Promise<void> {
    const { token } = this.#preview ?? {};
    if (token === undefined || this.#work !== undefined) return;
    const { id } = preview.file;
    const number = ++this.#number;
    this.#work = 'previewing';
    const from = this.shownOf(preview).lines.length;
    const outcome = await this.#client.call('kubeconfig.previewLines', { token, file: id, from });
    if (number !== this.#number) return;
    this.#work = undefined;
    if (!outcome.ok) {
      this.#failure = outcome.failure;
      return;
    }
    const { lines, addedLeft } = outcome.value;
    const before = this.#further.get(id)?.lines ?? [];
    this.#further = new Map(this.#further).set(id, { lines: [...before, ...lines], addedLeft });
  }

  /** The kubeconfig of this context; fetched when the user said so with {@link start}. */
  merge(context: string): Promise<void> {
    return this.#open({ kind: 'merge', context });
  }

  /** Renews the certificates that were fetched from these contexts, wherever they stand; after {@link start}. */
  refresh(contexts: readonly string[]): Promise<void> {
    return this.#open({ kind: 'refresh', contexts });
  }

  remove(entries: readonly KubeEntry[]): Promise<void> {
    return this.#open({ kind: 'remove', entries });
  }

  /** Merges what the user dropped, pasted or chose; nothing is shown where they chose nothing. */
  open(open: () => Promise<Outcome<OpenedKubeconfigs>>): Promise<void> {
    return this.#open({ kind: 'open', open });
  }

  /** Makes a context kubectl's current one. */
  use(entry: KubeEntry): Promise<void> {
    return this.#open({ kind: 'use', entry });
  }

  /** Gives a context another name, which is asked for first. */
  rename(entry: KubeEntry): Promise<void> {
    return this.#open({ kind: 'rename', entry });
  }

  /** The new name of the context that {@link rename} is about. */
  async nameIt(to: string): Promise<void> {
    if (this.#task?.kind !== 'rename') return;
    this.#newName = to.trim();
    this.#preview = undefined;
    this.#failure = undefined;
    await this.look();
  }

  /** Lets the clusters issue what the open task is about, and shows what it would change. */
  start(): Promise<void> {
    return this.#task && this.isToAsk ? this.#run(this.#task, this.#wish) : Promise.resolve();
  }

  /** Starts the open task again: fetches anew. */
  async again(): Promise<void> {
    const task = this.#task;
    if (!task) return;
    const wish = this.#wish;
    this.close();
    this.#task = task;
    await this.#run(task, wish);
  }

  close(): void {
    this.#stop.abort();
    this.#number += 1;
    this.#task = undefined;
    this.#isStarted = false;
    this.#newName = '';
    this.#fetched = undefined;
    this.#opened = undefined;
    this.#preview = undefined;
    this.#further = new Map();
    this.#reach = undefined;
    this.#failure = undefined;
    this.#work = undefined;
  }

  /** Decides something; the preview follows. */
  async decide(part: Partial<MergeWish>): Promise<void> {
    const { contextName, ...wish } = { ...this.#wish, ...part };
    const name = contextName?.trim() ?? '';
    this.#wish = name === '' ? wish : { ...wish, contextName: name };
    await this.look();
  }

  /** Writes another address of the API server; undefined is the cluster's own. */
  async serve(server: string | undefined): Promise<void> {
    const { server: _before, ...wish } = this.#wish;
    this.#wish = server === undefined ? wish : { ...wish, server };
    await this.look();
  }

  /** Tries also the addresses that only the cluster names; main asks the user first. */
  async tryAll(): Promise<void> {
    if (this.#task?.kind === 'merge') await this.#probe(this.#task.context, true);
  }

  /** Asks for the preview again, such as after the file was changed by somebody else. */
  async look(): Promise<void> {
    const task = this.#task;
    if (!task || this.#work === 'writing' || (task.kind === 'rename' && this.#newName === '')) return;
    const number = ++this.#number;
    this.#work = 'previewing';
    const outcome = await this.#askPreview(task);
    if (number !== this.#number) return;
    this.#work = undefined;
    this.#failure = outcome.ok ? undefined : outcome.failure;
    if (!outcome.ok) return;
    this.#preview = outcome.value;
    this.#further = new Map();
  }

  /** Writes what is shown. True when it is written. */
  async apply(): Promise<boolean> {
    const preview = this.#preview;
    if (!preview || !this.isReady || !this.isShown) return false;
    if (preview.isUnchanged) {
      this.close();
      return true;
    }
    const number = ++this.#number;
    this.#work = 'writing';
    const outcome = await this.#client.call('plans.apply', { token: preview.token });
    if (number !== this.#number) return outcome.ok;
    this.#work = undefined;
    if (!outcome.ok) {
      this.#failure = outcome.failure;
      return false;
    }
    this.close();
    this.#changes.wrote(outcome.value);
    return true;
  }

  /** The file whose lock {@link apply} met, of those that are to be written. */
  get locked(): KubeconfigFile | undefined {
    const where = this.#failure?.where;
    if (where?.field !== 'lock') return undefined;
    const files = (this.#preview?.files ?? []).map(({ file }) => file);
    // kubectl's lock has the name of its file and this. Which of several it was is never guessed.
    return files.length === 1 ? files[0] : files.find(({ path }) => where.file === `${path}.lock`);
  }

  /** Files before the locked one were written already: what is left is another change than the one that was shown. */
  get isPartWritten(): boolean {
    return this.locked !== undefined && this.#preview?.files[0]?.file.id !== this.locked.id;
  }

  /** Removes the lock that {@link apply} met, and writes; where a part is written, shows what is left instead. */
  async removeLock(): Promise<void> {
    const { locked, isPartWritten } = this;
    if (locked === undefined) return;
    const outcome = await this.#client.call('kubeconfig.removeLock', { file: locked.id });
    if (!outcome.ok && outcome.failure.code === 'cancelled') return;
    this.#failure = outcome.ok ? undefined : outcome.failure;
    if (outcome.ok) await (isPartWritten ? this.look() : this.apply());
  }

  /** Merges into another file, chosen in the system's dialog. */
  async choose(kind: 'file' | 'new' | 'folder'): Promise<void> {
    const outcome = await this.#client.call('kubeconfig.choose', { kind });
    if (outcome.ok) await this.decide({ file: outcome.value.id });
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure;
  }

  async #open(task: KubeconfigTask): Promise<void> {
    this.close();
    this.#task = task;
    this.#wish = FIRST_WISH;
    if (!issues(task)) await this.#run(task, FIRST_WISH);
  }

  async #run(task: KubeconfigTask, wish: MergeWish): Promise<void> {
    this.#stop = new AbortController();
    this.#isStarted = true;
    this.#wish = wish;
    if ((task.kind === 'merge' || task.kind === 'refresh') && !(await this.#fetch(task))) return;
    if (task.kind === 'open' && !(await this.#openIt(task))) return;
    await this.look();
    if ((task.kind !== 'merge' && task.kind !== 'open') || this.#task !== task) return;
    // A kubectl without any current context is only helped by one; else it switches only when asked.
    if (wish === FIRST_WISH && this.#hasNoCurrent()) await this.decide({ setCurrent: true });
    if (task.kind === 'merge') await this.#probe(task.context, false);
  }

  async #openIt(task: Extract<KubeconfigTask, { kind: 'open' }>): Promise<boolean> {
    this.#work = 'fetching';
    const outcome = await task.open();
    if (this.#task !== task) return false;
    this.#work = undefined;
    if (outcome.ok) this.#opened = outcome.value;
    else if (outcome.failure.code === 'cancelled') this.close();
    else this.#failure = outcome.failure;
    return outcome.ok;
  }

  async #fetch(task: Extract<KubeconfigTask, { kind: 'merge' | 'refresh' }>): Promise<boolean> {
    this.#work = 'fetching';
    const contexts = task.kind === 'merge' ? [task.context] : [...task.contexts];
    const outcome = await this.#client.call('kubeconfig.fetch', { contexts }, { signal: this.#stop.signal });
    if (this.#task !== task) return false;
    this.#work = undefined;
    if (outcome.ok) this.#fetched = outcome.value;
    else this.#failure = outcome.failure;
    return outcome.ok;
  }

  #askPreview(task: KubeconfigTask): Promise<Outcome<KubeconfigPreview>> {
    if (task.kind === 'remove') {
      const contexts = task.entries.map(({ file, name }) => ({ file, name }));
      return this.#client.call('kubeconfig.previewRemoval', { contexts });
    }
    if (task.kind === 'use') return this.#client.call('kubeconfig.previewCurrent', { ...task.entry });
    if (task.kind === 'rename')
      return this.#client.call('kubeconfig.previewRename', { ...task.entry, to: this.#newName });
    const token = this.#opened?.token ?? this.#fetched?.token ?? '';
    if (task.kind === 'refresh') return this.#client.call('kubeconfig.previewRefresh', { token });
    return this.#client.call('kubeconfig.preview', { ...this.#wish, token });
  }

  #hasNoCurrent(): boolean {
    const before = this.#preview?.files[0]?.currentContext.before ?? '';
    return before === '' && (this.#state.current?.currentContext ?? '') === '';
  }

  async #probe(context: string, ask: boolean): Promise<void> {
    const fetched = this.#fetched;
    if (!fetched) return;
    const { signal } = this.#stop;
    const outcome = await this.#client.call('kubeconfig.probe', { token: fetched.token, context, ask }, { signal });
    if (outcome.ok && this.#fetched === fetched) this.#reach = outcome.value;
  }
}
