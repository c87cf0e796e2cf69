import * as v from 'valibot';

/*
 * Everything that can be made to go wrong. The same shapes come from code and, as JSON, from the control channel of a
 * simulator in its own process, so they are schemas.
 */

const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(86_400_000));
const restartMs = v.pipe(v.number(), v.minValue(0), v.maxValue(5_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a hostile node puts into its answers. */
export const HOSTILE_KINDS = [
  'html',
  'control-codes',
  'long-strings',
  'invalid-utf8',
  'huge-numbers',
  'negative-numbers',
  'unknown-enums',
  'missing-fields',
  'too-many-items',
] as const;

/** See {@link HOSTILE_KINDS}. */
export type HostileKind = (typeof HOSTILE_KINDS)[number];

/** A node as the endpoints see it. All of these arrive through a healthy endpoint; one that is down answers through its own neither. */
export const nodeFaultSchema = v.variant('kind', [
  /** Dialling it is refused at once. Streams that run break. */
  v.object({ kind: v.literal('down') }),
  /** Dialling it gets no answer: `i/o timeout` after 20 s, then at once for the rest of the backoff. */
  v.object({ kind: v.literal('black-hole') }),
  /**
   * It is frozen, as a suspended virtual machine: its kernel takes connections and nothing behind it answers. `authentication
   * handshake failed: context deadline exceeded` after 20 s, then at once for the rest of the backoff.
   */
  v.object({ kind: v.literal('frozen') }),
  /** Once: its apid dies and is back after so long (default 3 s, at most 5); the machine itself goes on. */
  v.object({ kind: v.literal('apid-restart'), backMs: v.optional(restartMs) }),
  /**
   * A daemon of the node does not answer, so calls that need it are UNAVAILABLE although the node is well: the containerd
   * of Kubernetes (`cri`, the default) or that of Talos' own services (`system`).
   */
  v.object({ kind: v.literal('daemon-down'), daemon: v.optional(v.picklist(['cri', 'system'])) }),
  /** Its etcd has raised an alarm; the machine is well. */
  v.object({ kind: v.literal('etcd-alarm'), alarm: v.picklist(['NOSPACE', 'CORRUPT']) }),
  /** It has so many sockets more, and so many files in /var/log/crowd. */
  v.object({
    kind: v.literal('crowded'),
    items: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000)),
  }),
  /** What Copy sends is no archive of its files: one whose entries lead elsewhere, or one that ends in the middle. */
  v.object({ kind: v.literal('archive'), with: v.picklist(['traversal', 'cut']) }),
  /** The snapshot of its etcd ends in the middle, and the call ends well. */
  v.object({ kind: v.literal('snapshot-cut') }),
  /** Each line of its logs is one of these, in turn, whatever it would have written. Numbers and times go on as ever. */
  v.object({
    kind: v.literal('log-lines'),
    lines: v.pipe(v.array(v.pipe(v.string(), v.maxLength(20_000_000))), v.minLength(1), v.maxLength(1_000)),
  }),
  /** It reaches no time server. */
  v.object({ kind: v.literal('no-time-server') }),
  /** Every answer is late. */
  v.object({ kind: v.literal('slow'), latencyMs: milliseconds }),
  /** The endpoint cannot resolve its name. */
  v.object({ kind: v.literal('not-in-dns') }),
  /** It was reset and waits for a configuration: the endpoint's TLS to it fails. */
  v.object({ kind: v.literal('maintenance') }),
  /** Calls end with this status; only those whose method name is listed, if there is a list. */
  v.object({
    kind: v.literal('error'),
    code: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
    text: v.string(),
    methods: v.optional(v.array(v.string())),
  }),
  /** Answers are well-formed messages with content that tries to break a reader. */
  v.object({ kind: v.literal('hostile'), with: v.picklist(HOSTILE_KINDS) }),
  /** Resources have this instead of their spec, and are sent so often; only those of one type, if it is given. */
  v.object({
    kind: v.literal('specs'),
    yaml: v.string(),
    type: v.optional(v.string()),
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
  }),
  /** Streams break after so many messages. */
  v.object({ kind: v.literal('reset-mid-stream'), afterMessages: count }),
]);

/** See {@link nodeFaultSchema}. */
export type NodeFault = v.InferOutput<typeof nodeFaultSchema>;

/** Certificates an endpoint may show instead of its good one. */
const CERTIFICATE_KINDS = [
  'expired',
  'not-yet-valid',
  'foreign-authority',
  'wrong-address',
  'renewed',
  'ending',
] as const;

/** See {@link CERTIFICATE_KINDS}. */
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

/** An endpoint as the client sees it. */
export const endpointFaultSchema = v.variant('kind', [
  /** The machine died: open connections are reset, new ones refused. */
  v.object({ kind: v.literal('refuse') }),
  /** A firewall drops everything: new connections are accepted and never spoken to; open ones fall silent both ways. */
  v.object({ kind: v.literal('black-hole'), onlyNew: v.optional(v.boolean()) }),
  /** Every call is answered late. */
  v.object({ kind: v.literal('slow'), latencyMs: milliseconds }),
  /** The line has this round trip and, if given, carries so many bytes a second each way. Also for open connections. */
  v.object({
    kind: v.literal('line'),
    roundTripMs: milliseconds,
    bytesPerSecond: v.optional(v.pipe(v.number(), v.minValue(1))),
  }),
  /** Once: open connections are reset, at once or after so many more bytes of answers. New ones are welcome. */
  v.object({ kind: v.literal('reset'), afterBytes: v.optional(count) }),
  /** Once: GOAWAY on open connections, which are cut after the grace. New ones are welcome. */
  v.object({ kind: v.literal('goaway'), graceMs: v.optional(milliseconds) }),
  /** New connections see another certificate. Open ones stay unless asked for. */
  v.object({
    kind: v.literal('certificate'),
    shows: v.picklist(CERTIFICATE_KINDS),
    resetOpen: v.optional(v.boolean()),
  }),
  /** Once: apid dies and is back after so long (default 3 s, at most 5). The same for callers through other endpoints. */
  v.object({ kind: v.literal('apid-restart'), backMs: v.optional(restartMs) }),
  /**
   * Once: apid renews its certificate, as it does twice a day. New connections of clients see the new one, open ones stay.
   * Its connections to other nodes are flushed: what runs through them ends after the grace (default half an hour) with
   * CANCELLED `grpc: the client connection is closing`.
   */
  v.object({ kind: v.literal('certificate-rotation'), graceMs: v.optional(milliseconds) }),
  /** The node was reset: a certificate of its own, no client certificate, no routing, everyone is os:reader. */
  v.object({ kind: v.literal('maintenance') }),
]);

/** See {@link endpointFaultSchema}. */
export type EndpointFault = v.InferOutput<typeof endpointFaultSchema>;
