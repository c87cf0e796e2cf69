import type { FailedCall, Rule, Verdict } from './status-verdict.ts';

/*
 * Answers that are none of the Talos API's, in the words that grpc-js 1.14.7 has for them: whatever code it gives them,
 * they mean the same. docs/talos-behaviour.md §9.5.
 */

const CHECK_ADDRESS =
  'Check the endpoint and its port (50000), and whether a proxy or load balancer in between passes gRPC on.';

/** Something answered, and it was not the Talos API. */
function notTalos(call: FailedCall, what: string, hint = CHECK_ADDRESS): Verdict {
  return { code: 'unreachable', message: `${call.endpoint} ${what}.`, hint, executed: 'unknown' };
}

function httpStatus(call: FailedCall, status: number): Verdict {
  const what = `answered ${call.method} with HTTP status ${status} instead of the Talos API`;
  if (status === 401 || status === 403 || status === 407) {
    return notTalos(
      call,
      what,
      'Something in between asks for a sign-in or refuses: check proxy-url and its password.',
    );
  }
  if (status === 429)
    return notTalos(call, what, 'Something in between counts requests: wait a moment, then try again.');
  if (status >= 500) {
    return notTalos(
      call,
      what,
      'A proxy or load balancer in between cannot reach the Talos API: look whether it runs.',
    );
  }
  return notTalos(call, what);
}

/** The four bytes of a length are letters: a page or another text, not a message. */
function isText(length: number): boolean {
  const bytes = [24, 16, 8, 0].map((shift) => (length >>> shift) & 0xff);
  return length > 0 && bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));
}

function unreadable(call: FailedCall, why: string): Verdict {
  return {
    code: 'not-supported',
    message: `The answer of ${call.subject} to ${call.method} ${why}.`,
    hint: 'Something in between may change answers, or the Talos version is one that Minos does not know.',
    executed: 'answered',
  };
}

function tooLarge(call: FailedCall, what: string): Verdict {
  return {
    code: 'too-large',
    message: `The answer of ${call.subject} to ${call.method} is ${what}.`,
    hint: 'Ask for less at a time.',
    executed: 'refused',
  };
}

/** Looked at before the rules of the code. */
export const NOT_TALOS: readonly Rule[] = [
  {
    pattern: /^Received message larger than max \((\d+) vs/,
    verdict: (call, match) =>
      isText(Number(match[1]))
        ? notTalos(call, `answered ${call.method} with text, such as a web page, instead of the Talos API`)
        : tooLarge(call, 'larger than 32 MiB'),
  },
  {
    pattern: /^Received message that decompresses to a size larger/,
    verdict: (call) => tooLarge(call, 'compressed and unpacks to more than 32 MiB'),
  },
  {
    pattern: /^Failed to decompress/,
    verdict: (call) => unreadable(call, 'is compressed and cannot be unpacked'),
  },
  {
    pattern: /compressed with unsupported|Compression method not supported|^Received compressed message but/,
    verdict: (call) => unreadable(call, 'is compressed in a way that Minos does not know'),
  },
  { pattern: /^Response message parsing error/, verdict: (call) => unreadable(call, 'cannot be read') },
  {
    pattern: /Call ended without gRPC status|^Received HTTP status code 200$/,
    verdict: (call) =>
      notTalos(call, `ended its answer to ${call.method} without a status, as the Talos API never does`),
  },
  {
    pattern: /^Bandwidth exhausted or memory limit exceeded$/,
    verdict: (call) => ({
      code: 'precondition',
      message: `${call.endpoint} asks for fewer requests (HTTP/2 ENHANCE_YOUR_CALM) and did not complete ${call.method}.`,
      hint: 'Wait a moment, and ask fewer nodes at a time.',
      executed: 'unknown',
    }),
  },
  {
    pattern: /^Protocol not secure enough$/,
    verdict: (call) => ({
      code: 'untrusted',
      message: `${call.endpoint} finds the encryption of the connection too weak (HTTP/2 INADEQUATE_SECURITY).`,
      hint: CHECK_ADDRESS,
      executed: 'no',
    }),
  },
  { pattern: /^Received HTTP status code (\d{3})/, verdict: (call, match) => httpStatus(call, Number(match[1])) },
];
