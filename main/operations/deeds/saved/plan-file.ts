import * as v from 'valibot';
import { MOST_DEED_MACHINES } from '../../../../preload/contract/index.ts';

/** Most of a file that is read, and that is written. */
export const MOST_PLAN_BYTES = 512 * 1024;

const MOST_TEXT = 2_000;
const MOST_EFFECTS = 1_000;

const text = v.pipe(v.string(), v.maxLength(MOST_TEXT));
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
/** A name of DNS, or an address. */
const machineName = v.pipe(v.string(), v.minLength(1), v.maxLength(253));
/** As `deedPlace` joins them: lower-case hexadecimal SHA-256 of each CA. */
const authority = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const machineSchema = v.strictObject({
  ...{ node: machineName, name: machineName },
  /** Of the hardware, and by which discovery knows it; missing where the machine has none. */
  ...{ uuid: v.exactOptional(word), identity: v.exactOptional(word) },
  /** `v1.13.9`, and how it read otherwise; missing where the deed looks at neither. */
  ...{ version: v.exactOptional(word), saw: v.exactOptional(text) },
});

/** A plan as a file has it: facts and what is wished. No secret, no token, nothing that could confirm it. */
export const planFileSchema = v.strictObject({
  /** The form of the file. */
  minosPlan: v.literal(1),
  made: v.strictObject({ at: v.pipe(v.string(), v.isoTimestamp()), by: v.pipe(v.string(), v.maxLength(128)) }),
  /** Which cluster: by its authorities; the name of the context is a hint for people. */
  cluster: v.strictObject({ context: text, authorities: v.pipe(v.array(authority), v.minLength(1), v.maxLength(32)) }),
  deed: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  says: text,
  params: v.pipe(v.record(v.pipe(v.string(), v.maxLength(64)), v.union([text, v.boolean()])), v.maxEntries(64)),
  /** In the order of the plan. */
  machines: v.pipe(v.array(machineSchema), v.minLength(1), v.maxLength(MOST_DEED_MACHINES)),
  effects: v.pipe(v.array(text), v.maxLength(MOST_EFFECTS)),
  /** What would be gone. */
  loses: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ node: machineName, name: text, what: text })),
      v.maxLength(MOST_DEED_MACHINES * 20),
    ),
  ),
  talosctl: v.pipe(v.string(), v.maxLength(100_000)),
});

/** See {@link planFileSchema}. */
export type PlanFile = v.InferOutput<typeof planFileSchema>;

/** A machine of a plan, as it was when that was made. */
export type FileMachine = PlanFile['machines'][number];

/** What a plan does as its file has it: of hundreds of machines a sentence may be long, and there may be many. */
export const effectsInFile = (effects: readonly string[]): string[] =>
  effects.slice(0, MOST_EFFECTS).map((effect) => effect.slice(0, MOST_TEXT));
