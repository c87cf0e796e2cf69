import * as v from 'valibot';

/** A schema whose input is checked in main before a handler sees it. */
export type AnySchema = v.GenericSchema;

/** One row of the call table: the input's schema, and (as a type only) what it answers. */
export interface CallDefinition<S extends AnySchema, O> {
  readonly input: S;
  /** Never present at run time; carries the result type. */
  readonly output?: O;
}

/** `call<Result>()(schema)`: the result type is written, the schema's type is inferred. */
export const call =
  <O>() =>
  <S extends AnySchema>(input: S): CallDefinition<S, O> => ({ input });

/** For calls and topics without input. */
export const nothing = v.strictObject({});

/** A context's id: its name as it stands in the file (`010`, `~` and `__proto__` are legal), or `path#name`. */
export const contextName = v.pipe(v.string(), v.maxLength(6000));

/** A file as the state of the talosconfigs lists it; main refuses any other path. */
export const filePath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

/** A node as the user wrote it. */
export const nodeName = v.pipe(v.string(), v.minLength(1), v.maxLength(253));

/** A list of nodes for one run. */
export const nodeList = v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(5000));

/** A resource type, namespace or id as typed. */
export const resourceWord = v.pipe(v.string(), v.minLength(1), v.maxLength(512));

/** Id of a run, as its `started` event says. */
export const runId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** Name of a saved group of nodes: a word, so that `@name` can be written in a selection. */
export const groupName = v.pipe(v.string(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u), v.maxLength(64));

/** Names what main keeps for a later call: a plan, dropped files. */
export const token = v.pipe(v.string(), v.uuid());

/** Longest name that can be written as a YAML key. */
export const newName = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));

/** A short text, such as an address. */
export const shortText = v.pipe(v.string(), v.maxLength(2048));

/** A value of a parameter, as a page gives it. */
const paramValue = v.union([v.pipe(v.string(), v.maxLength(16_384)), v.boolean()]);

/** Parameters of a command or a deed, by their ids; main checks them against its own list. */
export const commandParams = v.pipe(v.record(v.pipe(v.string(), v.maxLength(64)), paramValue), v.maxEntries(64));
