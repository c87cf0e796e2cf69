/** What is known about a context, to compare it with others. Computed elsewhere; no key material. */
export interface ContextFacts {
  readonly name: string;
  /** Equal for contexts whose whole content is equal: `contentHash`. */
  readonly content: string;
  /** Lower-case hex SHA-256 of each CA certificate. Empty: the system's roots. */
  readonly caFingerprints: readonly string[];
  /** The CA certificate that verifies the client certificate, if one does. */
  readonly issuerFingerprint?: string;
  /** Of the client certificate. */
  readonly leafFingerprint?: string;
  /** Of the client certificate: Talos roles. */
  readonly roles: readonly string[];
  readonly notAfterMs?: number;
  readonly cluster?: string;
  readonly endpoints: readonly string[];
  /** `identity` of Omni, `username` of basic auth. */
  readonly identity?: string;
  /** True when it cannot be used (broken shape, key that does not match …); one sentence says why. */
  readonly broken?: string;
}

/** What an incoming context is, compared with the file. */
export type IncomingClass =
  /** Nothing like it in the file, and its name is free. */
  | 'new'
  /** The file has the same content, under this or another name. */
  | 'identical'
  /** The same cluster and roles with a certificate that lasts longer. */
  | 'renewed'
  /** The same cluster and roles, but no newer certificate: an older one, or only other endpoints or nodes. */
  | 'same-cluster'
  /** The same cluster with other roles. */
  | 'same-cluster-other-role'
  /** Its name is taken by a context of another cluster. */
  | 'name-taken'
  /** It cannot be used. */
  | 'broken';

/** What to do with an incoming context. */
export type MergeAction = 'keep-both' | 'overwrite' | 'skip' | 'rename';

/** A context that comes in. Names may repeat when several files come in at once, ids may not. */
export interface IncomingContext extends ContextFacts {
  readonly id: string;
}

/** An incoming context with its class. */
export interface ClassifiedContext {
  readonly incoming: IncomingContext;
  readonly class: IncomingClass;
  /** The context of the file it was compared with: the same content, cluster or name. */
  readonly existing?: ContextFacts;
  /** The id of an earlier incoming context with the same content. */
  readonly repeats?: string;
  /** True when the file has a context of this name. */
  readonly isNameTaken: boolean;
  /** What happens unless the user says otherwise. Never overwrites a context of another cluster, never loses anything. */
  readonly byDefault: MergeAction;
}

/** Classifies every incoming context against those of the file. Pure. */
export function classifyIncoming(
  existing: readonly ContextFacts[],
  incoming: readonly IncomingContext[],
): readonly ClassifiedContext[] {
  const byName = new Map(existing.map((context) => [context.name, context]));
  const byContent = new Map(existing.map((context) => [context.content, context]));
  const clusters = new ClusterIndex(existing);
  const seen = new Map<string, string>();
  const classified = incoming.map((context): ClassifiedContext => {
    const namesake = byName.get(context.name);
    const same = namesake?.content === context.content ? namesake : byContent.get(context.content);
    // What is broken is told to be so, whatever it equals.
    const isBroken = context.broken !== undefined;
    const repeats = isBroken ? undefined : seen.get(context.content);
    if (repeats === undefined && !isBroken) seen.set(context.content, context.id);
    const isTwin = !isBroken && (same !== undefined || repeats !== undefined);
    const { kind, other, byDefault } = isTwin
      ? identical(same)
      : classify(context, namesake, clusters.candidatesFor(context));
    return {
      incoming: context,
      class: kind,
      ...(other ? { existing: other } : {}),
      ...(repeats === undefined ? {} : { repeats }),
      isNameTaken: namesake !== undefined,
      byDefault,
    };
  });
  return renewOnce(classified);
}

/** Of several that would renew one context, the one that lasts longest does; the others are older than it and are skipped. */
function renewOnce(classified: readonly ClassifiedContext[]): readonly ClassifiedContext[] {
  const newest = new Map<string, ClassifiedContext>();
  for (const context of classified) {
    if (context.byDefault !== 'overwrite' || !context.existing) continue;
    const best = newest.get(context.existing.name);
    if (!best || (context.incoming.notAfterMs ?? 0) > (best.incoming.notAfterMs ?? 0))
      newest.set(context.existing.name, context);
  }
  return classified.map((context) => {
    if (context.byDefault !== 'overwrite' || newest.get(context.existing?.name ?? '') === context) return context;
    return { ...context, byDefault: 'skip' };
  });
}

interface Classification {
  readonly kind: IncomingClass;
  readonly other: ContextFacts | undefined;
  readonly byDefault: MergeAction;
}

const identical = (same: ContextFacts | undefined): Classification => ({
  kind: 'identical',
  other: same,
  byDefault: 'skip',
});

function classify(
  context: ContextFacts,
  namesake: ContextFacts | undefined,
  sameCluster: readonly ContextFacts[],
): Classification {
  if (context.broken !== undefined) return { kind: 'broken', other: namesake, byDefault: 'skip' };
  // The context of the same name is the first candidate; after it, the others in the file's order.
  const candidates =
    namesake && sameCluster.includes(namesake)
      ? [namesake, ...sameCluster.filter((other) => other !== namesake)]
      : sameCluster;
  const sameRoles = candidates.filter((other) => hasSameRoles(context, other));
  // If the file has a certificate as good as this one already, there is nothing to renew.
  const current = sameRoles.find((other) => !isNewer(context, other));
  if (current) return { kind: 'same-cluster', other: current, byDefault: 'skip' };
  const [renewable] = sameRoles;
  if (renewable) return { kind: 'renewed', other: renewable, byDefault: 'overwrite' };
  const [sibling] = candidates;
  if (sibling) return { kind: 'same-cluster-other-role', other: sibling, byDefault: 'keep-both' };
  if (namesake) return { kind: 'name-taken', other: namesake, byDefault: 'keep-both' };
  return { kind: 'new', other: undefined, byDefault: 'keep-both' };
}

/**
 * Finds contexts of the same cluster among many. The same cluster: a common CA (a rotated one leaves both in the set), or the
 * CA that issued one's certificate trusted by the other. Without any CA (Omni): the same endpoints and cluster.
 */
class ClusterIndex {
  readonly #places: ReadonlyMap<ContextFacts, number>;
  readonly #byAuthority = new Map<string, Set<ContextFacts>>();
  readonly #withoutAuthority: readonly ContextFacts[];

  constructor(contexts: readonly ContextFacts[]) {
    this.#places = new Map(contexts.map((context, place) => [context, place]));
    this.#withoutAuthority = contexts.filter(({ caFingerprints }) => caFingerprints.length === 0);
    for (const context of contexts) {
      for (const authority of context.caFingerprints.length === 0 ? [] : authoritiesOf(context)) {
        const known = this.#byAuthority.get(authority) ?? new Set();
        this.#byAuthority.set(authority, known.add(context));
      }
    }
  }

  /** In the file's order. */
  candidatesFor(context: ContextFacts): readonly ContextFacts[] {
    if (context.caFingerprints.length === 0) {
      return this.#withoutAuthority.filter(
        (other) =>
          (context.cluster ?? '') === (other.cluster ?? '') &&
          context.endpoints.some((endpoint) => other.endpoints.includes(endpoint)),
      );
    }
    const found = new Set(authoritiesOf(context).flatMap((authority) => [...(this.#byAuthority.get(authority) ?? [])]));
    const place = (one: ContextFacts): number => this.#places.get(one) ?? 0;
    return [...found].sort((a, b) => place(a) - place(b));
  }
}

const authoritiesOf = ({ caFingerprints, issuerFingerprint }: ContextFacts): readonly string[] =>
  issuerFingerprint === undefined ? caFingerprints : [...caFingerprints, issuerFingerprint];

function hasSameRoles(a: ContextFacts, b: ContextFacts): boolean {
  const [x, y] = [new Set(a.roles), new Set(b.roles)];
  return x.size === y.size && [...x].every((role) => y.has(role)) && (a.identity ?? '') === (b.identity ?? '');
}

function isNewer(incoming: ContextFacts, existing: ContextFacts): boolean {
  if (existing.broken !== undefined) return true;
  if (incoming.notAfterMs === undefined || existing.notAfterMs === undefined) return false;
  return incoming.leafFingerprint !== existing.leafFingerprint && incoming.notAfterMs > existing.notAfterMs;
}
