import type { FailureParts } from '../lib/failed.ts';
import { isThisComputer, thisComputerHint } from '../lib/this-computer.ts';
import type { FailureCode } from '../../preload/contract/index.ts';
import type { PeerFacts } from './channel-source.ts';

/** How far a connection had come when it failed. */
export type TransportStage = 'name' | 'connect' | 'proxy' | 'tls' | 'http2' | 'established';

/** What went wrong below gRPC. `code` is Node's, OpenSSL's or one of ours (`TIMEOUT`, `GOAWAY`, `CLOSED`, `SILENT`, `CANCELLED`). */
export interface TransportProblem {
  readonly stage: TransportStage;
  readonly code: string;
  /** The raw text, shown folded. */
  readonly details: string;
}

/** Where it went wrong. */
export interface TransportTarget {
  /** As the user wrote it. */
  readonly endpoint: string;
  /** `host:port` that was dialled. */
  readonly target: string;
  /** `host:port` of the proxy in between, never with its credentials. */
  readonly proxy?: string;
}

/**
 * Words for an error of the network or of TLS, injected by whoever made the credentials and knows TLS. Without it the pool
 * has its own plain words for TCP and DNS and says no more of TLS than that it failed.
 */
export type Explain = (
  error: unknown,
  site: { readonly endpoint: string; readonly peer?: PeerFacts; readonly nowMs: number },
) => FailureParts;

interface Words {
  readonly code: FailureCode;
  /** Follows the endpoint's name: `refused the connection`. */
  readonly what: string;
  readonly hint: string;
}

const ASK_NETWORK = 'Check that the machine runs and that no firewall or missing VPN is in between.';
const ASK_CLIENT = 'Check that the client certificate belongs to these servers and has not expired.';

/** Since macOS 15 the system answers so for addresses of the local network until the user has allowed the app to use it. */
export const noRouteHint = (platform: NodeJS.Platform): string =>
  platform === 'darwin'
    ? `${ASK_NETWORK} On the local network, also allow Minos in System Settings, Privacy & Security, Local Network.`
    : ASK_NETWORK;

const noRoute: Words = { code: 'unreachable', what: 'cannot be reached: no route', hint: ASK_NETWORK };
const hungUp: Words = {
  code: 'unreachable',
  what: 'closed the connection',
  hint: 'The server may be restarting. Reads are repeated elsewhere by themselves.',
};

/** In the middle of the handshake: nobody judged anything yet. */
const cutOff: Words = {
  code: 'unreachable',
  what: 'closed the connection during the TLS handshake',
  hint: 'The server may be restarting, or something in between closes connections.',
};

/** By code, once a TCP connection is being made or stands. TLS has its own words, see {@link Explain}. */
const BY_CODE: Readonly<Record<string, Words>> = {
  ENOTFOUND: {
    code: 'unreachable',
    what: 'has a name that does not exist',
    hint: 'Check the spelling, and the DNS settings or the VPN of this computer.',
  },
  EAI_AGAIN: {
    code: 'unreachable',
    what: 'has a name that could not be looked up: the DNS server did not answer',
    hint: 'Check the network of this computer.',
  },
  ECONNREFUSED: {
    code: 'unreachable',
    what: 'refused the connection',
    hint: 'Nothing listens there: the machine may be starting, or the address or the port is wrong.',
  },
  EHOSTUNREACH: { ...noRoute, hint: noRouteHint(process.platform) },
  ENETUNREACH: noRoute,
  EHOSTDOWN: noRoute,
  ENETDOWN: noRoute,
  EADDRNOTAVAIL: noRoute,
  EMFILE: { code: 'internal', what: 'could not be dialled: too many open files', hint: 'Close other programs.' },
  GOAWAY: {
    code: 'unreachable',
    what: 'asked to use a new connection (GOAWAY)',
    hint: 'The server is restarting or renews its certificate. Nothing to do.',
  },
  SILENT: {
    code: 'unreachable',
    what: 'stopped answering on an open connection',
    hint: ASK_NETWORK,
  },
  CANCELLED: {
    code: 'unreachable',
    what: 'cancelled the request without being asked to',
    hint: 'It replaces its connections to nodes when it renews its certificate. Reads are repeated by themselves.',
  },
  ECONNRESET: hungUp,
  EPIPE: hungUp,
  CLOSED: hungUp,
};

/** For codes without a row: what the stage itself says. */
const BY_STAGE: Readonly<Record<TransportStage, Words>> = {
  name: {
    code: 'unreachable',
    what: 'has a name that could not be looked up',
    hint: 'Check the network of this computer.',
  },
  connect: { code: 'unreachable', what: 'could not be reached', hint: ASK_NETWORK },
  proxy: { code: 'unreachable', what: 'could not be reached through the proxy', hint: 'Check the proxy settings.' },
  tls: {
    code: 'untrusted',
    what: 'ended the TLS handshake',
    hint: `The server gave no reason. ${ASK_CLIENT}`,
  },
  // With TLS 1.3 a server refuses the client certificate after the client believes the handshake is done.
  http2: {
    code: 'credentials',
    what: 'accepted the connection and closed it before the first answer',
    hint: `This is how a refused client certificate looks. ${ASK_CLIENT}`,
  },
  established: hungUp,
};

const TIMED_OUT: Readonly<Record<TransportStage, string>> = {
  name: 'has a name whose lookup took too long',
  connect: 'did not answer',
  proxy: 'was not connected by the proxy in time',
  tls: 'accepted the connection but did not answer the TLS handshake',
  http2: 'accepted the connection but did not start HTTP/2',
  established: 'stopped answering on an open connection',
};

/** Names of HTTP/2's codes (RFC 9113 §7). */
const HTTP2_CODES = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT', 'STREAM_CLOSED'],
  ...['FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR', 'ENHANCE_YOUR_CALM'],
  ...['INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
];

const ASK_BETWEEN = 'Check the endpoint and its port, and whether a proxy or load balancer in between passes gRPC on.';

/** One stream ended, and not the connection: in grpc-js's words, once a connection stood. */
const BY_TEXT: readonly (readonly [RegExp, (match: RegExpExecArray) => Words])[] = [
  [
    /without gRPC status/,
    () => ({
      code: 'unreachable',
      what: 'ended an answer without a status, as no gRPC server does',
      hint: ASK_BETWEEN,
    }),
  ],
  [
    /^Received RST_STREAM with code (\d+)/,
    ([, code = '']) => ({
      code: 'unreachable',
      what: `broke off the answer (HTTP/2 ${HTTP2_CODES[Number(code)] ?? `code ${code}`})`,
      hint: ASK_BETWEEN,
    }),
  ],
  [
    /^Stream refused by server$/,
    () => ({
      code: 'unreachable',
      what: 'refused the request (HTTP/2 REFUSED_STREAM)',
      hint: 'It may be restarting or busy. Try again in a moment.',
    }),
  ],
  [
    /^Bandwidth exhausted or memory limit exceeded$/,
    () => ({
      code: 'unreachable',
      what: 'asks for fewer requests (HTTP/2 ENHANCE_YOUR_CALM)',
      hint: 'Wait a moment, and ask fewer nodes at a time.',
    }),
  ],
  [
    /^Call cancelled$/,
    () => ({ code: 'unreachable', what: 'cancelled the request (HTTP/2 CANCEL)', hint: ASK_BETWEEN }),
  ],
];

function wordsFor(problem: TransportProblem): Words {
  if (problem.stage === 'established') {
    for (const [pattern, words] of BY_TEXT) {
      const match = pattern.exec(problem.details);
      if (match) return words(match);
    }
  }
  const isReset = ['ECONNRESET', 'EPIPE', 'CLOSED'].includes(problem.code);
  if (isReset && problem.stage === 'tls') return cutOff;
  if (isReset && problem.stage !== 'established') return BY_STAGE[problem.stage];
  if (problem.code === 'TIMEOUT' || problem.code === 'ETIMEDOUT') {
    return { code: 'unreachable', what: TIMED_OUT[problem.stage], hint: ASK_NETWORK };
  }
  return BY_CODE[problem.code] ?? BY_STAGE[problem.stage];
}

const ASK_PROXY = 'Check proxy-url in the configuration, or HTTPS_PROXY and NO_PROXY.';

/** What the proxy did, after `… the proxy host:port`. */
const BY_PROXY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'has a name that does not exist',
  TIMEOUT: 'did not connect in time',
  ETIMEDOUT: 'did not answer',
  PROXY_CERTIFICATE: 'shows a certificate that this computer does not trust',
  PROXY_AUTH: 'does not accept the user name and password',
  PROXY_REFUSED: 'refused to connect',
  PROXY_PROTOCOL: 'does not speak the protocol its URL says',
};

function explainProxy(problem: TransportProblem, { endpoint, proxy }: TransportTarget): FailureParts {
  const what = BY_PROXY_CODE[problem.code] ?? 'failed';
  return {
    code: 'unreachable',
    message: `${endpoint} could not be reached: the proxy ${proxy ?? ''} ${what}.`,
    hint: ASK_PROXY,
    where: { endpoint },
    retry: 'safe',
    ...(problem.details !== '' && { details: problem.details }),
  };
}

/** Turns what happened below gRPC into words. One sentence with the endpoint and, if it differs, the dialled target. */
export function explainTransport(problem: TransportProblem, where: TransportTarget): FailureParts {
  if (problem.stage === 'proxy') return explainProxy(problem, where);
  const { code, what, hint } = wordsFor(problem);
  const isNotReached = code === 'unreachable' && problem.stage !== 'established';
  const suffix = where.endpoint === where.target ? '' : ` (${where.target})`;
  const details = problem.details === '' ? {} : { details: problem.details };
  return {
    code,
    message: `${where.endpoint} ${what}${suffix}.`,
    hint: isNotReached && isThisComputer(where.endpoint) ? thisComputerHint(where.endpoint) : hint,
    where: { endpoint: where.endpoint },
    retry: 'safe',
    ...details,
  };
}

/** For an endpoint string that cannot be dialled at all. */
export const explainBadEndpoint = (endpoint: string, problem: string): FailureParts => ({
  code: 'invalid',
  message: problem,
  hint: 'Correct the endpoint in the configuration.',
  where: { endpoint },
});

/** What a name in a certificate adds may be long. */
const MAX_TEXT_LENGTH = 4000;
const CODE = /\b(ERR_[A-Z0-9_]{1,60}|E[A-Z]{3}[A-Z0-9_]{0,60})\b/;

/** The code of an error, its cause's, or the first that stands in its text (grpc-js keeps only the text). */
export function errorCode(error: unknown): string {
  if (typeof error === 'string') return CODE.exec(error.slice(0, MAX_TEXT_LENGTH))?.[1] ?? '';
  if (!(error instanceof Error)) return '';
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return error.cause instanceof Error ? errorCode(error.cause) : errorCode(error.message);
}
