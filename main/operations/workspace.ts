import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Unfinished } from '../files/own/unfinished.ts';
import { FileReplacer } from '../files/replace.ts';
import { SettingsFile } from '../files/settings.ts';
import { TextWorkers } from '../text-work/text-workers.ts';
import { IdentityReader } from '../credentials/identity-reader.ts';
import { healthCheck, type HealthWish } from './checks/health.ts';
import { COMMANDS } from './commands/index.ts';
import { Clusters } from './clusters/clusters.ts';
import { leased } from './clusters/lease.ts';
import { leasedWays } from './work/ways.ts';
import { Confirmer, type Ask } from './confirm.ts';
import { Choices } from './settings/choices.ts';
import { inPlaceQuestion } from './talosconfigs/questions.ts';
import { isOfDemo, type Demo } from './app/demo.ts';
import { SeenWindows } from './app/seen-windows.ts';
import { controlPlaneCandidates } from './clusters/control-planes/candidates.ts';
import type { ContextNodes } from './clusters/nodes.ts';
import { demoKubeconfig } from './kubeconfig/kubeconfig-files.ts';
import { FileHistories } from './file-histories.ts';
import { Files } from './files/files.ts';
import { Fleet } from './fleet/fleet.ts';
import { AttentionChoices } from './health/attention-choices.ts';
import { EtcdFiles } from './etcd/etcd-files.ts';
import { SnapshotsTaken } from './etcd/snapshots-taken.ts';
import { Healths } from './health/healths.ts';
import { Lens } from './lens/lens.ts';
import { KeptConfigs } from './machine-configs/kept-configs.ts';
import { MachineConfigs } from './machine-configs/machine-configs.ts';
import { Kubeconfigs } from './kubeconfig/kubeconfigs.ts';
import { deedPlace } from './plans/deed-place.ts';
import { Plans } from './plans/plans.ts';
import { DeedJournal } from './deeds/deed-journal.ts';
import { Deeds } from './deeds/deeds.ts';
import { Drains } from './deeds/drain/drains.ts';
import type { KubernetesWay } from './kubernetes/open-kubernetes.ts';
import { BlackBoxes } from './blackbox/black-boxes.ts';
import { boxOfContext } from './blackbox/box-of-context.ts';
import { Timelines } from './timeline/timelines.ts';
import { Samples } from './samples/samples.ts';
import { Foreground } from './work/foreground.ts';
import { Runs } from './work/runs.ts';
import { openWorkspaceFiles } from './open-workspace.ts';
import { NodeGroups } from './selectors/node-groups.ts';
import { resolveSelection } from './selectors/resolve-selection.ts';
import type { NoticeText } from './talosconfigs/expiry-notices.ts';
import { watchExpiry } from './talosconfigs/expiry-watch.ts';
import { contextHosts, endpointHost } from './talosconfigs/named-hosts.ts';
import { issueReader } from './talosconfigs/issue-reader.ts';
import { LeastPowerMarks } from './talosconfigs/least-power-marks.ts';
import { ProductionMarks } from './talosconfigs/production-marks.ts';
import { TalosconfigEditing } from './talosconfigs/talosconfig-editing.ts';
import { TalosconfigSession } from './talosconfigs/talosconfig-session.ts';
import { tellOfFound } from './talosconfigs/tell-of-found.ts';
import { isTalosctlsOwn } from './talosconfigs/talosctls-own.ts';
import { watchResources, type WatchInput } from './work/watch/watch-resources.ts';
import type {
  CheckEvent,
  ContextSummary,
  NodeSeen,
  ResolvedNodes,
  StreamParams,
  WatchItem,
} from '../../preload/contract/index.ts';
import type { WorkspaceOptions } from './workspace-options.ts';

/** What a watch is asked for. */
export type WatchWish = Omit<StreamParams<'watch'>, 'context' | 'nodes'> & Pick<WatchInput, 'nodes' | 'signal'>;

/** Everything the app works on: the talosconfigs, the clusters of their contexts, and the demo. */
export class Workspace {
  readonly talosconfig: TalosconfigSession;
  readonly editing: TalosconfigEditing;
  readonly clusters: Clusters;
  readonly runs: Runs;
  readonly healths: Healths;
  /** What the user wants to be told of. */
  readonly attention: AttentionChoices;
  /** Snapshots of etcd on this computer. */
  readonly etcdFiles: EtcdFiles;
  /** When Minos took snapshots of etcd. */
  readonly snapshots: SnapshotsTaken;
  readonly fleet: Fleet;
  /** How busy nodes are, measured while somebody looks. */
  readonly samples: Samples;
  /** What happened to each cluster in this session. */
  readonly timelines: Timelines;
  /** The last hour of a cluster as a file. */
  readonly blackBoxes: BlackBoxes;
  readonly groups: NodeGroups;
  /** What the user chose for all of main. */
  readonly choices: Choices;
  readonly production: ProductionMarks;
  /** Contexts that are read by os:reader. */
  readonly leastPower: LeastPowerMarks;
  readonly kubeconfigs: Kubeconfigs;
  /** Folders and files of nodes. */
  readonly files: Files;
  /** Logs, kernel messages and events of many nodes at once. */
  readonly lens: Lens;
  /** Machine configs of nodes and files. */
  readonly machineConfigs: MachineConfigs;
  /** Everything that changes something. */
  readonly plans: Plans;
  /** Plans for what changes clusters, and what was done. */
  readonly deeds: Deeds;
  /** Notes of files that lie outside Minos's own folders while they are written. */
  readonly unfinished: Unfinished;
  /** Nothing is asked only to be shown while nobody sees a window. */
  readonly seen = new SeenWindows();
  readonly #options: WorkspaceOptions;
  readonly #texts: TextWorkers;
  readonly ask: Ask;
  readonly #identities: IdentityReader;
  readonly #replacer: FileReplacer;
  readonly #histories: FileHistories;
  readonly #stopFollowing: () => void;
  readonly #settings: SettingsFile;
  #stopExpiry: (() => void) | undefined;
  #demo: Promise<Demo> | undefined;
  #started: Promise<void> | undefined;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    const { clock, random, proto, log, settingsPath } = options;
    this.#texts = new TextWorkers({ workerFile: options.textWorkerFile, clock });
    const { ask } = new Confirmer(options.confirm, clock);
    this.ask = ask;
    const settings = new SettingsFile(options.settingsPath, { clock, log });
    this.#settings = settings;
    this.choices = new Choices({ settings, log, ask, expire: () => this.#histories.talosconfig.expire() });
    const chosen = (): Choices['chosen']['current'] => this.choices.chosen.current;
    const journal = new DeedJournal({
      path: join(dirname(options.settingsPath), 'deeds.ndjson'),
      ...{ clock, log, settings, isPassing: (path) => isOfDemo(this.talosconfig.state.current.choice, path) },
    });
    this.plans = new Plans({ clock, ask, journal });
    this.#replacer = new FileReplacer({
      clock,
      onFound: (path, found) => tellOfFound(this.talosconfig, { clock, log }, path, found),
      askInPlace: (path) => ask(inPlaceQuestion(path)),
    });
    this.unfinished = new Unfinished(join(dirname(options.settingsPath), 'unfinished'), clock);
    this.#identities = new IdentityReader(options.identityWorkerFile);
    const reading = { texts: this.#texts, identities: this.#identities };
    this.production = new ProductionMarks({ settings, clock, log, onChange: () => this.talosconfig.republish() });
    const onChange = (): void => this.clusters.powerWished();
    this.leastPower = new LeastPowerMarks({ settings, ask, clock, log, onChange });
    this.talosconfig = new TalosconfigSession({
      ...{ choose: options.choose, startEndpoints: options.startEndpoints, clock, log, ...reading },
      isProduction: (context) => this.production.has(context),
    });
    const { decodeWorker, clusterTextWorkerFile } = options;
    this.clusters = new Clusters({
      context: (id) => this.talosconfig.context(id),
      contexts: () => this.talosconfig.all,
      isReadable: (file) => this.talosconfig.isReadable(file),
      isFoundByTalosctl: (file) => isTalosctlsOwn(this.talosconfig.state.current.choice, file),
      env: options.env ?? {},
      proto,
      ...{ decodeWorker, clusterTextWorkerFile, clock, random },
      leastPower: { isOn: ({ reading }) => this.leastPower.has(reading.summary), issue: issueReader(clock) },
    });
    const summaryOf = (id: string): ContextSummary => this.talosconfig.context(id).summary;
    this.attention = new AttentionChoices({ settings, clock, log, context: summaryOf });
    const isKept = (): boolean => !this.isDemo;
    this.snapshots = new SnapshotsTaken({ settings, clock, log, context: summaryOf, isKept });
    const contexts = (): readonly ContextSummary[] => this.talosconfig.all.map(({ summary }) => summary);
    const { clusters, snapshots, unfinished } = this;
    this.etcdFiles = new EtcdFiles({ ...options, isKept, contexts, clusters, snapshots, unfinished });
    const foreground = new Foreground();
    const isSeen = (): boolean => this.seen.isAny;
    this.healths = new Healths({
      ...{ clusters: this.clusters, attention: this.attention, snapshots: this.snapshots },
      ...{ clock, random, isSeen, foreground },
    });
    this.fleet = new Fleet({ talosconfig: this.talosconfig.state, clusters: this.clusters, clock, isSeen });
    this.groups = new NodeGroups(settings, clock);
    this.#histories = new FileHistories({
      ...{ folder: options.historyFolder, clock, replacer: this.#replacer },
      ...{ texts: this.#texts, seal: options.seal, days: () => this.choices.versionDays },
    });
    const { plans } = this;
    this.editing = new TalosconfigEditing({
      session: this.talosconfig,
      history: this.#histories.talosconfig,
      unfinished,
      ...reading,
      settings,
      plans,
      clock,
      connection: (name) => this.clusters.of(name),
      nodes: (name) => this.nodes(name).current,
      ask,
      namedHosts: () => this.#namedHosts(),
    });
    const kept = new KeptConfigs({
      ...{ folder: join(dirname(options.settingsPath), 'machine-configs'), clock, log },
      // What the demo has is no secret of anybody, and goes with it.
      seal: () => (this.isDemo ? undefined : options.seal()),
    });
    this.machineConfigs = new MachineConfigs({
      ...{ clock, log, settingsPath, plans, kept, texts: this.#texts, history: this.#histories.machineConfig },
      cluster: (context) => deedPlace(summaryOf(context)).cluster,
      connection: (name) => this.clusters.of(name),
    });
    this.deeds = new Deeds({
      configs: { kept, texts: this.#texts, ...this.machineConfigs.desk },
      ...{ journal, plans, clock, clusters: this.clusters, talosconfig: this.talosconfig, rehearsing: options },
      ...{ isSeen, version: options.version, snapshots: this.etcdFiles.desk },
      drains: (held, agreed) =>
        new Drains({
          ...{ ...this.#kubernetesWay(held.id), nodes: () => this.nodes(held.id).current },
          ...{ caller: held.caller, agreed, clock },
        }),
    });
    this.runs = new Runs({
      commands: COMMANDS,
      lease: (context, onChange) => this.clusters.lease(context, onChange),
      visit: (context, onChange) => this.clusters.leaseVisit(context, onChange),
      ...{ clock, newId: randomUUID, unfinished, isSeen, foreground, atOnce: () => chosen().nodesAtOnce },
      aboutSnapshot: (path, signal) => this.etcdFiles.reader.words(path, signal),
      onSaved: (saved) => void this.etcdFiles.saved(saved),
    });
    this.files = new Files({ lease: (context) => this.clusters.lease(context), clock, isSeen });
    this.lens = new Lens({
      lease: (context) => this.clusters.lease(context),
      isSeen,
      newId: randomUUID,
      unfinished,
      clock,
      random,
    });
    this.timelines = new Timelines({
      ...{ cluster: (context) => this.clusters.get(context), deeds: journal.state, clock },
      contexts,
    });
    this.blackBoxes = new BlackBoxes({
      make: (context) => boxOfContext(context, this, options),
      read: (text) => this.#texts.readBlackBox(text),
      unfinished,
    });
    this.samples = new Samples({ cluster: (context) => this.clusters.get(context), clock, isSeen });
    this.kubeconfigs = new Kubeconfigs({
      places: () => demoKubeconfig(this.talosconfig.state.current.choice) ?? options.kubeconfigPlaces(),
      talosconfig: this.talosconfig.state,
      connection: (name) => this.clusters.of(name),
      nodes: (name) => this.nodes(name),
      history: this.#histories.kubeconfig,
      texts: this.#texts,
      settings,
      plans,
      unfinished,
      clock,
      log,
      ask,
      namedHosts: () => this.#namedHosts(),
    });
    this.#stopFollowing = this.talosconfig.state.subscribe(() => {
      this.clusters.refresh();
    });
  }

  /** Keys of every host that a file of the user names: open talosconfigs, and the kubeconfigs that are known. */
  async #namedHosts(): Promise<ReadonlySet<string>> {
    const contexts = this.talosconfig.all.flatMap(({ raw }) => contextHosts(raw.endpoints, raw.proxyUrl));
    const servers = (await this.kubeconfigs.servers()).map(endpointHost);
    return new Set([...contexts, ...servers].map(({ key }) => key));
  }

  /**
   * Resources of one type as they change; see `watchResources`. Throws what connecting throws, and why the cluster was
   * closed: Failed.
   */
  async *watch(context: string, input: WatchWish): AsyncGenerator<WatchItem, void, undefined> {
    const { clock, random } = this.#options;
    const { lease, ways } = leasedWays((onChange) => this.clusters.lease(context, onChange));
    const onSeen = (node: string, seen: NodeSeen): void => lease.mark(node, seen);
    const shared = { ways, clock, random, onSeen, isSeen: () => this.seen.isAny };
    yield* leased(lease, input.signal, (signal) =>
      this.timelines.heard(lease.id, watchResources({ ...input, ...shared, signal })),
    );
  }

  /** A health check of a cluster; see `healthCheck`. Throws what connecting throws: Failed. */
  healthCheck(context: string, wish: HealthWish, signal: AbortSignal): AsyncIterable<CheckEvent> {
    const way = this.#kubernetesWay(context);
    return healthCheck(this.clusters.lease(context), wish, { clock: this.#options.clock, signal, way });
  }

  /** How the Kubernetes of a context is come to. Throws Failed `not-found`. */
  #kubernetesWay(id: string): Omit<KubernetesWay, 'connection' | 'endpoint' | 'now'> {
    const { summary } = this.talosconfig.context(id);
    return {
      nodes: () => this.nodes(id).current,
      roles: summary.certificate?.roles ?? [],
      context: summary.name,
      texts: this.#texts,
      ask: this.ask,
      namedHosts: () => this.#namedHosts(),
    };
  }

  get isDemo(): boolean {
    return this.#demo !== undefined;
  }

  /** The machines of a context. Throws Failed `not-found`. */
  nodes(name: string): ContextNodes {
    return this.clusters.get(name).nodes;
  }

  /** Those that may be control planes, best first, as far as discovery knows them; asks nobody. */
  controlPlanes(name: string): readonly string[] {
    return controlPlaneCandidates(this.nodes(name).current).flatMap((node) => node?.target ?? []);
  }

  /** The nodes a selection text means. Asks nobody; throws Failed `not-found` for an unknown context. */
  async resolveNodes(context: string, text: string): Promise<ResolvedNodes> {
    const { nodes } = this.nodes(context).current;
    return resolveSelection(text, nodes, await this.groups.of(context));
  }

  /** Starts the demo cluster, once, and works on its talosconfig from then on. */
  async openDemo(): Promise<void> {
    const demo = (this.#demo ??= this.#options.startDemo());
    try {
      // Started with the demo, nothing of the user's was read yet: whether notices are wanted, and what is muted.
      const [{ choice }] = await Promise.all([demo, this.attention.load(), this.choices.load()]);
      // Left while it started.
      if (this.#demo !== demo) return;
      this.#beginAnew();
      await this.talosconfig.open(() => choice);
    } catch (error) {
      if (this.#demo === demo) this.#demo = undefined;
      throw error;
    }
  }

  /** Works on the user's own files from now on and ends the demo. */
  async leaveDemo(): Promise<void> {
    const demo = this.#demo;
    if (demo === undefined) return;
    this.etcdFiles.leave();
    this.#demo = undefined;
    this.#beginAnew();
    await this.talosconfig.open(this.#options.choose);
    // Started with the demo, the user's files were not looked at yet.
    await this.start();
    // What was planned and chosen in the demo leaves nothing.
    await this.etcdFiles.load();
    await (await demo.catch(() => undefined))?.close();
  }

  /** Nothing that is known of one set of files is taken for another's, whose contexts may have the same names. */
  #beginAnew(): void {
    this.plans.tokens.clear();
    for (const each of [this.runs, this.clusters, this.healths, this.deeds.journal]) each.forget();
  }

  /** Reads the talosconfigs, once, after tidying up what a crash may have left beside them. Never rejects. */
  start(): Promise<void> {
    const { talosconfig, editing, unfinished } = this;
    const { production, leastPower, attention, snapshots, deeds, etcdFiles, choices } = this;
    return (this.#started ??= openWorkspaceFiles({
      ...{ talosconfig, editing, unfinished, options: this.#options, settings: this.#settings },
      ...{ replacer: this.#replacer, histories: this.#histories },
      kept: [production, leastPower, attention, snapshots, deeds, etcdFiles, choices],
    }));
  }

  /** Tells of certificates that end, from now on; each threshold once per certificate, also over restarts. */
  tellOfExpiry(show: (notice: NoticeText) => void): void {
    const { clock, log } = this.#options;
    this.#stopExpiry?.();
    const { chosen } = this.choices;
    const { state } = this.talosconfig;
    this.#stopExpiry = watchExpiry({ state, settings: this.#settings, clock, log, show, chosen });
  }

  /** Ends everything: watches, discovery, channels, the demo. */
  async close(): Promise<void> {
    this.#stopFollowing();
    this.#stopExpiry?.();
    this.timelines.close();
    this.talosconfig.close();
    this.kubeconfigs.close();
    this.plans.tokens.clear();
    await this.deeds.close();
    this.fleet.stop();
    // A snapshot that is being taken is left: it has not failed.
    const filesClosed = this.etcdFiles.close();
    await this.clusters.close();
    await this.#replacer.close();
    await filesClosed;
    await Promise.all([this.#texts.close(), this.#identities.close()]);
    await (await this.#demo?.catch(() => undefined))?.close();
  }
}
