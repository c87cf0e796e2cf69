import * as v from 'valibot';
import { MOST_ENTRIES, TIMELINE_KINDS } from '../timeline/timeline.ts';

const MOST_NODES = 1000;
const MOST_SAMPLED = 200;
const MOST_SAMPLES = 3600;
const MOST_VALUES = 64;
const MOST_ITEMS = 1000;

const text = v.pipe(v.string(), v.maxLength(4000));
const moment = v.pipe(v.number(), v.minValue(0), v.maxValue(8_640_000_000_000_000));
const value = v.nullable(v.number());

/** A black box as it stands in its file. What is not named here is left out when it is read. */
export const BLACK_BOX = v.object({
  format: v.literal('minos-black-box'),
  version: v.literal(1),
  madeAtMs: moment,
  minos: v.pipe(v.string(), v.maxLength(64)),
  cluster: v.pipe(v.string(), v.maxLength(1000)),
  nodes: v.pipe(
    v.array(
      v.object({
        target: v.pipe(v.string(), v.maxLength(253)),
        hostname: v.optional(v.pipe(v.string(), v.maxLength(253))),
        role: v.picklist(['controlplane', 'worker', 'unknown']),
      }),
    ),
    v.maxLength(MOST_NODES),
  ),
  timeline: v.pipe(
    v.array(
      v.object({
        number: v.pipe(v.number(), v.integer()),
        kind: v.picklist(TIMELINE_KINDS),
        node: v.optional(text),
        subject: text,
        severity: v.picklist(['bad', 'warn', 'info']),
        title: text,
        detail: v.optional(text),
        atMs: moment,
        endedAtMs: v.optional(moment),
      }),
    ),
    v.maxLength(MOST_ENTRIES),
  ),
  attention: v.pipe(
    v.array(
      v.object({
        severity: v.picklist(['critical', 'warning', 'notice']),
        title: text,
        detail: text,
        node: v.optional(text),
        sinceMs: moment,
      }),
    ),
    v.maxLength(MOST_ITEMS),
  ),
  failures: v.pipe(v.array(v.object({ atMs: moment, where: text, message: text })), v.maxLength(MOST_ITEMS)),
  /** Names of the values of a sample, in their order. */
  metrics: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(MOST_VALUES)),
  samples: v.pipe(
    v.array(
      v.object({
        node: v.pipe(v.string(), v.maxLength(253)),
        /** Moment, length in ms, then the values. */
        rows: v.pipe(
          v.array(v.pipe(v.array(value), v.minLength(2), v.maxLength(MOST_VALUES + 2))),
          v.maxLength(MOST_SAMPLES),
        ),
      }),
    ),
    v.maxLength(MOST_SAMPLED),
  ),
});

/** What a file of a black box holds. */
export type BlackBoxFile = v.InferOutput<typeof BLACK_BOX>;
