import { basename, dirname, join } from 'node:path';
import type {
  ConfigEditProblem,
  ConfigMode,
  ConfigSource,
  ConfigVerdict,
  EditedConfig,
  KeptBefore,
  LibraryPatch,
  OpenedConfig,
  PatchedConfig,
  PatchFile,
} from '../../../preload/contract/index.ts';
import { talosVersion } from '../deeds/kit/talos-version.ts';
import type { ChosenConfig, ConfigDesk } from '../deeds/config/config-desk.ts';
import { patchTexts } from '../deeds/config/patch-params.ts';
import { sha256Hex } from '../../files/fingerprint.ts';
import type { History } from '../../files/history.ts';
import { decodeText, readFileBytes } from '../../files/read-file.ts';
import { readSettled } from '../../files/settled-file.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { Secret } from '../../lib/secret.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Plans } from '../plans/plans.ts';
import type { Shelf } from '../plans/tokens.ts';
import { ConfigFiles } from './config-files.ts';
import { ConfigComparisons } from './compare-nodes.ts';
import { configHash } from './config-hash.ts';
import type { KeptConfigs } from './kept-configs.ts';
import { PatchLibrary } from './patch-library.ts';
import { readNodeConfig } from './read-node-config.ts';

/** What {@link MachineConfigs} work with. */
export interface MachineConfigsOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Patches are kept beside Minos's settings. */
  readonly settingsPath: string;
  readonly plans: Plans;
  readonly texts: TextWorkers;
  readonly history: History;
  /** What deeds replaced. */
  readonly kept: KeptConfigs;
  /** Which cluster a context is of, as `DeedPlace` says it. Throws Failed. */
  readonly cluster: (context: string) => string;
  /** The caller of a context. Throws Failed. */
  readonly connection: (context: string) => Caller;
}

/** A config that is looked at. Holds its secrets. */
interface Opened {
  readonly source: ConfigSource;
  readonly text: Secret;
  /** Of its file, as it was read. */
  readonly bytes: Uint8Array | undefined;
  readonly values: readonly Secret[];
  /** Of Talos on the machine, `v1.13.2`; empty where it is not known. */
  readonly version: string;
  /** Of an edited one: SHA-256 of the config of the machine that it was made from. */
  readonly basis?: string;
}

/** Characters and lines that are shown, and the largest file that is read. */
const MOST_SHOWN = 600_000;
const MOST_LINES = 20_000;
const MAX_BYTES = 3 * 1024 * 1024;
/** The largest file of a patch. */
const MOST_PATCH_BYTES = 400_000;

/** Machine configs that the user looks at: of nodes and of files. What leaves has placeholders for secrets. */
export class MachineConfigs {
  /** Patches that the user keeps. */
  readonly patches: PatchLibrary;
  /** What deeds on configs take from here. */
  readonly desk: Pick<ConfigDesk, 'chosen' | 'patchText'> = {
    chosen: (token) => this.#chosen(token),
    patchText: (token) => this.#patchFiles.find(token)?.reveal(),
  };
  /** Configs of many nodes beside each other. */
  readonly comparisons: ConfigComparisons;
  readonly #options: MachineConfigsOptions;
  readonly #files: ConfigFiles;
  readonly #opened: Shelf<Opened>;
  readonly #patchFiles: Shelf<Secret>;

  constructor(options: MachineConfigsOptions) {
    this.#options = options;
    const { clock, log, settingsPath } = options;
    this.patches = new PatchLibrary({ path: join(dirname(settingsPath), 'patches.json'), clock, log });
    this.#files = new ConfigFiles(options.history);
    // Whoever edits one for an hour looks at it all the time.
    this.#opened = options.plans.tokens.shelf({ what: 'This machine config', hint: 'Read it again.', isRenewed: true });
    this.#patchFiles = options.plans.tokens.shelf({
      what: 'This patch',
      hint: 'Choose its file again.',
      isRenewed: true,
    });
    options.plans.written.add(this.#files);
    const opened = (token: string): Secret | undefined => this.#opened.find(token)?.text;
    this.comparisons = new ConfigComparisons({ ...options, tokens: options.plans.tokens, opened });
  }

  /** Opens a file that the user chose. Throws Failed: `file-invalid` with the line for what is no machine config. */
  async open(path: string): Promise<OpenedConfig> {
    const { clock } = this.#options;
    const { bytes } = await readSettled(path, { clock, read: (at) => readFileBytes(at, MAX_BYTES) });
    const opened = await this.#keep({ kind: 'file', file: path }, new Secret(decodeText(bytes, path)), { bytes });
    this.#files.opened(path);
    return opened;
  }

  /** Reads the config of a node. Throws Failed; `denied` without os:admin. */
  async read(context: string, node: string, signal: AbortSignal): Promise<OpenedConfig> {
    const { connection, texts } = this.#options;
    const caller = connection(context);
    const [text, version] = await Promise.all([
      readNodeConfig(caller, node, texts, signal),
      // Without it the config is shown all the same.
      talosVersion({ caller, node, signal }).catch(() => ''),
    ]);
    return this.#keep({ kind: 'node', context, node }, text, { version });
  }

  /** Takes the file that the user chose for a patch of a line. It stays here. Throws Failed. */
  async choosePatch(path: string): Promise<Required<PatchFile>> {
    const { bytes } = await readFileBytes(path, MOST_PATCH_BYTES);
    const text = decodeText(bytes, path);
    return { name: basename(path), token: this.#patchFiles.keep(new Secret(text), text.length) };
  }

  /** One that is looked at, to be applied; undefined for an old one. */
  readonly #chosen = (token: string): ChosenConfig | undefined => {
    const found = this.#opened.find(token);
    if (found === undefined) return undefined;
    const { source, text, basis } = found;
    if (source.kind === 'file') return { text };
    return { text, from: { context: source.context, node: source.node }, basis: basis ?? configHash(text) };
  };

  /** Configs that deeds replaced on a machine, newest first, to be put back. */
  async before(context: string, node: string): Promise<readonly KeptBefore[]> {
    const kept = await this.#options.kept.of(this.#options.cluster(context), node);
    return kept.map(({ id, atMs, what }) => ({ id, atMs, what }));
  }

  /** One secret, by its index. Throws Failed `not-found`. */
  reveal(token: string, secret: number): { readonly value: string } {
    const value = this.#opened.get(token).values[secret];
    if (value === undefined) throw new Failed({ code: 'not-found', message: 'This config has no such secret.' });
    return { value: value.reveal() };
  }

  /** Common jobs as patches for it, in the form that its Talos and its documents take. Throws Failed `not-found`. */
  jobs(token: string): Promise<readonly LibraryPatch[]> {
    const { text, version } = this.#opened.get(token);
    return this.#options.texts.commonJobs(text, version);
  }

  /** What is wrong with its masked text while that is edited. Throws Failed `not-found`. */
  judge(token: string, edited: string, mode: ConfigMode): Promise<readonly ConfigEditProblem[]> {
    const { text, version } = this.#opened.get(token);
    return this.#options.texts.judgeEdit(text, edited, mode, version);
  }

  /**
   * What its masked text, edited, would change, and the plan that writes it into its file. Throws Failed `file-invalid` for what is no
   * config, and for placeholders that stand for no secret of it.
   */
  async edit(token: string, edited: string): Promise<EditedConfig> {
    const { texts } = this.#options;
    const opened = this.#opened.get(token);
    const { text } = await texts.fillSecrets(opened.text, edited);
    const { isChanged, diff } = await texts.changeConfig(opened.text, { text: new Secret(text) });
    const basis = opened.basis ?? configHash(opened.text);
    const draft = this.#opened.keep({ ...opened, text: new Secret(text), values: [], basis }, text.length);
    // In a file a comment is a change as well.
    const isOther = sha256Hex(text) !== configHash(opened.text);
    return { isChanged, diff, draft, ...(isOther && this.#plan(opened, text)) };
  }

  /** What patches make of it, and the plan that writes it. Throws Failed `file-invalid` with talosctl's words. */
  async patch(token: string, patches: readonly string[]): Promise<PatchedConfig> {
    const { texts } = this.#options;
    const opened = this.#opened.get(token);
    const { text } = opened;
    const { text: after, isChanged } = await texts.patchConfig(text, patchTexts(patches, this.desk));
    if (!isChanged) return { isChanged, diff: [] };
    const diff = await texts.maskedDiff(text, after);
    return { isChanged, diff, ...this.#plan(opened, after) };
  }

  /** What patches make of a config in a file, as the text of another one. Throws Failed: `invalid` for one of a node, see {@link patch}. */
  async patched(token: string, patches: readonly string[]): Promise<{ readonly stem: string; readonly text: string }> {
    const { source, text } = this.#opened.get(token);
    if (source.kind !== 'file') throw new Failed({ code: 'invalid', message: 'The config of a node stays in Minos.' });
    const after = await this.#options.texts.patchConfig(text, patchTexts(patches, this.desk));
    return { stem: `${basename(source.file).replace(/\.[^.]*$/, '')}-patched`, text: after.text };
  }

  /** What writes another text into its file; nothing for a config of a node. */
  #plan({ source, bytes }: Opened, after: string): Pick<PatchedConfig, 'plan'> {
    if (source.kind !== 'file' || bytes === undefined) return {};
    const write = { path: source.file, sha256: sha256Hex(bytes), before: bytes, after: Buffer.from(after) };
    return { plan: this.#options.plans.keep(this.#files.plan(write), after.length + bytes.byteLength) };
  }

  /** What Talos would say of it, and which fields have a newer form there. Throws Failed `file-invalid` for what cannot be loaded. */
  async validate(token: string, mode: ConfigMode, isStrict: boolean): Promise<readonly ConfigVerdict[]> {
    const opened = this.#opened.get(token);
    const found = await this.#options.texts.checkConfig(opened.text, mode, isStrict, opened.version);
    return found.map(({ severity, text, document, line }) => ({
      ...{ severity, text },
      ...(document !== undefined && { document }),
      ...(line !== undefined && { line }),
    }));
  }

  async #keep(
    source: ConfigSource,
    text: Secret,
    { bytes, version = '' }: Partial<Pick<Opened, 'bytes' | 'version'>>,
  ): Promise<OpenedConfig> {
    const { clock, texts } = this.#options;
    const { text: masked, secrets, documents } = await texts.readConfig(text);
    const values = secrets.map(({ value }) => new Secret(value));
    const weight = masked.length + values.length * 100 + secrets.reduce((sum, { value }) => sum + value.length * 2, 0);
    // An editor has one kind of line end; what is written back has that of the file.
    const whole = masked.replaceAll('\r\n', '\n');
    const shown = shownPart(whole);
    return {
      token: this.#opened.keep({ source, text, bytes, values, version }, weight + (bytes?.byteLength ?? 0)),
      ...{ source, readAtMs: clock.now(), documents },
      text: shown,
      isCut: shown.length < whole.length,
      secrets: secrets.map(({ path, line, placeholder }) => ({ path, line, placeholder })),
    };
  }
}

/** What is shown of a text: whole lines within both bounds. */
function shownPart(text: string): string {
  let end = 0;
  for (let lines = 0; lines < MOST_LINES && end < text.length; lines++) {
    const next = text.indexOf('\n', end) + 1 || text.length;
    if (next > MOST_SHOWN) break;
    end = next;
  }
  return text.slice(0, end);
}
