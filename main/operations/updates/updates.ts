import type { Failure, OfferedUpdate, UpdateState, UpdateWay } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import { Failed, failure as failureOf, isCancelled } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import { compareVersions, parseVersion } from '../../talos/version.ts';
import type { Ask } from '../confirm.ts';
import { installQuestion } from './install-question.ts';
import type { Looked } from './looked.ts';
import type { Packages } from './packages.ts';
import { readNewest, versionFileName, type AskHttps } from './read-newest.ts';
import type { Release } from './release.ts';
import { packageFor, releaseOf, type UpdatePackage, type VersionFile } from './version-file.ts';

const DAY_MS = 24 * 60 * 60_000;
/** How often it is looked whether a day has passed; also how long after the start the first time is. */
const GLANCE_MS = 10 * 60_000;

/** Shortest time between two questions. */
const LEAST_MS = 3_000;

/** What {@link Updates} work with. */
export interface UpdatesOptions {
  /** Missing: the build names no publisher, and nobody is ever asked. */
  readonly release: Release | undefined;
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Of this Minos. */
  readonly version: string;
  readonly askHttps: AskHttps;
  /** Called when something is fetched, and not before. */
  readonly packages: (of: Pick<Release, 'publisher' | 'url'>) => Promise<Packages>;
  /** Shows an https page in the user's browser. */
  readonly showPage: (url: string) => Promise<void>;
  readonly looked: Pick<Looked, 'read' | 'write'>;
  /** Whether the user wants to be asked for once a day. */
  readonly chosen: Observable<{ readonly isLookingForUpdates: boolean }>;
  /** Why Minos may not end now, as a sentence. */
  readonly busyWith: () => string | undefined;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Newer versions of Minos: whether there is one, and what the user wants done with it. Asks nobody unless the build names a publisher, and by
 * itself only when the user wants that; fetches and installs nothing by itself ([ADR 0081](../../../docs/adr/0081-an-update-is-asked-for-and-signed.md)).
 */
export class Updates {
  readonly #options: UpdatesOptions;
  readonly #state: Value<UpdateState>;
  readonly #end = new AbortController();
  #looking: Promise<void> | undefined;
  #askedAtMs = -Infinity;
  #package: UpdatePackage | undefined;
  #fetching: AbortController | undefined;
  #packages: Packages | undefined;
  #stop: (() => void) | undefined;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    const { release } = options;
    const way = wayOf(options);
    const from = way === 'source' || release === undefined ? undefined : fromOf(release);
    this.#state = new Value<UpdateState>({ way, isLooking: false, ...(from && { from }) });
  }

  /** What is known; asks nobody. */
  get state(): Observable<UpdateState> {
    return this.#state;
  }

  /** Looks once a day from now on, while the user wants it. */
  start(): void {
    if (this.#release === undefined || this.#stop !== undefined) return;
    this.#stop = every(this.#options.clock, GLANCE_MS, () => void this.#lookOnceADay());
  }

  /** Ends a question and a fetch that are under way. */
  close(): void {
    this.#stop?.();
    this.#end.abort();
    this.#fetching?.abort();
  }

  /**
   * Asks which version is the newest; one question at a time. What came of it is in the state. Throws Failed `precondition` where this Minos
   * looks for none, and while an update is fetched or installed.
   */
  async look(): Promise<void> {
    const release = this.#releaseOrNot();
    const { step } = this.#state.current;
    if (step?.kind === 'fetching' || step?.kind === 'installing') throw notNow('An update is on its way already.');
    const { clock } = this.#options;
    // A page that asks all the time does not make main do so; what was learned a moment ago stands.
    if (this.#looking === undefined && clock.monotonic() - this.#askedAtMs < LEAST_MS) return;
    this.#looking ??= this.#look(release).finally(() => {
      this.#askedAtMs = clock.monotonic();
      this.#looking = undefined;
    });
    await this.#looking;
  }

  /** Fetches what was offered. What came of it is in the state. Throws Failed `precondition` when nothing can be fetched now. */
  async fetch(): Promise<void> {
    const release = this.#releaseOrNot();
    const { way, offered, step } = this.#state.current;
    const wanted = this.#package;
    if (way !== 'install') throw notNow('On this system Minos is updated as it was installed.');
    if (offered === undefined || wanted === undefined || step !== undefined)
      throw notNow('There is nothing to fetch now.');
    const fetching = new AbortController();
    this.#fetching = fetching;
    this.#tell({ step: { kind: 'fetching', doneBytes: 0 }, failure: undefined });
    try {
      this.#packages ??= await this.#options.packages(release);
      const onProgress = (doneBytes: number): void => {
        if (!fetching.signal.aborted) this.#tell({ step: { kind: 'fetching', doneBytes } });
      };
      await this.#packages.fetch(
        { ...wanted, version: offered.version, folder: release.url },
        onProgress,
        fetching.signal,
      );
      this.#tell({ step: { kind: 'fetched' } });
    } catch (error) {
      this.#tell({ step: undefined, failure: fetching.signal.aborted ? undefined : this.#said(error) });
    } finally {
      this.#fetching = undefined;
    }
  }

  /** Ends a fetch that is under way. */
  cancel(): void {
    this.#fetching?.abort();
  }

  /**
   * Installs what was fetched, once the user has confirmed it. Throws Failed `precondition` when nothing was fetched and while Minos is
   * needed, `cancelled` when the user says no. What the system does not take is told by the state.
   */
  async install(): Promise<void> {
    const { offered, step } = this.#state.current;
    const packages = this.#packages;
    if (offered === undefined || packages === undefined || step?.kind !== 'fetched') {
      throw notNow('Nothing was fetched that could be installed.');
    }
    this.#expectFree();
    await this.#options.ask(installQuestion(this.#options.version, offered.version), this.#end.signal);
    // Much may have begun while the question stood there.
    this.#expectFree();
    if (this.#state.current.step !== step) throw notNow('Nothing was fetched that could be installed.');
    this.#tell({ step: { kind: 'installing' }, failure: undefined });
    try {
      await packages.install(() => this.#options.busyWith() === undefined);
    } catch (error) {
      const said = this.#said(error);
      // What was only put off can be tried again; what the system refused is fetched anew.
      this.#tell({ step: said.code === 'precondition' ? { kind: 'fetched' } : undefined, failure: said });
    }
  }

  /** Shows where newer versions are. Throws Failed `precondition` where the build names no page. */
  async showPage(): Promise<void> {
    await this.#options.showPage(this.#releaseOrNot().page);
  }

  get #release(): Release | undefined {
    return this.#state.current.way === 'source' ? undefined : this.#options.release;
  }

  #releaseOrNot(): Release {
    if (this.#release === undefined) throw notNow('This build does not look for updates: it names no publisher.');
    return this.#release;
  }

  async #lookOnceADay(): Promise<void> {
    const { chosen, looked, clock } = this.#options;
    if (!chosen.current.isLookingForUpdates || this.#state.current.step !== undefined) return;
    const lookedAtMs = (await looked.read()) ?? -Infinity;
    const ageMs = clock.now() - lookedAtMs;
    // A clock that was put back does not end it for years.
    if (ageMs >= 0 && ageMs < DAY_MS) return;
    if (this.#end.signal.aborted || this.#state.current.step !== undefined) return;
    await this.look();
  }

  async #look({ url: folder }: Release): Promise<void> {
    const { askHttps, clock, looked, platform, arch } = this.#options;
    this.#tell({ isLooking: true });
    try {
      // Before the answer: a day on which nobody answers is over too.
      await looked.write(clock.now());
      const file = { name: versionFileName(platform, arch), folder };
      this.#learn(await readNewest(file, { ask: askHttps, clock }, this.#end.signal));
    } catch (error) {
      this.#tell({ isLooking: false, failure: isCancelled(error) ? undefined : this.#said(error) });
    }
  }

  #learn(newest: VersionFile): void {
    const { platform, arch, version, clock } = this.#options;
    const { step } = this.#state.current;
    // Begun while the question was under way: what is on its way is what was offered, and stays so.
    if (step?.kind === 'fetching' || step?.kind === 'installing') return this.#tell({ isLooking: false });
    const known = this.#package;
    const isNewer = isNewerThan(newest.version, version);
    this.#package = isNewer ? packageFor(newest, platform, arch) : undefined;
    // What was fetched already stays fetched as long as it is the same to the byte.
    const isSame = this.#package !== undefined && this.#package.sha512 === known?.sha512;
    this.#tell({
      isLooking: false,
      lookedAtMs: clock.now(),
      newest: newest.version,
      offered: isNewer ? offerOf(newest, this.#package) : undefined,
      failure: undefined,
      ...(!isSame && { step: undefined }),
    });
  }

  #expectFree(): void {
    const busy = this.#options.busyWith();
    if (busy === undefined) return;
    throw new Failed({
      code: 'precondition',
      message: `Minos cannot be started anew now. ${busy}`,
      hint: 'Wait until it is over. What was fetched stays here until Minos ends.',
      retry: 'safe',
    });
  }

  #said(error: unknown): Failure {
    this.#options.log.write('warn', 'looking for, fetching or installing an update failed', { error });
    if (error instanceof Failed) return error.failure;
    return failureOf({
      code: 'internal',
      message: 'The update failed for a reason that Minos does not know.',
      hint: 'The log has more. Fetch the new version where you got this one.',
      retry: 'safe',
    });
  }

  /** What is undefined is taken away. */
  #tell(change: Change): void {
    const { way, from, isLooking, lookedAtMs, newest, offered, step, failure } = { ...this.#state.current, ...change };
    this.#state.set({
      ...{ way, isLooking, ...(from && { from }) },
      ...(lookedAtMs !== undefined && newest !== undefined && { lookedAtMs, newest }),
      ...{ ...(offered && { offered }), ...(step && { step }), ...(failure && { failure }) },
    });
  }
}

type Told = 'lookedAtMs' | 'newest' | 'offered' | 'step' | 'failure';

/** What becomes known; `undefined` takes something away. */
type Change = { readonly isLooking?: boolean } & { readonly [K in Told]?: UpdateState[K] | undefined };

function wayOf({ isPackaged, release, platform }: UpdatesOptions): UpdateWay {
  if (!isPackaged) return 'source';
  if (release === undefined) return 'unnamed';
  return platform === 'darwin' || platform === 'win32' ? 'install' : 'tell';
}

const fromOf = ({ publisher, url }: Release): NonNullable<UpdateState['from']> => ({
  publisher,
  host: new URL(url).host,
});

/** Never true for a pre-release or what is no version: this Minos stays as it is then. */
function isNewerThan(newest: string, own: string): boolean {
  const [a, b] = [releaseOf(newest), parseVersion(own)];
  return a !== undefined && b !== undefined && compareVersions(a, b) > 0;
}

const offerOf = ({ version, notes, releasedAtMs }: VersionFile, found: UpdatePackage | undefined): OfferedUpdate => ({
  version,
  ...(notes !== undefined && { notes }),
  ...(releasedAtMs !== undefined && { releasedAtMs }),
  ...(found !== undefined && { sizeBytes: found.sizeBytes }),
});

const notNow = (message: string): Failed => new Failed({ code: 'precondition', message, retry: 'safe' });
