import { chmod } from 'node:fs/promises';
import type { DialPreview, NodesState, WrittenChange } from '../../../preload/contract/index.ts';
import { toFileFailed } from '../../files/file-failure.ts';
import type { History } from '../../files/history.ts';
import type { SettingsFile } from '../../files/settings.ts';
import { contextContent, type TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import { MAX_TALOSCONFIGS } from '../../files/own/settings-schema.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import { readFileBytes, type FileBytes } from '../../files/read-file.ts';
import { readSettled } from '../../files/settled-file.ts';
import type { IdentityReader } from '../../credentials/identity-reader.ts';
import { readClosedIdentity } from '../../credentials/closed-credentials.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import { parseEndpoint } from '../../lib/endpoint-address.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Ask } from '../confirm.ts';
import type { Plans } from '../plans/plans.ts';
import { FileChanges } from './file-changes.ts';
import { Imports } from './imports.ts';
import { issuePlan, type ScopedConfigWish } from './issue-plan.ts';
import type { OpenFile } from './open-file.ts';
import { Renewals } from './renewals.ts';
import type { TalosconfigSession } from './talosconfig-session.ts';

export interface TalosconfigEditingOptions {
  readonly session: TalosconfigSession;
  readonly history: History;
  readonly texts: TextWorkers;
  readonly identities: IdentityReader;
  readonly settings: SettingsFile;
  /** Notes new files while they are written. */
  readonly unfinished?: Unfinished;
  readonly plans: Plans;
  readonly clock: Clock;
  readonly connection: (context: string) => Caller;
  /** The machines of a context as far as they are known. */
  readonly nodes: (context: string) => Pick<NodesState, 'nodes'>;
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  /** Keys of every host that a file of the user names now (named-hosts.ts). */
  readonly namedHosts: () => Promise<ReadonlySet<string>>;
}

/** An edit of one context, without its name. */
type ContextEdit = TalosconfigEdit extends infer E
  ? E extends { readonly name: string }
    ? Omit<E, 'name'>
    : never
  : never;

/** Everything that changes talosconfig files: imports, edits, renewals, undo. */
export class TalosconfigEditing {
  readonly changes: FileChanges;
  readonly imports: Imports;
  readonly renewals: Renewals;
  readonly #options: TalosconfigEditingOptions;

  constructor(options: TalosconfigEditingOptions) {
    const { session, history, texts, identities, clock, connection, nodes, ask, namedHosts, plans } = options;
    this.#options = options;
    this.changes = new FileChanges({ history, texts, clock, ask, namedHosts, session });
    const { changes } = this;
    plans.written.add(changes);
    this.imports = new Imports({ target: () => session.primary, changes, plans, texts, identities, clock });
    this.renewals = new Renewals({
      changes,
      plans,
      texts,
      clock,
      connection,
      nodes,
      context: (id) => session.context(id),
      file: (path) => session.file(path),
    });
  }

  /**
   * One edit of one context, in the file it stands in: made and applied in one go, since it says all there is to see, is
   * asked about where it must be, and can be undone. `what` gets the context's name.
   */
  edit(id: string, edit: ContextEdit, what: (name: string) => string, signal?: AbortSignal): Promise<WrittenChange> {
    const { session, plans } = this.#options;
    const { raw, summary } = session.context(id);
    const edits = [{ ...edit, name: raw.name } as TalosconfigEdit];
    const file = (): OpenFile => session.file(summary.file);
    return plans.carryOut(this.changes.plan({ file, edits, what: what(raw.name) }), signal);
  }

  /** A new context; with files, their raw bytes are stored as talosctl does, after they were checked. */
  async add(
    name: string,
    lists: { readonly endpoints: readonly string[]; readonly nodes: readonly string[] },
    files: { readonly ca: string; readonly crt: string; readonly key: string } | undefined,
    signal?: AbortSignal,
  ): Promise<WrittenChange> {
    const { session, clock, plans } = this.#options;
    const credentials = files && {
      ca: await base64Of(files.ca, clock),
      crt: await base64Of(files.crt, clock),
      key: await base64Of(files.key, clock),
    };
    if (credentials) {
      const broken = readClosedIdentity(credentials, clock.now()).problems.find(({ severity }) => severity === 'error');
      if (broken) {
        const field = broken.field as keyof typeof files | undefined;
        throw new Failed({
          code: 'file-invalid',
          message: broken.message,
          ...(broken.hint !== undefined && { hint: broken.hint }),
          where: { ...(field !== undefined && { file: files[field], field }) },
        });
      }
    }
    const content = contextContent({ ...lists, ...credentials });
    const edits: readonly TalosconfigEdit[] = [{ kind: 'add', name, content }];
    const plan = this.changes.plan({ file: () => session.primary, edits, what: `Added the context ${name}` });
    return plans.carryOut(plan, signal);
  }

  /**
   * A scoped talosconfig from the cluster, written to a new file: `choosePath` asks for its place after everything else
   * was confirmed, and throws when the user did not say one.
   */
  issue(
    id: string,
    wish: ScopedConfigWish,
    choosePath: () => Promise<string>,
    signal?: AbortSignal,
  ): Promise<WrittenChange> {
    const { session, texts, unfinished, plans } = this.#options;
    const { summary } = session.context(id);
    const issue: Renewals['issue'] = (...asked) => this.renewals.issue(...asked);
    return plans.carryOut(issuePlan(summary, wish, { issue, choosePath, texts, unfinished }), signal);
  }

  /** What would be dialled (docs/talos-behaviour.md §5.1). */
  dialPreview(endpoints: readonly string[]): readonly DialPreview[] {
    return endpoints.map((endpoint) => {
      const parsed = parseEndpoint(endpoint);
      return 'problem' in parsed ? { endpoint, problem: parsed.problem } : { endpoint, target: parsed.target };
    });
  }

  /** Opens the files that were open beside the primary one when Minos ended. */
  async reopen(): Promise<void> {
    const { session, settings } = this.#options;
    await session.openBeside((await settings.read()).talosconfigs);
  }

  /** Throws Failed `too-large` for more files than are remembered; nothing is opened then. */
  async openBeside(paths: readonly string[]): Promise<void> {
    const { session } = this.#options;
    if (new Set([...session.pathsBeside, ...paths]).size > MAX_TALOSCONFIGS) {
      throw new Failed({
        code: 'too-large',
        message: `At most ${MAX_TALOSCONFIGS} talosconfigs can be open beside the one in use.`,
        hint: 'Close one that you do not need.',
      });
    }
    await session.openBeside(paths);
    await this.#remember((old) => [...new Set([...old, ...paths])]);
  }

  async closeBeside(path: string): Promise<void> {
    this.#options.session.closeBeside(path);
    await this.#remember((old) => old.filter((one) => one !== path));
  }

  /** Takes the rights of other users from a file. */
  async makePrivate(path: string): Promise<void> {
    const file = this.#options.session.file(path);
    await chmod(path, 0o600).catch((error: unknown) => {
      throw toFileFailed(error, path);
    });
    await file.reload();
  }

  /** Only the difference is written: what could not be opened at start is not forgotten for it. */
  async #remember(change: (old: readonly string[]) => readonly string[]): Promise<void> {
    await this.#options.settings.update((settings) => ({
      ...settings,
      talosconfigs: change(settings.talosconfigs).slice(-MAX_TALOSCONFIGS),
    }));
  }
}

const MAX_PEM_BYTES = 256 * 1024;

async function base64Of(path: string, clock: Clock): Promise<Secret> {
  const read = (at: string): Promise<FileBytes> => readFileBytes(at, MAX_PEM_BYTES);
  try {
    return new Secret((await readSettled(path, { clock, read })).bytes.toString('base64'));
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.code !== 'too-large') throw error;
    throw new Failed({
      code: 'too-large',
      message: `${path} is too large for a certificate or key.`,
      where: { file: path },
    });
  }
}
