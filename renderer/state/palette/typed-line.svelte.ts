import type { Outcome, ResourceTypeSummary, TalosctlCompletion, TalosctlRun } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import type { Session } from '../context.ts';
import { sessionPart } from '../session-part.ts';
import { knownTypes } from './known-types.svelte.ts';

/** A line of talosctl as main reads it. */
export interface ReadLine {
  readonly line: string;
  /** Undefined for the program's name alone. */
  readonly run: Outcome<TalosctlRun> | undefined;
  readonly completion: TalosctlCompletion | undefined;
  /** What may stand for a type of resources, where the line wants one. */
  readonly types: readonly { readonly text: string; readonly about: string }[];
}

const LINE = /^\s*(?:[$#]\s+)?(talosctl(?:\.exe)?(?:\s[\s\S]*)?)$/;
/** Longer ones are pasted into the dialog. */
const MOST_CHARACTERS = 4096;

/** The line of talosctl in a text, as it is typed or pasted from a terminal, also behind its prompt; undefined for other texts. */
export function lineIn(text: string): string | undefined {
  const line = LINE.exec(text)?.[1];
  return line === undefined || line.length > MOST_CHARACTERS ? undefined : line;
}

/** The line of talosctl that is typed into the palette. Reading one runs nothing and asks no node but for the names of resource types. */
class TypedLine {
  readonly #client: Client;
  readonly #types: ReturnType<typeof knownTypes>;
  #wanted: string | undefined;
  #read = $state.raw<ReadLine | undefined>();

  constructor(session: Session) {
    this.#client = session.client;
    this.#types = knownTypes(session);
  }

  /** How a line was read; undefined while that is not known yet. */
  of(line: string): ReadLine | undefined {
    return this.#read?.line === line ? this.#read : undefined;
  }

  /** Reads what was typed, if it is such a line. `context` is asked for its types of resources where one is wanted. */
  async read(text: string, context: string | undefined): Promise<void> {
    const line = lineIn(text);
    this.#wanted = line;
    if (line === undefined) return;
    const [run, completion] = await Promise.all([
      /\s\S/.test(line) ? this.#client.call('runs.parseTalosctl', { line }) : undefined,
      this.#client.call('runs.completeTalosctl', { line }),
    ]);
    if (this.#wanted !== line) return;
    const known = completion.ok ? completion.value : undefined;
    const types = this.#types.of(context);
    this.#read = { line, run, completion: known, types: typeWords(types) };
    if (known?.wants !== 'resource-type' || context === undefined || types.length > 0) return;
    const asked = await this.#types.once(context);
    if (this.#wanted === line) this.#read = { line, run, completion: known, types: typeWords(asked) };
  }
}

/** How each type may be written: a short name that two types have stands for the first of them alone. */
function typeWords(types: readonly ResourceTypeSummary[]): ReadLine['types'] {
  const of = Map.groupBy(types, ({ aliases }) => aliases[0]);
  return types.map((each) => {
    const [short] = each.aliases;
    return { text: short !== undefined && of.get(short)?.[0] === each ? short : each.type, about: each.type };
  });
}

/** The line typed in this window. */
export const typedLineOf = sessionPart((session) => new TypedLine(session));
