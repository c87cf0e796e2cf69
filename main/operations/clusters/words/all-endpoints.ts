import type { Failure } from '../../../../preload/contract/index.ts';
import type { FailureParts } from '../../../lib/failed.ts';
import type { EndpointReason } from '../../../pool/calls/call-error.ts';

/** Endpoints that answered, and would not have us or were not what they should be. */
const ANSWERED: ReadonlySet<Failure['code']> = new Set(['untrusted', 'credentials', 'unauthenticated', 'invalid']);

const LOOK = 'Look at the endpoints page for the cause of each.';

/**
 * One failure for a call that found no endpoint to use. What all of them said is said itself: none of them is out of reach when
 * each refused TLS.
 */
export function allDownParts(reasons: readonly EndpointReason[]): FailureParts {
  const [first, ...others] = reasons;
  if (first?.failure !== undefined && others.length === 0) return first.failure;
  const details = reasonsInWords(reasons);
  const known = reasons.flatMap(({ failure }) => failure ?? []);
  const common = known.length === reasons.length ? commonReason(reasons) : undefined;
  if (common !== undefined) return { ...common, details };
  if (!known.some(({ code }) => ANSWERED.has(code))) {
    return {
      code: 'unreachable',
      message: `None of the ${reasons.length} endpoints can be reached.`,
      hint: LOOK,
      details,
    };
  }
  // Some are out of reach and others refuse: a refusal is what somebody can do something about.
  const refusing = reasons.filter(({ failure }) => failure !== undefined && ANSWERED.has(failure.code));
  const [refusal] = refusing;
  return {
    code: refusal?.failure?.code ?? 'unreachable',
    message: `None of the ${reasons.length} endpoints can be used. ${refusal?.failure?.message ?? ''}`.trim(),
    hint: refusal?.failure?.hint ?? LOOK,
    details,
  };
}

/** Why each endpoint cannot be used, a line each. */
export const reasonsInWords = (reasons: readonly EndpointReason[]): string =>
  reasons.map(({ endpoint, failure }) => `${endpoint}: ${failure?.message ?? 'still trying'}`).join('\n');

/** Every endpoint was tried and none answers: nothing can be said about what is behind them. */
export const isEveryEndpointSilent = (reasons: readonly EndpointReason[]): boolean =>
  reasons.length > 0 && reasons.every(({ failure }) => failure !== undefined);

/** The reason of all, about all; undefined when they differ, or when they are just out of reach. */
function commonReason(reasons: readonly EndpointReason[]): FailureParts | undefined {
  const failure = reasons[0]?.failure;
  if (failure === undefined || !ANSWERED.has(failure.code)) return undefined;
  const all = `each of the ${reasons.length} endpoints`;
  const { context } = failure.where ?? {};
  for (const shorten of [(text: string): string => text, withoutDates]) {
    const sentences = reasons.map((reason) => shorten(about(reason, all)));
    const [sentence = ''] = sentences;
    if (new Set(sentences).size > 1 || !sentence.includes(all)) continue;
    const message = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
    const hint = aboutHint(reasons[0], all);
    return {
      code: failure.code,
      message,
      ...(hint !== undefined && { hint }),
      ...(context !== undefined && { where: { context } }),
    };
  }
  return undefined;
}

const about = ({ endpoint, failure }: EndpointReason, all: string): string =>
  (failure?.message ?? '').replaceAll(endpoint, all);

const aboutHint = (reason: EndpointReason | undefined, all: string): string | undefined =>
  reason?.failure?.hint?.replaceAll(reason.endpoint, all);

/** Certificates of several servers end at several times and name several addresses, and are wrong for the same reason. */
const withoutDates = (text: string): string =>
  text.replace(/; it is valid for .*$/s, '.').replace(/,? (on|only from) \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/g, '');
