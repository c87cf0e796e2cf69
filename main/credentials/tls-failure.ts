import type { FailureCode } from '../../preload/contract/index.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { FailureParts } from '../lib/failed.ts';
import { isThisComputer, thisComputerHint } from '../lib/this-computer.ts';
import { utcMinute } from '../lib/utc-minute.ts';
import type { PeerCertificate } from './peer-certificate.ts';
import { REGENERATED, serverCertificate } from './server-words.ts';
import { codeOf, tlsCause, type TlsCause } from './tls-cause.ts';
import type { TlsSelfTestResult } from './tls-self-test.ts';

/** What is known about the failed connection. */
export interface TlsFailureSite {
  /** As written in the talosconfig, with its port where that helps. */
  readonly endpoint: string;
  /** The server's certificate, when the handshake came that far. */
  readonly peer?: PeerCertificate | undefined;
  /** When our own certificate is valid; a server says the same of one that is no longer and one that is not yet. */
  readonly client?: { readonly notBeforeMs: number; readonly notAfterMs: number } | undefined;
  /** Wall clock, for certificates that are not valid now. */
  readonly nowMs: number;
  /** Result of the self-test, which decides what a handshake failure means. */
  readonly selfTest?: TlsSelfTestResult | undefined;
}

interface Words {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string;
}

/** A failed connection in words: what happened, to which endpoint, what to do; the raw text goes to `details`. */
export function explainTlsFailure(error: unknown, site: TlsFailureSite): FailureParts {
  const words = onThisComputer(wordsFor(tlsCause(error), site), site.endpoint);
  return {
    ...words,
    where: { endpoint: site.endpoint },
    details: rawText(error),
    // Nothing was sent, so repeating does no harm; it is pointless where a person has to change something first.
    retry: words.code === 'unreachable' || words.code === 'timeout' ? 'safe' : 'never',
  };
}

/** There no machine is down and no network is wrong: whatever should listen here does not, or is something else. */
function onThisComputer(words: Words, endpoint: string): Words {
  if (words.code === 'credentials' || !isThisComputer(endpoint)) return words;
  const own = thisComputerHint(endpoint);
  return { ...words, hint: words.code === 'untrusted' ? `${words.hint} ${own}` : own };
}

function wordsFor(cause: TlsCause, site: TlsFailureSite): Words {
  const { endpoint } = site;
  switch (cause) {
    case 'refused':
      return unreachable(
        `${endpoint} refused the connection.`,
        'The machine is up, but Talos does not listen there: check address and port, or wait until it has started.',
      );
    case 'no-route':
      return unreachable(`There is no route to ${endpoint}.`, 'Check the network, the VPN and the address.');
    case 'blocked':
      return unreachable(
        `This computer does not allow a connection to ${endpoint}.`,
        'Check its firewall, and on macOS the local network permission of this app.',
      );
    case 'no-such-host':
      return unreachable(
        `The name ${endpoint} is not known to DNS.`,
        'Check its spelling and the VPN, or use the address instead.',
      );
    case 'dns-failed':
      return unreachable(
        `DNS gave no answer for ${endpoint}.`,
        'Check the network and the VPN, or use the address instead.',
      );
    case 'timeout':
      return {
        code: 'timeout',
        message: `${endpoint} did not answer in time.`,
        hint: 'The machine may be down or a firewall may drop the connection.',
      };
    case 'reset':
      return unreachable(
        `${endpoint} closed the connection.`,
        'The machine may be restarting, or a firewall or load balancer in between closes connections.',
      );
    case 'not-tls':
      return untrusted(
        `${endpoint} answers, but does not speak TLS.`,
        'Another service uses that port: the Talos API usually listens on 50000.',
      );
    case 'not-http2':
      return untrusted(
        `${endpoint} speaks TLS, but is not a Talos API (no HTTP/2).`,
        'Another service uses that port: the Talos API usually listens on 50000.',
      );
    case 'no-common-protocol':
      return untrusted(
        `${endpoint} and this app have no TLS version or cipher in common.`,
        'Talos speaks TLS 1.2 and 1.3: something in between may intercept the connection.',
      );
    case 'handshake-failure':
      return handshakeFailure(site);
    case 'closed-unread':
      return credentials(
        `${endpoint} closed the connection right after the TLS handshake.`,
        `Most likely it refused the client certificate: ${notValidNow(site) ?? REGENERATED} A proxy or load balancer in between can cause it too.`,
      );
    case 'client-missing':
      return credentials(
        `${endpoint} requires a client certificate and this context has none.`,
        'Use a talosconfig with crt and key.',
      );
    case 'client-expired':
      return clientDates(site);
    case 'client-unknown-authority':
      return credentials(`${endpoint} does not know the authority that issued the client certificate.`, REGENERATED);
    case 'client-refused':
      return credentials(
        `${endpoint} refused the client certificate.`,
        'Talos 1.12 and later accept only certificates made for clientAuth alone; it may also belong to another cluster.',
      );
    case 'unknown-authority':
    case 'server-expired':
    case 'server-not-yet-valid':
    case 'server-purpose':
    case 'server-name':
    case 'server-invalid':
      return { code: 'untrusted', ...serverCertificate(cause, site) };
    case 'unknown':
      return unreachable(`The connection to ${endpoint} failed.`, 'The details hold what the TLS library said.');
    default:
      return assertNever(cause);
  }
}

const unreachable = (message: string, hint: string): Words => ({ code: 'unreachable', message, hint });
const untrusted = (message: string, hint: string): Words => ({ code: 'untrusted', message, hint });
const credentials = (message: string, hint: string): Words => ({
  code: 'credentials',
  message,
  hint: hint.charAt(0).toUpperCase() + hint.slice(1),
});

/** Why our certificate is not valid by the clock of this computer; undefined when it is, or when nothing is known of it. */
function notValidNow({ client, nowMs }: TlsFailureSite): string | undefined {
  if (client === undefined) return undefined;
  if (client.notAfterMs <= nowMs) return `it expired on ${utcMinute(client.notAfterMs)}.`;
  if (client.notBeforeMs > nowMs) return `it is valid only from ${utcMinute(client.notBeforeMs)}.`;
  return undefined;
}

/** TLS has one alert for both: our dates and this computer's clock tell which it is. */
function clientDates(site: TlsFailureSite): Words {
  const { endpoint, client } = site;
  const why = notValidNow(site);
  if (client === undefined || why === undefined) {
    return credentials(
      `${endpoint} says that the client certificate has expired or is not valid yet.`,
      "Here it is valid: compare the machine's clock with this computer's.",
    );
  }
  const isEarly = client.notBeforeMs > site.nowMs;
  return credentials(
    `${endpoint} refused the client certificate: ${why}`,
    isEarly
      ? "Wait until then, or correct this computer's clock if it is slow."
      : 'Get a new talosconfig from somebody whose access still works.',
  );
}

function handshakeFailure({ endpoint, selfTest }: TlsFailureSite): Words {
  const message = `${endpoint} broke off the TLS handshake (alert 40).`;
  if (selfTest?.ok === false) return untrusted(message, selfTest.sentence);
  const tested = selfTest?.ok === true ? "This app's TLS library passed its own Ed25519 test, so s" : 'S';
  return untrusted(
    message,
    `${tested}omething in between may intercept the connection, or the port belongs to another service.`,
  );
}

/** Node's text for a certificate with other names holds all of them. */
const MAX_TEXT_LENGTH = 4000;

/** Code and text of the error on one line; OpenSSL puts a thread id in front of its text. */
function rawText(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error))
    .slice(0, MAX_TEXT_LENGTH)
    .trim()
    .replace(/^[0-9A-F]{8,16}:/, '');
  const code = codeOf(error);
  return code === '' || text.includes(code) ? text : `${code}: ${text}`;
}
