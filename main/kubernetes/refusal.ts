import * as v from 'valibot';
import { Failed, type FailureParts } from '../lib/failed.ts';
import { visible } from '../lib/visible.ts';

/** Why the server refused, as its `Status` says it. */
export interface RefusalFacts {
  readonly status: number;
  /** Such as `DisruptionBudget`, with a sentence. */
  readonly causes: readonly { readonly reason: string; readonly message: string }[];
  /** When it wants to be asked again; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;
}

/** The API of Kubernetes answered, and refused. */
export class KubernetesRefusal extends Failed {
  readonly facts: RefusalFacts;

  constructor(parts: FailureParts, facts: RefusalFacts) {
    super(parts);
    this.facts = facts;
  }
}

/** Characters of a sentence that are told. */
const MOST_SAID = 300;
const MOST_CAUSES = 8;

const text = v.fallback(v.optional(v.string(), ''), '');

/** What a server said goes into sentences, and acts on nothing there. */
const told = (said: string): string => visible(said.slice(0, MOST_SAID));

/** `Status` of Kubernetes, as far as it is read; something in between may have answered in its own way. */
const statusSchema = v.object({
  message: text,
  details: v.fallback(
    v.optional(v.object({ causes: v.optional(v.array(v.object({ reason: text, message: text })), []) }), {
      causes: [],
    }),
    { causes: [] },
  ),
});

/** A refusal with what the server says of it: the failure in words, and what may be decided on. */
export function readRefusal(
  status: number,
  body: string,
  retryAfter: string | undefined,
): { readonly parts: FailureParts; readonly facts: RefusalFacts } {
  const { message, details } = readStatus(body);
  const said = message === '' ? '' : `: ${told(message)}`;
  const seconds = Number(retryAfter ?? Number.NaN);
  return {
    parts: { code: codeOf(status), message: `The API of Kubernetes answered ${status}${said}.`, retry: 'safe' },
    facts: {
      status,
      causes: details.causes
        .slice(0, MOST_CAUSES)
        .map((cause) => ({ reason: told(cause.reason), message: told(cause.message) })),
      retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
    },
  };
}

function readStatus(body: string): v.InferOutput<typeof statusSchema> {
  const nothing = { message: '', details: { causes: [] } };
  try {
    const read = v.safeParse(statusSchema, JSON.parse(body));
    return read.success ? read.output : nothing;
  } catch {
    return nothing;
  }
}

function codeOf(status: number): FailureParts['code'] {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'denied';
  return status === 404 ? 'not-found' : 'precondition';
}
