import type {
  AppliedChange,
  CallInput,
  ChangeSummary,
  ContextSummary,
  FetchedKubeconfigs,
  KubeconfigChange,
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
import { Held } from '../held.ts';
import { interferenceProblem } from './interference.ts';
import { fileId, fileOf, KubeconfigFiles, type KnownFiles } from './kubeconfig-files.ts';
import { RememberedKubeconfigs } from './memory.ts';
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
import { KubeconfigWriter, type KubeconfigWrite } from './writer.ts';
import { WrittenChanges } from './written-changes.ts';

/** Clusters asked at the same time when several kubeconfigs are fetched. */
const PARALLEL_FETCHES = 4;

/** Most characters of kubeconfigs that wait to be merged. */
const MAX_KEPT_LENGTH = 32 * 1024 * 1024;

const oneName = (): Failed => new Failed({ code: 'invalid', message: 'One name cannot be given to several contexts.' });

/** Kubeconfigs: fetched from clusters, merged into the files kubectl reads, kept fresh, removed. */
export class Kubeconfigs {
  readonly state: Observable<KubeconfigState>;
  readonly #options: KubeconfigsOptions;
  readonly #files: KubeconfigFiles;
  readonly #memory: RememberedKubeconfigs;
  readonly #writer: KubeconfigWriter;
  readonly #changes: WrittenChanges;
  readonly #watched: WatchedState;
  readonly #fetched: Held<readonly HeldKubeconfig[]>;
  readonly #opened: Held<readonly HandedOver[]>;
  readonly #previews: Held<readonly FilePreview[]>;
  readonly #problems = new Map<string, readonly Problem[]>();
  #seen: ReadonlyMap<string, boolean> = new Map();

  constructor(options: KubeconfigsOptions) {
    const { clock, history, talosconfig } = options;
    this.#options = options;
    this.#files = new KubeconfigFiles(options.places, options.texts, clock);
    this.#memory = new RememberedKubeconfigs(options.settings, options.log);
    this.#fetched = new Held(clock, 'The fetched kubeconfig');
    this.#opened = new Held(clock, 'This kubeconfig', 'Open it again.', MAX_KEPT_LENGTH);
    this.#previews = new Held(clock, 'This preview');
    const { unfinished } = options;
    this.#writer = new KubeconfigWriter({ history, clock, unfinished, onInterference: this.#onInterference });
    this.#changes = new WrittenChanges({ history, writer: this.#writer, clock });
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
    const opened = this.#opened.find(wish.token);
    if (opened) {
      const contexts = opened.reduce((sum, { contextCount }) => sum + contextCount, 0);
      if (wish.contextName !== undefined && contexts !== 1) throw oneName();
      const options = { texts, named: await namedHosts() };
      return this.#shown([await previewOpened(await this.#read(), opened, wish, options)]);
    }
    const held = this.#fetched.get(wish.token);
    if (wish.contextName !== undefined && held.length !== 1) throw oneName();
    return this.#shown([await previewMerge(await this.#read(), held, wish, texts)]);
  }

  /** What renewing certificates in place would change. Writes nothing. */
  async previewRefresh(token: string): Promise<KubeconfigPreview> {
    const held = this.#fetched.get(token);
    return this.#shown(await previewRefresh(await this.#read(), held, this.#options.texts));
  }

  /** What removing contexts would change. Writes nothing. */
  async previewRemoval({ contexts }: CallInput<'kubeconfig.previewRemoval'>): Promise<KubeconfigPreview> {
    return this.#shown(await previewRemoval(await this.#read(), contexts, this.#options.texts));
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
    return this.#shown(await previewRename(await this.#read(), wish, this.#options.texts));
  }

  /** What making a context kubectl's current one would change. Writes nothing. */
  async previewCurrent(wish: CallInput<'kubeconfig.previewCurrent'>): Promise<KubeconfigPreview> {
    return this.#shown([await previewCurrent(await this.#read(), wish, this.#options.texts)]);
  }

  /** The next lines of a preview's difference. */
  previewLines(token: string, file: string, from: number): KubeconfigLines {
    const found = this.#previews.get(token).find(({ shown }) => shown.file.id === file);
    if (found) return found.pages.page(from);
    throw new Failed({ code: 'not-found', message: 'This preview is not about that file.' });
  }

  /** Writes a preview, one file after the other. What was written before a failure can be undone. */
  async apply(token: string, signal?: AbortSignal): Promise<KubeconfigChange> {
    const isDemo = this.#isDemo();
    const files: AppliedChange[] = [];
    try {
      return await this.#previews.use(token, async (previews) => {
        const changing = previews.filter(({ write }) => write !== undefined);
        for (const { pages, shown } of changing) pages.mustBeShown(shown.file.path);
        for (const { question } of changing) if (question) await this.#options.ask(question, signal);
        for (const write of changing.flatMap((one) => one.write ?? [])) files.push(await this.#write(write, isDemo));
        return this.#changes.record(files);
      });
    } catch (error) {
      this.#changes.record(files);
      throw error;
    } finally {
      await this.reload();
    }
  }

  /**
   * Puts every file of a change back, also of an earlier session; answers with the change that this is itself. Throws
   * Failed `conflict` when one was changed since.
   */
  async undo(id: string): Promise<KubeconfigChange> {
    try {
      return await this.#changes.undo(id, await this.#read());
    } finally {
      await this.reload();
    }
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
    this.#changes.forgot();
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
    if (this.#options.talosconfig.current.choice.reason === 'demo') {
      return { server, isReachable: false, why: 'the demo has no API server', alternatives: [] };
    }
    const { namedHosts } = this.#options;
    const context = 'token' in wish ? wish.context : wish.entry.name;
    const ask = wish.ask === true ? this.#options.ask : undefined;
    return reachNamed({ context, server, alternatives, named: await namedHosts(), ask, signal });
  }

  /** Lets go of what waits to be merged: it was made for files and clusters that are not worked on any more. */
  letGo(): void {
    this.#fetched.clear();
    this.#opened.clear();
    this.#previews.clear();
  }

  /** Stops watching and forgets what was fetched. */
  close(): void {
    this.#watched.close();
    this.letGo();
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
    const lastChange = await this.#lastChange(known);
    const { contexts } = this.#options.talosconfig.current;
    const nowMs = this.#options.clock.now();
    const talos = contexts.map((summary) => this.#source(summary));
    return kubeconfigState({ known, talos, memory: sources, problems: this.#problems, lastChange, nowMs });
  }

  #source(summary: ContextSummary): TalosSource {
    const nodes = summary.isUsable ? this.#nodesOf(summary.id) : [];
    return { summary, addresses: [...endpointHosts(summary), ...nodes.flatMap(({ addresses }) => addresses)] };
  }

  /** None for a context that went from its file while kubeconfigs were read; the next reading knows that it is gone. */
  #nodesOf(id: string): readonly NodeSummary[] {
    try {
      return this.#options.nodes(id).current.nodes;
    } catch (error) {
      if (error instanceof Failed && error.failure.code === 'not-found') return [];
      throw error;
    }
  }

  #shown(previews: readonly FilePreview[]): KubeconfigPreview {
    return {
      token: this.#previews.keep(previews),
      files: previews.map(({ shown }) => shown),
      isUnchanged: previews.every(({ write }) => write === undefined),
    };
  }

  #keepOpened(opened: readonly HandedOver[]): OpenedKubeconfigs {
    const length = opened.reduce((sum, { text }) => sum + text.reveal().length, 0);
    const shown = opened.map(({ from, contextCount }) => ({ from, contextCount }));
    return { token: this.#opened.keep(opened, length), opened: shown };
  }

  async #write(write: KubeconfigWrite, isDemo: boolean): Promise<AppliedChange> {
    const applied = await this.#writer.write(write);
    if (!isDemo) await this.#memory.setTarget(write.path);
    return applied;
  }

  /** A history that cannot be read is no reason to show no kubeconfigs. */
  async #lastChange(known: KnownFiles): Promise<KubeconfigChange | undefined> {
    try {
      return await this.#changes.last(known);
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

  readonly #onInterference = (path: string, found: readonly Interference[]): void => {
    this.#problems.set(path, found.map(interferenceProblem));
    void this.reload();
  };
}
