import { utcMinute } from '../lib/utc-minute.ts';
import type { CodeRules, FailedCall, Rule, Verdict } from './status-verdict.ts';

/*
 * UNAVAILABLE has two speakers. An endpoint that cannot reach a node passes Go's words on (`transport: …`, `dial tcp …`);
 * our own side has grpc-js's words (`No connection established`, `Connection dropped`). docs/talos-behaviour.md §7.3, §9.5.
 */

/** The node was not reached. Which endpoint says so stands in `where`; the sentence is about the node. */
function unreachable(message: string, hint: string): Verdict {
  return { code: 'unreachable', message, hint, executed: 'no' };
}

/** An IP address and port in the words of Go's dialer. */
function dialled(text: string): string {
  const address = /dial tcp (\S{1,260}:\d{1,5}):/.exec(text)?.[1];
  return address === undefined ? '' : ` (${address})`;
}

/** A handshake that the network ended. What TLS and certificates say for themselves is another matter. */
function handshakeEnded(words: string): RegExp {
  return new RegExp(`authentication handshake failed: (?!tls:|x509:|remote error: tls:).{0,300}(${words})`);
}

/** Go has one sentence for both and adds which it is: `current time A is after B`, or `before`. */
function notValidNow(text: string): string {
  const [, side, at = ''] = /current time \S{1,60} is (before|after) ([\w:+.-]{1,60})/.exec(text) ?? [];
  if (side === 'after') return `expired on ${minuteOf(at)}`;
  if (side === 'before') return `is not valid yet, only from ${minuteOf(at)}`;
  return 'has expired or is not valid yet';
}

/** Of a time as Go writes it; what is no time stays as it is. */
function minuteOf(text: string): string {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? text : utcMinute(atMs);
}

const HANDSHAKE: readonly Rule[] = [
  {
    pattern: /authentication handshake failed:.{0,200}certificate is valid for (.{1,600}), not ([^\s"]{1,253})/,
    verdict: (call, match) => ({
      code: 'untrusted',
      message: `The certificate of ${call.subject} is not valid for ${match[2] ?? 'this name'}.`,
      hint: `Ask for it by one of the names in its certificate: ${match[1] ?? ''}.`,
      executed: 'no',
    }),
  },
  {
    pattern: /authentication handshake failed:.{0,200}certificate has expired or is not yet valid(.{0,200})/,
    verdict: (call, match) => ({
      code: 'untrusted',
      message: `The certificate of ${call.subject} ${notValidNow(match[1] ?? '')}.`,
      hint: `Compare the clocks of ${call.subject} and of the endpoint: nodes renew their certificates by themselves.`,
      executed: 'no',
    }),
  },
  // Nobody said anything about trust: the other side said nothing at all.
  {
    pattern: handshakeEnded('deadline exceeded|i/o timeout|timed out|context canceled|operation was canceled'),
    verdict: (call) => ({
      code: 'timeout',
      message:
        call.node === undefined
          ? `${call.subject} did not answer the TLS handshake in time.`
          : `${call.node} took the connection of ${call.endpoint} and did not answer the TLS handshake in time.`,
      hint: `${call.subject} may be frozen or overloaded, or a firewall may drop what it sends.`,
      executed: 'no',
    }),
  },
  {
    pattern: handshakeEnded(
      'connection reset|broken pipe|EOF|closed (network connection|pipe)|connection (was )?(aborted|closed|refused)|no route to host|network is unreachable|host is down',
    ),
    verdict: (call) =>
      unreachable(
        call.node === undefined
          ? `${call.subject} closed the connection during the TLS handshake.`
          : `${call.node} closed the connection of ${call.endpoint} during the TLS handshake.`,
        `${call.subject} may be restarting, or something in between closes connections.`,
      ),
  },
  {
    pattern: /authentication handshake failed:/,
    verdict: (call) => ({
      code: 'untrusted',
      message:
        call.node === undefined
          ? `${call.subject} answers, but its TLS handshake failed.`
          : `${call.endpoint} reached ${call.node}, but the TLS handshake between them failed.`,
      hint: `${call.subject} may be in maintenance mode, may have been reset, or belongs to another cluster.`,
      executed: 'no',
    }),
  },
];

const DIALLING: readonly Rule[] = [
  {
    pattern: /produced zero addresses|no such host|server misbehaving/,
    verdict: (call) => ({
      code: 'unreachable',
      message:
        call.node === undefined
          ? `The name ${call.subject} has no address.`
          : `${call.endpoint} does not know the name ${call.node}.`,
      hint: 'Names are resolved by the endpoint. Use the address of the node, or a name that the endpoint can resolve.',
      executed: 'no',
    }),
  },
  {
    pattern: /dial.{0,300}connection refused/,
    verdict: (call, match) =>
      unreachable(
        `${call.subject} refused the connection${dialled(match.input)}.`,
        `Its API does not run: ${call.subject} may be starting or shutting down.`,
      ),
  },
  {
    pattern: /dial.{0,300}(i\/o timeout|timed out|deadline exceeded)/,
    verdict: (call, match) =>
      unreachable(
        `${call.subject} does not answer${dialled(match.input)}.`,
        `${call.subject} may be off, or a firewall may block port 50000 on the way.`,
      ),
  },
  {
    pattern: /dial.{0,300}(no route to host|network is unreachable|host is down)/,
    verdict: (call, match) =>
      unreachable(
        `There is no route to ${call.subject}${dialled(match.input)}.`,
        `${call.subject} may be off, or its network may be wrong.`,
      ),
  },
  {
    pattern: /Error while dialing|dial tcp/,
    verdict: (call) => unreachable(`The connection to ${call.subject} failed.`, `Look whether ${call.subject} is on.`),
  },
];

/** An alert that the endpoint sent because of our certificate. */
const OUR_CERTIFICATE: readonly Rule[] = [
  [
    'expired certificate',
    'by its clock it has expired or is not valid yet',
    'Compare its dates with the clocks of both; if it has expired, get a new talosconfig.',
  ],
  ['certificate required', 'there is none in this context', 'Use a context that has a certificate and a key.'],
  [
    'unknown certificate authority',
    'it comes from another certificate authority',
    'Use the talosconfig that belongs to this cluster.',
  ],
  [
    'bad certificate',
    'it is not a plain client certificate',
    'Its extended key usage must be exactly client authentication: get a new talosconfig.',
  ],
].map(([alert = '', why = '', hint = '']) => ({
  pattern: new RegExp(`remote error: tls: ${alert}`),
  verdict: (call: FailedCall): Verdict => ({
    code: 'credentials',
    message: `${call.endpoint} refused the client certificate: ${why}.`,
    hint,
    executed: 'no',
  }),
}));

const LOST: readonly Rule[] = [
  {
    pattern: /Connection dropped|RST_STREAM/,
    verdict: (call) => ({
      code: 'unreachable',
      message: `The connection to ${call.endpoint} broke before the answer to ${call.method} was complete.`,
      executed: 'unknown',
    }),
  },
  {
    pattern:
      /error reading from server|transport is closing|connection is closing|server closed the stream|EOF|GOAWAY|draining/,
    verdict: lostBehind,
  },
  { pattern: /connection reset by peer|broken pipe/, verdict: lostBehind },
];

function lostBehind(call: FailedCall): Verdict {
  const message =
    call.node === undefined
      ? `The connection to ${call.endpoint} broke before the answer to ${call.method} was complete.`
      : `${call.endpoint} lost its connection to ${call.node} before the answer to ${call.method} was complete.`;
  return { code: 'unreachable', message, executed: 'unknown' };
}

/** Never sent, in grpc-js's words. What exactly went wrong is read by the pool; this is the sentence without it. */
const NOT_CONNECTED: readonly Rule[] = [
  {
    pattern: /No connection established|Name resolution failed|Channel (has been )?(shut ?down|closed)|ECONNREFUSED/,
    verdict: (call) => ({
      code: 'unreachable',
      message: `There is no connection to ${call.endpoint}.`,
      hint: 'Look whether the endpoint is on and whether its address is right.',
      executed: 'no',
    }),
  },
];

/** The rules that know what an endpoint says about the way to a node. */
export const BEHIND_THE_ENDPOINT: readonly Rule[] = [...HANDSHAKE, ...DIALLING];

/** What the texts of gRPC's UNAVAILABLE mean: they come from the endpoint, the node or the line. */
export const UNAVAILABLE: CodeRules = {
  rules: [...BEHIND_THE_ENDPOINT, ...OUR_CERTIFICATE, ...NOT_CONNECTED, ...LOST],
  otherwise: (call) => ({
    code: 'unreachable',
    message: `${call.subject} is not available: ${call.text}.`,
    executed: 'unknown',
  }),
};
