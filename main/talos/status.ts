import type { ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Failure, Retry } from '../../preload/contract/index.ts';
import type { FailureParts } from '../lib/failed.ts';
import { failure } from '../lib/failed.ts';
import { redactText } from '../lib/redact.ts';
import { visible } from '../lib/visible.ts';
import { methodName, methodOf } from './methods.ts';
import { isAboutDaemon, LOCAL_DAEMON } from './status-daemon.ts';
import { NOT_TALOS } from './status-protocol.ts';
import { STATUS_RULES } from './status-rules.ts';
import { BEHIND_THE_ENDPOINT } from './status-unavailable.ts';
import type { CodeRules, Execution, FailedCall, Verdict } from './status-verdict.ts';
import { verdictOf } from './status-verdict.ts';

/** Who was asked, and what. */
export interface AskedCall {
  /** The address we were connected to, if a connection was chosen. */
  readonly endpoint?: string | undefined;
  /** The value of the `node` header; undefined when the endpoint was asked for itself. */
  readonly node?: string | undefined;
  /** How that node calls itself, if it is known. */
  readonly nodeName?: string | undefined;
  /** The Talos version of whoever was asked, if it is known: `v1.13.9`. */
  readonly version?: string | undefined;
  /** Roles of our certificate, if they are known. */
  readonly roles?: readonly string[] | undefined;
  /** Full path: `/machine.MachineService/Version`. */
  readonly method: string;
}

/**
 * Reads errors of our own connection (refused, untrusted certificate, dropped), which grpc-js reports as UNAVAILABLE.
 * Answers undefined for everything that it does not know.
 */
export type TransportReading = (error: ServiceError, site: AskedCall) => FailureParts | undefined;

const MAX_DETAILS_LENGTH = 4000;
const MAX_SHOWN_LENGTH = 300;

/**
 * What the end of a call means to the user: one sentence that names the node and the endpoint, what to do, whether
 * repeating can do harm. The other side's own words are in `details`.
 *
 * `retry` follows what is known about the method (methods.ts): a change whose answer was lost becomes `maybe-done` and is
 * only repeated after asking. `readTransport` sees an UNAVAILABLE that no endpoint sent.
 */
export function failureFromStatus(error: ServiceError, site: AskedCall, readTransport?: TransportReading): Failure {
  const details = detailsOf(error);
  const where = { ...(site.endpoint && { endpoint: site.endpoint }), ...(site.node && { node: site.node }) };
  const saidByEndpoint = isAboutDaemon(details) || BEHIND_THE_ENDPOINT.some((rule) => rule.pattern.test(details));
  const transport = error.code === status.UNAVAILABLE && !saidByEndpoint ? readTransport?.(error, site) : undefined;
  if (transport !== undefined) return failure({ details, ...transport, where: { ...where, ...transport.where } });

  const call = callOf(site, details);
  const verdict = verdictOf(withCommon(STATUS_RULES[knownCode(error.code)]), call, details);
  return failure({ ...partsOf(verdict, call), where, details });
}

/** Rules that hold whatever the code, before those of the code. */
const withCommon = ({ rules, otherwise }: CodeRules): CodeRules => ({
  rules: [...NOT_TALOS, ...LOCAL_DAEMON, ...rules],
  otherwise,
});

function partsOf(verdict: Verdict, call: FailedCall): FailureParts {
  const { executed, ...parts } = verdict;
  const once = (call.facts?.safety ?? 'once') === 'once';
  if (executed === 'unknown' && once) {
    return {
      code: 'maybe-done',
      message: `${parts.message} ${call.method} may have been carried out.`,
      hint: `Look at ${call.subject} before you repeat it.`,
      retry: 'ask',
    };
  }
  return { ...parts, retry: retryAfter(executed, once) };
}

function retryAfter(executed: Execution, once: boolean): Retry {
  switch (executed) {
    case 'no':
      return 'safe';
    case 'refused':
      return 'never';
    case 'answered':
    case 'unknown':
      return once ? 'ask' : 'safe';
  }
}

function callOf(site: AskedCall, details: string): FailedCall {
  const endpoint = site.endpoint ?? 'the endpoint';
  const node = site.nodeName ?? site.node;
  return {
    endpoint,
    node,
    subject: node ?? endpoint,
    version: site.version,
    method: methodName(site.method),
    facts: methodOf(site.method),
    roles: site.roles,
    isResource: site.method.startsWith('/cosi.resource.State/'),
    text: shown(details),
  };
}

function knownCode(code: status): keyof typeof STATUS_RULES {
  return code !== status.OK && Object.hasOwn(STATUS_RULES, code) ? code : status.UNKNOWN;
}

/** Go wraps statuses into each other; only the innermost words say something. */
function detailsOf(error: ServiceError): string {
  // A foreign error may lack the field whatever its type says.
  const text = (error.details as string | undefined) ?? error.message;
  return redactText(text.slice(0, MAX_DETAILS_LENGTH));
}

/** In front of the words of a status that Go wrapped into another. */
const WRAPPED = /rpc error: code = \w{1,40} desc = /g;

function shown(details: string): string {
  const last = [...details.matchAll(WRAPPED)].at(-1);
  const inner = last === undefined ? details : details.slice(last.index + last[0].length);
  const line = visible(inner.replace(/[\p{Cc}\s]+/gu, ' ')).replace(/^ /, '');
  const words = line.slice(0, lengthWithout(line, '. '));
  if (words === '') return 'it gave no reason';
  return words.length > MAX_SHOWN_LENGTH ? `${words.slice(0, MAX_SHOWN_LENGTH)}…` : words;
}

/** Length of a text without these signs at its end. */
function lengthWithout(text: string, signs: string): number {
  let length = text.length;
  while (length > 0 && signs.includes(text.charAt(length - 1))) length -= 1;
  return length;
}
