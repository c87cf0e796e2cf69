import * as v from 'valibot';
import { call } from '../call.ts';
import type { Saved } from '../work/answers.ts';

/** Room for a picture of 5,000 nodes in parts of a request. */
const MOST_TEXT = 900_000;

/** Calls about graphs. */
export const graphCalls = {
  /** Save a graph as text where the user chooses: Graphviz DOT, or a picture. */
  'graph.save': call<Saved>()(
    v.strictObject({ format: v.picklist(['dot', 'svg']), text: v.pipe(v.string(), v.maxLength(MOST_TEXT)) }),
  ),
} as const;
