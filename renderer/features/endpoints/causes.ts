import type { EndpointStatus, Failure } from '../../../preload/contract/index.ts';

/** One reason, and every endpoint it holds for. */
export interface Cause {
  readonly key: string;
  readonly failure: Failure;
  readonly endpoints: readonly EndpointStatus[];
}

/** What differs between endpoints that fail for one reason: their names, dates of certificates, names in them. */
function wordsOf({ endpoint, target, failure }: EndpointStatus): string {
  return (failure?.message ?? '')
    .replaceAll(target, '…')
    .replaceAll(endpoint, '…')
    .replace(/; it is valid for .*$/s, '.')
    .replace(/,? (on|only from) \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/g, '');
}

/** Endpoints by why they fail, in their order: a reason is said once, however many have it. */
export function causesOf(endpoints: readonly EndpointStatus[]): readonly Cause[] {
  const causes = new Map<string, { failure: Failure; endpoints: EndpointStatus[] }>();
  for (const endpoint of endpoints) {
    const { failure } = endpoint;
    if (failure === undefined || endpoint.phase === 'disabled') continue;
    const key = `${failure.code} ${wordsOf(endpoint)}`;
    const cause = causes.get(key);
    if (cause) cause.endpoints.push(endpoint);
    else causes.set(key, { failure, endpoints: [endpoint] });
  }
  return [...causes].map(([key, cause]) => ({ key, ...cause }));
}

/** Endpoints that answer and refuse, or are refused, are there: nothing is out of reach. */
export function isRefusal(endpoints: readonly EndpointStatus[]): boolean {
  const failures = endpoints.flatMap(({ failure }) => failure ?? []);
  return failures.length > 0 && failures.every(({ code }) => code === 'untrusted' || code === 'credentials');
}
