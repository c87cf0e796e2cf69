import { assertNever } from '../lib/assert-never.ts';
import { Failed } from '../lib/failed.ts';
import { isMaskedProxy } from '../lib/proxy-address.ts';
import { Secret } from '../lib/secret.ts';
import { asTalosctlWrites, isEmptyValue } from './context-fields.ts';
import { sha256Hex } from '../files/fingerprint.ts';
import { isPlainMap, Literal, plainOf, writtenLength, type PlainMap, type PlainValue } from '../yaml/plain-value.ts';
import { invalidAt, parseYaml, type YamlDocument } from '../yaml/yaml-document.ts';
import { editYaml, parseForEdit, type ParsedForEdit, type YamlEdit } from '../yaml/yaml-edit.ts';

/** Key material as written to the file: base64 of PEM. What is not given is not touched by `set-credentials`. */
export interface CredentialFields {
  readonly ca?: Secret;
  readonly crt?: Secret;
  readonly key?: Secret;
}

/** Everything a context holds, ready to be written elsewhere: taken from a file, or made by {@link contextContent}. Never prints. */
export type ContextContent = Secret<PlainMap>;

/** One change of a talosconfig. Names are spelled as in the file. */
export type TalosconfigEdit =
  /** Sets `context:`; '' means none. */
  | { readonly kind: 'select'; readonly name: string }
  | { readonly kind: 'add'; readonly name: string; readonly content: ContextContent }
  /** Puts other content under a name; fields that only the old content has are removed, comments stay. */
  | { readonly kind: 'overwrite'; readonly name: string; readonly content: ContextContent }
  /** Also moves `context:` when it names this context. */
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  /** Refused for the file's current context, as in talosctl, unless `evenIfCurrent`: then `context:` becomes empty. */
  | { readonly kind: 'remove'; readonly name: string; readonly evenIfCurrent?: boolean }
  | { readonly kind: 'set-endpoints'; readonly name: string; readonly endpoints: readonly string[] }
  | { readonly kind: 'set-nodes'; readonly name: string; readonly nodes: readonly string[] }
  /** '' removes the field. */
  | { readonly kind: 'set-proxy-url'; readonly name: string; readonly proxyUrl: string }
  | { readonly kind: 'set-cluster'; readonly name: string; readonly cluster: string }
  | { readonly kind: 'set-credentials'; readonly name: string; readonly credentials: CredentialFields };

/** What talosctl writes for an empty configuration. */
export const EMPTY_TALOSCONFIG = 'context: ""\ncontexts: {}\n';

/** What the page was shown of a proxy is not its address: writing it would lose the password. */
function refuseMask(proxyUrl: string): void {
  if (!isMaskedProxy(proxyUrl)) return;
  throw new Failed({
    code: 'invalid',
    message: 'The proxy URL holds the sign that stands for a hidden password.',
    hint: 'Write the whole address, with its password.',
    where: { field: 'proxy-url' },
  });
}

/** Longest name that is written: YAML allows no more than 1,024 characters before the colon. */
const MAX_NAME_LENGTH = 1_000;

/**
 * Applies edits to the text of a talosconfig and returns the new text; an empty text starts a new file. Only the lines
 * concerned change. All or nothing: throws Failed with `not-found` (no such context), `conflict` (name taken), `invalid`
 * (bad name or address), `precondition` (the current context is not removed), `file-invalid` (the text cannot be edited).
 */
export function editTalosconfig(text: string, edits: readonly TalosconfigEdit[], file?: string): string {
  const start = withSkeleton(text, file);
  const { plain, yaml } = start;
  if (!isPlainMap(plain)) {
    throw invalidAt(
      'not a talosconfig: the file must be a mapping with “contexts”.',
      yaml.positionOf(yaml.root?.range[0] ?? 0),
      file,
    );
  }
  const contexts = plain.get('contexts');
  // Whatever it is would be lost.
  if (!isPlainMap(contexts) && !isEmptyValue(contexts)) {
    throw invalidAt('“contexts” is not a mapping of names to contexts.', { line: 1, column: 1 }, file);
  }
  const plan = new EditPlan(plain);
  for (const edit of edits) plan.add(edit);
  return editYaml(yaml.text, plan.edits, file, start);
}

/**
 * The contents of all contexts of a text that are mappings, by name, unknown fields included, to be written under the same
 * or another name; empty fields are left out, as talosctl does.
 */
export function allContextContents(text: string, file?: string): ReadonlyMap<string, ContextContent> {
  return contextContents(parseYaml(text, file), file);
}

/** Longest context that is copied, with everything aliases share written out: no real one comes near it. */
const MAX_WRITTEN = 4 * 1024 * 1024;

/** The same for a text that is parsed already. */
export function contextContents(yaml: YamlDocument, file?: string): ReadonlyMap<string, ContextContent> {
  const root = plainOf(yaml, file);
  const contexts = isPlainMap(root) ? root.get('contexts') : undefined;
  if (!isPlainMap(contexts)) return new Map();
  return new Map(
    [...contexts].flatMap(([name, value]) =>
      isPlainMap(value) && writtenLength(value) <= MAX_WRITTEN
        ? [[name, new Secret(asTalosctlWrites(value))] as const]
        : [],
    ),
  );
}

/** {@link contentHash} of every context, by name: what is compared of a large file, without its contents. */
export function contentHashes(text: string, file?: string): ReadonlyMap<string, string> {
  return new Map([...allContextContents(text, file)].map(([name, content]) => [name, contentHash(content)]));
}

/** Makes the content of a new context. Empty fields are left out, as talosctl does; `endpoints` is always written. */
export function contextContent(fields: {
  readonly endpoints?: readonly string[];
  readonly nodes?: readonly string[];
  readonly ca?: Secret;
  readonly crt?: Secret;
  readonly key?: Secret;
  readonly cluster?: string;
  readonly proxyUrl?: string;
}): ContextContent {
  const content = new Map<string, PlainValue>([['endpoints', addresses(fields.endpoints ?? [], 'endpoints')]]);
  if (fields.nodes && fields.nodes.length > 0) content.set('nodes', addresses(fields.nodes, 'nodes'));
  const texts = [
    ['ca', fields.ca?.reveal()],
    ['crt', fields.crt?.reveal()],
    ['key', fields.key?.reveal()],
    ['cluster', fields.cluster],
    ['proxy-url', fields.proxyUrl],
  ] as const;
  for (const [name, value] of texts) if (value) content.set(name, value);
  return new Secret(content);
}

/** The key material of a content, to be written into another context. */
export function credentialsOf(content: ContextContent): CredentialFields {
  const fields = content.reveal();
  const secret = (name: string): Secret | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' && value !== '' ? new Secret(value) : undefined;
  };
  const [ca, crt, key] = [secret('ca'), secret('crt'), secret('key')];
  return { ...(ca ? { ca } : {}), ...(crt ? { crt } : {}), ...(key ? { key } : {}) };
}

/** Lower-case hex SHA-256 that is equal for contents that mean the same: order of fields, empty fields and layout do not count. */
export function contentHash(content: ContextContent): string {
  // What aliases share is hashed once.
  const known = new Map<PlainValue, string>();
  const canonical = (value: PlainValue): string => {
    if (typeof value === 'string') return value === '' ? EMPTY : JSON.stringify(value);
    // A number is read as text by talosctl; nothing and null are the same.
    if (value instanceof Literal) return value.isNull ? EMPTY : JSON.stringify(value.text);
    const before = known.get(value);
    if (before !== undefined) return before;
    const parts = isPlainMap(value)
      ? [...value]
          .map(([name, item]) => [name, canonical(item)] as const)
          .filter(([, item]) => item !== EMPTY)
          .sort(([a], [b]) => (a < b ? -1 : 1))
      : value.map(canonical);
    const hash = parts.length === 0 ? EMPTY : sha256Hex(JSON.stringify(parts));
    known.set(value, hash);
    return hash;
  };
  return canonical(content.reveal());
}

const EMPTY = '';

/** The text, parsed; one that holds nothing but comments gets `context` and `contexts` first. */
function withSkeleton(text: string, file: string | undefined): ParsedForEdit {
  const start = parseForEdit(text, file);
  if (start.yaml.root !== undefined) return start;
  if (start.yaml.document && /^\s*[^#\s\uFEFF]/m.test(text)) {
    throw invalidAt('an empty YAML document with markers; Minos does not add to it.', { line: 1, column: 1 }, file);
  }
  const lineBreak = text === '' || text === '\uFEFF' || text.endsWith('\n') ? '' : '\n';
  const skeleton = text.includes('\r\n') ? EMPTY_TALOSCONFIG.replaceAll('\n', '\r\n') : EMPTY_TALOSCONFIG;
  return parseForEdit(text + lineBreak + skeleton, file);
}

/** Checks edits against the state the ones before leave, and translates them to YAML edits. */
class EditPlan {
  readonly edits: YamlEdit[] = [];
  /** Contexts by name, as they will be. */
  readonly #contexts: Map<string, PlainMap | undefined>;
  #current: string;
  #hasContexts: boolean;

  constructor(root: PlainMap) {
    const contexts = root.get('contexts');
    const current = root.get('context');
    this.#hasContexts = isPlainMap(contexts);
    this.#contexts = new Map(
      isPlainMap(contexts) ? [...contexts].map(([name, value]) => [name, isPlainMap(value) ? value : undefined]) : [],
    );
    this.#current =
      typeof current === 'string' ? current : current instanceof Literal && !current.isNull ? current.text : '';
  }

  add(edit: TalosconfigEdit): void {
    const { name } = edit;
    switch (edit.kind) {
      case 'select':
        if (name !== '') this.#get(name);
        this.#select(name);
        return;
      case 'add':
        checkName(name);
        if (this.#contexts.has(name)) throw taken(name);
        this.#put(name, edit.content.reveal());
        return;
      case 'overwrite':
        this.#get(name);
        this.#put(name, edit.content.reveal());
        return;
      case 'rename':
        this.#rename(name, edit.to);
        return;
      case 'remove':
        this.#remove(name, edit.evenIfCurrent ?? false);
        return;
      case 'set-endpoints':
        this.#field(name, 'target', undefined);
        this.#field(name, 'endpoints', addresses(edit.endpoints, 'endpoints'));
        return;
      case 'set-nodes':
        this.#field(name, 'nodes', edit.nodes.length === 0 ? undefined : addresses(edit.nodes, 'nodes'));
        return;
      case 'set-proxy-url':
        refuseMask(edit.proxyUrl);
        this.#field(name, 'proxy-url', edit.proxyUrl.trim() || undefined);
        return;
      case 'set-cluster':
        this.#field(name, 'cluster', edit.cluster.trim() || undefined);
        return;
      case 'set-credentials':
        for (const field of ['ca', 'crt', 'key'] as const) {
          const value = edit.credentials[field];
          if (value) this.#field(name, field, value.reveal());
        }
        return;
      default:
        assertNever(edit);
    }
  }

  #get(name: string): PlainMap | undefined {
    if (!this.#contexts.has(name)) {
      throw new Failed({
        code: 'not-found',
        message: `The file has no context “${name}”.`,
        hint: 'Read the file again.',
        where: { context: name },
      });
    }
    return this.#contexts.get(name);
  }

  #put(name: string, content: PlainMap): void {
    if (!this.#hasContexts) {
      this.#hasContexts = true;
      this.edits.push({ kind: 'set', path: ['contexts'], value: new Map([[name, content]]) });
    } else this.edits.push({ kind: 'set', path: ['contexts', name], value: content });
    this.#contexts.set(name, content);
  }

  #rename(name: string, to: string): void {
    this.#get(name);
    if (name === to) return;
    checkName(to);
    if (this.#contexts.has(to)) throw taken(to);
    this.edits.push({ kind: 'rename', path: ['contexts', name], to });
    this.#contexts.set(to, this.#contexts.get(name));
    this.#contexts.delete(name);
    if (this.#current === name) this.#select(to);
  }

  #remove(name: string, evenIfCurrent: boolean): void {
    this.#get(name);
    if (this.#current === name) {
      if (!evenIfCurrent) {
        throw new Failed({
          code: 'precondition',
          message: `“${name}” is the file's current context.`,
          hint: 'Select another context first.',
          where: { context: name },
        });
      }
      this.#select('');
    }
    this.edits.push({ kind: 'remove', path: ['contexts', name] });
    this.#contexts.delete(name);
  }

  #select(name: string): void {
    this.#current = name;
    this.edits.push({ kind: 'set', path: ['context'], value: name });
  }

  #field(name: string, field: string, value: PlainValue | undefined): void {
    const old = this.#get(name);
    const path = ['contexts', name, field];
    const content = new Map(old);
    if (value === undefined) content.delete(field);
    else content.set(field, value);
    // A context that is null has no fields to set: it becomes a mapping.
    if (old === undefined) this.edits.push({ kind: 'set', path: ['contexts', name], value: content });
    else this.edits.push(value === undefined ? { kind: 'remove', path } : { kind: 'set', path, value });
    this.#contexts.set(name, content);
  }
}

const taken = (name: string): Failed =>
  new Failed({
    code: 'conflict',
    message: `A context “${name}” exists already.`,
    hint: 'Choose another name.',
    where: { context: name },
  });

function checkName(name: string): void {
  const problem =
    name.length > MAX_NAME_LENGTH
      ? `The name of a context may have at most ${MAX_NAME_LENGTH} characters.`
      : !name.isWellFormed()
        ? 'The name of the context holds half a character.'
        : undefined;
  if (problem)
    throw new Failed({ code: 'invalid', message: problem, hint: 'Choose another name.', where: { field: 'name' } });
}

function addresses(list: readonly string[], field: string): readonly string[] {
  const trimmed = list.map((value) => value.trim());
  const bad = trimmed.findIndex((value) => value === '' || /\p{Cc}/u.test(value) || !value.isWellFormed());
  if (bad !== -1) {
    throw new Failed({
      code: 'invalid',
      message: `Entry ${bad + 1} of ${field} is empty or holds a control character.`,
      hint: 'Write an address, or remove the entry.',
      where: { field: `${field}[${bad}]` },
    });
  }
  return trimmed;
}
