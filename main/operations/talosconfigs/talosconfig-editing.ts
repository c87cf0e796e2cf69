import { chmod } from 'node:fs/promises';
import type { AppliedChange, DialPreview, NodesState } from '../../../preload/contract/index.ts';
import { toFileFailed } from '../../files/file-failure.ts';
import type { History } from '../../files/history.ts';
import type { SettingsFile } from '../../files/settings.ts';
import { contextContent, type TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import { kindOf } from '../../files/own/own-file.ts';
import { MAX_TALOSCONFIGS } from '../../files/own/settings-schema.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import { readFileBytes, type FileBytes } from '../../files/read-file.ts';
import { readSettled } from '../../files/settled-file.ts';
import { placeToWrite, writeWholeFile } from '../../files/write-whole-file.ts';
import type { IdentityReader } from '../../credentials/identity-reader.ts';
import { readIdentity } from '../../credentials/read-identity.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import { visible } from '../../lib/visible.ts';
import { parseEndpoint } from '../../pool/endpoint-address.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Ask } from '../confirm.ts';
import { FileChanges, type ApplyOptions } from './file-changes.ts';
import { Imports } from './imports.ts';
import { issuedTalosconfig } from './issued-talosconfig.ts';
import { longLifeQuestion, USUAL_HOURS } from './questions.ts';
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
    const { session, history, texts, identities, clock, connection, nodes, ask, namedHosts } = options;
    this.#options = options;
    this.changes = new FileChanges({
      history,
      texts,
      clock,
      ask,
      namedHosts,
      onConflict: (conflict) => {
        session.reportConflict(conflict);
      },
    });
    const { changes } = this;
    this.imports = new Imports({ target: () => session.primary, changes, texts, identities, clock });
    this.renewals = new Renewals({
      changes,
      texts,
      clock,
      connection,
      nodes,
      context: (id) => session.context(id),
      file: (path) => session.file(path),
    });
  }

  /** One edit of one context, in the file it stands in. `what` gets the context's name. */
  edit(
    id: string,
    edit: ContextEdit,
    what: (name: string) => string,
    options?: Pick<ApplyOptions, 'signal'>,
  ): Promise<AppliedChange> {
    const { session } = this.#options;
    const { raw, summary } = session.context(id);
    const named = { ...edit, name: raw.name } as TalosconfigEdit;
    return this.changes.apply(session.file(summary.file), [named], what(raw.name), options);
  }

  /** A new context; with files, their raw bytes are stored as talosctl does, after they were checked. */
  async add(
    name: string,
    lists: { readonly endpoints: readonly string[]; readonly nodes: readonly string[] },
    files: { readonly ca: string; readonly crt: string; readonly key: string } | undefined,
    options?: Pick<ApplyOptions, 'signal'>,
  ): Promise<AppliedChange> {
    const { session, clock } = this.#options;
    const credentials = files && {
      ca: await base64Of(files.ca, clock),
      crt: await base64Of(files.crt, clock),
      key: await base64Of(files.key, clock),
    };
    if (credentials) {
      const fields = { ca: credentials.ca.reveal(), crt: credentials.crt.reveal(), key: credentials.key.reveal() };
      const broken = readIdentity(fields, clock.now()).problems.find(({ severity }) => severity === 'error');
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
    return this.changes.apply(session.primary, [{ kind: 'add', name, content }], `Added the context ${name}`, options);
  }

  /** Asks before something is issued that lasts longer than a renewal; the system's dialog for the file comes after it. */
  async askToIssue(
    id: string,
    { roles, hours }: { readonly roles: readonly string[]; readonly hours: number },
    signal: AbortSignal,
  ): Promise<void> {
    const { session, ask } = this.#options;
    const { name } = session.context(id).summary;
    if (hours > USUAL_HOURS) await ask(longLifeQuestion(name, roles, hours), signal);
  }

  /** A scoped talosconfig from the cluster, written to a new file of the user's choice. */
  async issue(
    id: string,
    wish: { readonly roles: readonly string[]; readonly hours: number },
    path: string,
    signal: AbortSignal,
  ): Promise<AppliedChange> {
    const { session, texts, unfinished } = this.#options;
    const { summary } = session.context(id);
    await refuseExisting(path);
    const place = await placeToWrite(path);
    const issued = await this.renewals.issue(id, wish.roles, wish.hours, signal);
    // The cluster leaves the endpoints empty; those in use now are what works (docs/talos-behaviour.md §3.1, config new).
    const asker = { context: summary.name, endpoints: summary.endpoints };
    await writeWholeFile(place, [await issuedTalosconfig(issued, asker, texts)], unfinished);
    return {
      file: path,
      what: `Saved a talosconfig with ${wish.roles.join(', ')} for ${wish.hours} h as ${visible(path)}`,
    };
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

/** As talosctl does: nothing that is there is replaced, whatever a dialog was told; it may be the user's own talosconfig. */
async function refuseExisting(path: string): Promise<void> {
  if ((await kindOf(path)) === 'missing') return;
  throw new Failed({
    code: 'conflict',
    message: `${path} exists already; nothing was asked of the cluster.`,
    hint: 'Choose a name that is not taken.',
    where: { file: path },
  });
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
