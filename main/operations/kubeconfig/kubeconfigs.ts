import type {
  WrittenFile,
  CallInput,
  ChangeSummary,
  ContextSummary,
  FetchedKubeconfigs,
  WrittenChange,
  KubeconfigFile,
  KubeconfigLines,
  KubeconfigPreview,
  KubeconfigState,
  KubeReachability,
  LockRemoval,
  NodeSummary,
  OpenedKubeconfigs,
  Problem,
} from '../../../preload/contract/index.ts';
import { normalServer } from '../../kubeconfig/same-cluster.ts';
import type { Interference } from '../../files/late-writers.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import type { Observable } from '../../lib/observable.ts';
import { forgetVersions, keptChanges } from '../kept-changes.ts';
import { eachBounded } from '../work/fan-out/each-bounded.ts';
import { controlPlaneServers } from './control-planes.ts';
import { fetchKubeconfig } from './fetch.ts';
import { heldKubeconfig, type HeldKubeconfig } from './fetched.ts';
import type { FilePlan, FileStep, Plan } from '../plans/plan.ts';
import type { Shelf } from '../plans/tokens.ts';
import type { UndoableFiles } from '../plans/undo.ts';
import { interferenceProblem } from './interference.ts';
import { fileId, fileOf, KubeconfigFiles, type KnownFiles } from './kubeconfig-files.ts';
import { LastChange } from './last-change.ts';
import { RememberedKubeconfigs } from './remembered.ts';
import type { KubeconfigsOptions } from './options.ts';
import { openFiles, openText, type HandedOver } from './opened.ts';
import {
  previewCurrent,
  previewMerge,
  previewOpened,
  previewRefresh,
  previewRemoval,
  previewRename,
  type FilePreview,
} from './previews.ts';
import { removeLockQuestion } from './questions.ts';
import { reachNamed } from './reach-named.ts';
import { isRead } from './read-kubeconfig.ts';
import { endpointHosts, type TalosSource } from './source.ts';
import { kubeconfigState, shownFile } from './state.ts';
import { WatchedState } from './watched-state.ts';
import { KubeconfigWriter, weightOf, type KubeconfigWrite } from './writer.ts';

/** Clusters asked at the same time when several kubeconfigs are fetched. */
const PARALLEL_FETCHES = 4;

const oneName = (): Failed => new Failed({ code: 'invalid', message: 'One name cannot be given to several contexts.' });

/** Kubeconfigs: fetched from clusters, merged into the files kubectl reads, kept fresh, removed. */
export class Kubeconfigs {
  readonly state: Observable<KubeconfigState>;
  readonly #options: KubeconfigsOptions;
  readonly #files: KubeconfigFiles;
  readonly #memory: RememberedKubeconfigs;
  readonly #writer: KubeconfigWriter;
  readonly #lastChange: LastChange;
  readonly #watched: WatchedState;
  readonly #fetched: Shelf<readonly HeldKubeconfig[]>;
  readonly #opened: Shelf<readonly HandedOver[]>;
  /** What the page was shown of a plan that waits. */
  readonly #previews = new WeakMap<Plan, readonly FilePreview[]>();
  readonly #problems = new Map<string, readonly Problem[]>();
  #seen: ReadonlyMap<string, boolean> = new Map();

  constructor(options: KubeconfigsOptions) {
    const { clock, history, plans, talosconfig } = options;
    this.#options = options;
    this.#files = new KubeconfigFiles(options.places, options.texts, clock);
    this.#memory = new RememberedKubeconfigs(options.settings, options.log);
    this.#fetched = plans.tokens.shelf({ what: 'The fetched kubeconfig' });
    this.#opened = plans.tokens.shelf({ what: 'This kubeconfig', hint: 'Open it again.' });
    const { unfinished } = options;
    this.#writer = new KubeconfigWriter({ history, clock, unfinished, onInterference: this.#onInterference });
    this.#lastChange = new LastChange(history, plans.written);
    plans.written.add(this.#undoable);
    this.#watched = new WatchedState({
      clock,
      read: async () => this.#state(await this.#read()),
      files: () => this.#seen,
      onTalosChange: (listener) => talosconfig.subscribe(listener),
    });
    this.state = this.#watched;
  }

  /** Reads the files again now. */
  reload(): Promise<void> {
    return this.#watched.refresh();
  }

  /** Fetches kubeconfigs. A single one that fails throws its Failed. */
  async fetch(contexts: readonly string[], signal: AbortSignal): Promise<FetchedKubeconfigs> {
    const isDemo = this.#isDemo();
    const held: HeldKubeconfig[] = [];
    const failures: FetchedKubeconfigs['failures'][number][] = [];
    await eachBounded(
      [...new Set(contexts)],
      PARALLEL_FETCHES,
      signal,
      async (context) => {
        try {
          held.push(await this.#fetchOne(context, signal));
        } catch (error) {
          if (contexts.length === 1 || isCancelled(error) || !(error instanceof Failed)) throw error;
          failures.push({ context, failure: error.failure });
        }
      },
      () => undefined,
    );
    if (signal.aborted) throw new Failed({ code: 'cancelled', message: 'Fetching was cancelled.', retry: 'safe' });
    held.sort((a, b) => contexts.indexOf(a.talos.id) - contexts.indexOf(b.talos.id));
    for (const one of held) await this.#remember(one, !isDemo);
    return { token: this.#fetched.keep(held), fetched: held.map(({ shown }) => shown), failures };
  }

  /** What merging would change. Writes nothing. */
  async preview(wish: CallInput<'kubeconfig.preview'>): Promise<KubeconfigPreview> {
    const { texts, namedHosts } = this.#options;
    const isDemo = this.#isDemo();
    const opened = this.#opened.find(wish.token);
    if (opened) {
      const contexts = opened.reduce((sum, { contextCount }) => sum + contextCount, 0);
      if (wish.contextName !== undefined && contexts !== 1) throw oneName();
      const options = { texts, named: await namedHosts() };
      return this.#shown([await previewOpened(await this.#read(), opened, wish, options)], isDemo);
    }
    const held = this.#fetched.get(wish.token);
    if (wish.contextName !== undefined && held.length !== 1) throw oneName();
    return this.#shown([await previewMerge(await this.#read(), held, wish, texts)], isDemo);
  }

  /** What renewing certificates in place would change. Writes nothing. */
  async previewRefresh(token: string): Promise<KubeconfigPreview> {
    const isDemo = this.#isDemo();
    const held = this.#fetched.get(token);
    return this.#shown(await previewRefresh(await this.#read(), held, this.#options.texts), isDemo);
  }

  /** What removing contexts would change. Writes nothing. */
  async previewRemoval({ contexts }: CallInput<'kubeconfig.previewRemoval'>): Promise<KubeconfigPreview> {
    const isDemo = this.#isDemo();
    return this.#shown(await previewRemoval(await this.#read(), contexts, this.#options.texts), isDemo);
  }

  /** Looks at kubeconfigs that the user dropped or chose. */
  async openFiles(paths: readonly string[]): Promise<OpenedKubeconfigs> {
    return this.#keepOpened(await openFiles(paths, this.#options.texts, this.#options.clock));
  }

  /** Looks at the clipboard's text. */
  async openText(text: string): Promise<OpenedKubeconfigs> {
    return this.#keepOpened(await openText(text, this.#options.texts));
  }

  /** What giving a context another name would change. Writes nothing. */
  async previewRename(wish: CallInput<'kubeconfig.previewRename'>): Promise<KubeconfigPreview> {
    const isDemo = this.#isDemo();
    return this.#shown(await previewRename(await this.#read(), wish, this.#options.texts), isDemo);
  }

  /** What making a context kubectl's current one would change. Writes nothing. */
  async previewCurrent(wish: CallInput<'kubeconfig.previewCurrent'>): Promise<KubeconfigPreview> {
    const isDemo = this.#isDemo();
    return this.#shown([await previewCurrent(await this.#read(), wish, this.#options.texts)], isDemo);
  }

  /** The next lines of a preview's difference. */
  previewLines(token: string, file: string, from: number): KubeconfigLines {
    const previews = this.#previews.get(this.#options.plans.get(token));
    const found = previews?.find(({ shown }) => shown.file.id === file);
    if (found) return found.pages.page(from);
    throw new Failed({ code: 'not-found', message: 'This preview is not about that file.' });
  }

  /** Changes of a file that can be looked at, newest first. */
  async history(id: string): Promise<readonly ChangeSummary[]> {
    const { path, sha256 } = fileOf(await this.#read(), id);
    return keptChanges(this.#options.history, path, sha256);
  }

  /** Forgets the old versions of a file that are kept now, after the user confirmed it. */
  async forget(id: string, signal?: AbortSignal): Promise<void> {
    const { path } = fileOf(await this.#read(), id);
    await forgetVersions(path, this.#options, signal);
    this.#lastChange.forgot();
    await this.reload();
  }

  /** Removes kubectl's lock beside a file, after the user confirmed it: `removed`, or `gone` when there was none any more. */
  async removeLock(id: string, signal?: AbortSignal): Promise<LockRemoval> {
    const { path } = fileOf(await this.#read(), id);
    await this.#options.ask(removeLockQuestion(path), signal);
    return this.#writer.removeLock(path);
  }

  /** Addresses of API servers that the known files name. */
  async servers(): Promise<readonly string[]> {
    const { files } = await this.#read();
    return files.flatMap(({ content }) => (isRead(content) ? content.contexts.map(({ server }) => server) : []));
  }

  /** Adds a file that the user chose. */
  async choose(path: string): Promise<KubeconfigFile> {
    const file = fileId(await this.#files.choose(path));
    await this.reload();
    const known = await this.#read();
    return shownFile(fileOf(known, file), known);
  }

  /**
   * Whether an API server answers from here; if not, which other addresses of it do. What no file of the user names is
   * dialled only with `ask`, after the user confirmed it.
   */
  async probe(wish: CallInput<'kubeconfig.probe'>, signal: AbortSignal): Promise<KubeReachability> {
    const { server, alternatives } = await this.#probed(wish);
    const { namedHosts } = this.#options;
    const context = 'token' in wish ? wish.context : wish.entry.name;
    const ask = wish.ask === true ? this.#options.ask : undefined;
    return reachNamed({ context, server, alternatives, named: await namedHosts(), ask, signal });
  }

  /** Stops watching. */
  close(): void {
    this.#watched.close();
  }

  /** Asked before what may take long: the demo can be left meanwhile, and nothing of it is remembered then either. */
  #isDemo(): boolean {
    return this.#options.places().origin === 'demo';
  }

  async #fetchOne(id: string, signal: AbortSignal): Promise<HeldKubeconfig> {
    const talos = this.#context(id);
    const nodes = this.#options.nodes(id);
    // Before anything is waited for: another cluster may have this name once the demo is left.
    const connection = this.#options.connection(id);
    if (nodes.current.asOfMs === undefined) await nodes.refresh();
    const roles = talos.certificate?.roles ?? [];
    const fetched = await fetchKubeconfig({ connection, nodes: nodes.current, roles, signal });
    const judging = { texts: this.#options.texts, nowMs: this.#options.clock.now() };
    return heldKubeconfig(talos, connection, nodes.current, fetched, judging);
  }

  #context(id: string): ContextSummary {
    const found = this.#options.talosconfig.current.contexts.find((one) => one.id === id);
    if (found) return found;
    throw new Failed({ code: 'not-found', message: `There is no context ${id}.`, where: { context: id } });
  }

  async #read(): Promise<KnownFiles> {
    const { target } = await this.#memory.read();
    const known = await this.#files.read(target);
    this.#seen = new Map(known.files.map(({ path, sha256 }) => [path, sha256 !== '']));
    return known;
  }

  async #state(known: KnownFiles): Promise<KubeconfigState> {
    const { sources } = await this.#memory.read();
    const lastChange = await this.#newestChange(known);
    const { contexts } = this.#options.talosconfig.current;
    const nowMs = this.#options.clock.now();
    const talos = contexts.map((summary) => this.#source(summary));
    return kubeconfigState({ known, talos, memory: sources, problems: this.#problems, lastChange, nowMs });
  }

  #source(summary: ContextSummary): TalosSource {
    const nodes = summary.isUsable ? this.#nodesOf(summary.id) : [];
    return { summary, addresses: [...endpointHosts(summary), ...nodes.flatMap(({ addresses }) => addresses)] };
  }

  /**
   * None for a context that went from its file while kubeconfigs were read; the next reading knows that it is gone. Nor once
   * the clusters are closed: a reading that the end of Minos overtook is of no use to anybody.
   */
  #nodesOf(id: string): readonly NodeSummary[] {
    try {
      return this.#options.nodes(id).current.nodes;
    } catch (error) {
      if (error instanceof Failed && ['not-found', 'cancelled'].includes(error.failure.code)) return [];
      throw error;
    }
  }

  #shown(previews: readonly FilePreview[], isDemo: boolean): KubeconfigPreview {
    const steps = previews.flatMap((preview) => this.#step(preview, isDemo) ?? []);
    const afterwards = (): Promise<void> => this.reload();
    const plan: FilePlan = { kind: 'files', risk: 'undoable', steps, undoneBy: this.#undoable, afterwards };
    this.#previews.set(plan, previews);
    const weight = previews.reduce((sum, { write }) => sum + (write ? weightOf(write) : 0), 0);
    const isUnchanged = steps.length === 0;
    return { ...this.#options.plans.keep(plan, weight), files: previews.map(({ shown }) => shown), isUnchanged };
  }

  /** Undefined for a file that would not change. */
  #step({ pages, question, write }: FilePreview, isDemo: boolean): FileStep | undefined {
    if (write === undefined) return undefined;
    return {
      basis: { path: write.path, sha256: write.basedOn },
      what: write.what,
      ready: () => {
        pages.mustBeShown(write.path);
        return Promise.resolve({ questions: question ? [question] : [], write: () => this.#write(write, isDemo) });
      },
    };
  }

  #keepOpened(opened: readonly HandedOver[]): OpenedKubeconfigs {
    const length = opened.reduce((sum, { text }) => sum + text.reveal().length, 0);
    const shown = opened.map(({ from, contextCount }) => ({ from, contextCount }));
    return { token: this.#opened.keep(opened, length), opened: shown };
  }

  async #write(write: KubeconfigWrite, isDemo: boolean): Promise<WrittenFile> {
    const applied = await this.#writer.write(write);
    if (!isDemo) await this.#memory.setTarget(write.path);
    return applied;
  }

  /** A history that cannot be read is no reason to show no kubeconfigs. */
  async #newestChange(known: KnownFiles): Promise<WrittenChange | undefined> {
    try {
      return await this.#lastChange.of(known);
    } catch (error) {
      this.#options.log.write('warn', 'the history of a kubeconfig cannot be read', { error });
      return undefined;
    }
  }

  async #remember({ talos, kube }: HeldKubeconfig, isKept: boolean): Promise<void> {
    const source = {
      context: talos.name,
      talosAuthorities: talos.caFingerprints,
      server: kube.normalServer,
      authorities: kube.authorities,
    };
    // The demo's cluster is another one next time.
    await this.#memory.addSource(source, isKept);
  }

  async #probed(
    wish: CallInput<'kubeconfig.probe'>,
  ): Promise<{ readonly server: string; readonly alternatives: readonly string[] }> {
    if ('token' in wish) {
      const held = this.#fetched.get(wish.token).find(({ talos }) => talos.id === wish.context);
      if (held) return { server: held.kube.server, alternatives: held.alternatives };
      throw new Failed({ code: 'not-found', message: `Nothing was fetched from ${wish.context}.` });
    }
    const known = await this.#read();
    const { content } = fileOf(known, wish.entry.file);
    const context = isRead(content) ? content.contexts.find(({ name }) => name === wish.entry.name) : undefined;
    if (!context) throw new Failed({ code: 'not-found', message: `There is no context ${wish.entry.name}.` });
    const shown = (await this.#state(known)).contexts.find(
      ({ file, name }) => file === wish.entry.file && name === wish.entry.name,
    );
    const nodes = shown?.source && this.#options.nodes(shown.source.context).current;
    const alternatives = nodes ? controlPlaneServers(nodes, context.server) : [];
    return {
      server: context.server,
      alternatives: alternatives.filter((one) => normalServer(one) !== context.normalServer),
    };
  }

  readonly #undoable: UndoableFiles = {
    paths: async () => (await this.#read()).files.map(({ path }) => path),
    history: { list: (path) => this.#options.history.list(path) },
    undo: (written) => this.#writer.undo(written),
    afterwards: () => this.reload(),
  };

  readonly #onInterference = (path: string, found: readonly Interference[]): void => {
    this.#problems.set(path, found.map(interferenceProblem));
    void this.reload();
  };
}
