import { status } from '@grpc/grpc-js';
import { UNAVAILABLE } from './status-unavailable.ts';
import type { CodeRules, FailedCall, Verdict } from './status-verdict.ts';

/** Every status but OK. Texts are those of Talos and of grpc-js (docs/talos-behaviour.md §7.3, §9.5). */
export const STATUS_RULES: Readonly<Record<Exclude<status, status.OK>, CodeRules>> = {
  [status.CANCELLED]: {
    rules: [
      {
        pattern: /Cancelled on client/,
        verdict: (call) => ({ code: 'cancelled', message: `${call.method} was cancelled.`, executed: 'answered' }),
      },
    ],
    otherwise: (call) => ({
      code: 'unreachable',
      message: `${call.endpoint} ended ${call.method} before it was complete.`,
      executed: 'unknown',
    }),
  },

  [status.UNKNOWN]: {
    rules: [
      {
        pattern: /no such file or directory|does not exist|not found|was not registered/,
        verdict: (call) => ({ code: 'not-found', message: said(call), executed: 'refused' }),
      },
      {
        // machined gives up to dial its own etcd: the service does not listen.
        pattern: /error building etcd client/,
        verdict: (call) => ({
          code: 'precondition',
          message: `The etcd of ${call.subject} does not run, or does not answer its own machine.`,
          hint: 'Its service etcd may wait to be bootstrapped, for its data, or for the other members.',
          executed: 'answered',
        }),
      },
      {
        pattern: /etcdserver: no leader/,
        verdict: (call) => ({
          code: 'precondition',
          message: `The etcd of ${call.subject} knows no leader: too few of its members are there to agree.`,
          hint: 'Look which control planes are down. An election takes a few seconds.',
          executed: 'answered',
        }),
      },
    ],
    otherwise: (call) => ({ code: 'precondition', message: said(call), executed: 'answered' }),
  },

  [status.INVALID_ARGUMENT]: {
    rules: [
      {
        pattern: /node metadata must be single-valued|one-2-many proxying is not supported/,
        verdict: (call) => ({
          code: 'internal',
          message: `${call.endpoint} refused ${call.method}: the request named more than one node.`,
          executed: 'refused',
        }),
      },
    ],
    otherwise: (call) => ({
      code: 'invalid',
      message: `${call.subject} refused the request: ${call.text}.`,
      executed: 'refused',
    }),
  },

  [status.DEADLINE_EXCEEDED]: {
    rules: [
      {
        pattern: /^(?!.*remote_addr=).*Waiting for LB pick/,
        verdict: (call) => ({
          code: 'timeout',
          message: `There was no connection to ${call.endpoint} in time; ${call.method} was not sent.`,
          executed: 'no',
        }),
      },
    ],
    otherwise: (call) => ({
      code: 'timeout',
      message: `${call.subject} did not answer ${call.method} in time.`,
      executed: 'unknown',
    }),
  },

  [status.NOT_FOUND]: {
    rules: [],
    otherwise: (call) => ({ code: 'not-found', message: said(call), executed: 'refused' }),
  },

  [status.ALREADY_EXISTS]: {
    rules: [
      {
        pattern: /etcd data directory is not empty/,
        verdict: (call) => ({
          code: 'precondition',
          message: `${call.subject} has etcd data already: this cluster was bootstrapped before.`,
          hint: 'A cluster is bootstrapped once, on one node.',
          executed: 'refused',
        }),
      },
    ],
    otherwise: (call) => ({ code: 'precondition', message: said(call), executed: 'refused' }),
  },

  [status.PERMISSION_DENIED]: {
    rules: [
      {
        pattern: /no request forwarding/,
        verdict: (call) => ({
          code: 'not-supported',
          message: `${call.endpoint} is a worker and cannot ask ${call.node ?? 'other nodes'} for you.`,
          hint: 'Use the addresses of control plane nodes as endpoints.',
          executed: 'no',
        }),
      },
      { pattern: /not authorized/, verdict: notAuthorized },
      {
        pattern: /(resource type|namespace) "(.{0,253}?)" is not supported/,
        verdict: (call, match) => ({
          code: 'not-found',
          message: `${call.subject} has no ${match[1] ?? 'resource type'} "${match[2] ?? ''}".`,
          executed: 'refused',
        }),
      },
      {
        pattern: /write access is not allowed/,
        verdict: (call) => ({
          code: 'denied',
          message: `${call.subject} lets nobody change resources through its API.`,
          hint: 'Change the machine config instead.',
          executed: 'refused',
        }),
      },
    ],
    otherwise: (call) => ({
      code: 'denied',
      message: `${call.subject} refused ${call.method}: ${call.text}.`,
      executed: 'refused',
    }),
  },

  [status.RESOURCE_EXHAUSTED]: {
    rules: [
      {
        pattern: /message larger than max/,
        verdict: (call) => ({
          code: 'too-large',
          message: `The answer of ${call.subject} to ${call.method} is larger than 32 MiB.`,
          hint: 'Ask for less at a time.',
          executed: 'refused',
        }),
      },
    ],
    otherwise: (call) => ({
      code: 'precondition',
      message: `${call.subject} has no room for the request: ${call.text}.`,
      executed: 'answered',
    }),
  },

  [status.FAILED_PRECONDITION]: {
    rules: [
      {
        pattern: /method is not supported in (.{1,60}?) mode/,
        verdict: (call, match) => ({
          code: 'not-supported',
          message: `${call.method} is not possible on ${call.subject}: it runs in ${match[1] ?? 'another'} mode.`,
          executed: 'refused',
        }),
      },
      {
        pattern: /already in progress|not available yet|not in sync yet|not ready/,
        verdict: (call) => ({
          code: 'precondition',
          message: said(call),
          hint: 'Wait a moment and try again.',
          executed: 'no',
        }),
      },
    ],
    otherwise: (call) => ({ code: 'precondition', message: said(call), executed: 'refused' }),
  },

  [status.ABORTED]: {
    rules: [],
    otherwise: (call) => ({ code: 'precondition', message: said(call), executed: 'answered' }),
  },

  [status.OUT_OF_RANGE]: {
    rules: [],
    otherwise: (call) => ({ code: 'invalid', message: said(call), executed: 'refused' }),
  },

  [status.UNIMPLEMENTED]: {
    rules: [
      {
        pattern: /only available on control plane nodes/,
        verdict: (call) => ({
          code: 'not-supported',
          message: `${call.subject} is a worker: ${call.method} exists on control plane nodes only.`,
          hint: 'Choose a control plane node.',
          executed: 'refused',
        }),
      },
      {
        pattern: /unknown (method|service)|does not implement the method/,
        verdict: (call) => ({
          code: 'not-supported',
          message: `${call.method} is not on this node's version: ${call.subject} runs ${versionWords(call)}.`,
          hint: 'Compare the Talos versions of your nodes.',
          executed: 'refused',
        }),
      },
    ],
    otherwise: (call) => ({
      code: 'not-supported',
      message: `${call.subject} does not support ${call.method}: ${call.text}.`,
      executed: 'refused',
    }),
  },

  [status.INTERNAL]: {
    rules: [
      {
        pattern: /invalid target/,
        verdict: (call) => ({
          code: 'invalid',
          message: `${call.endpoint} refused "${call.node ?? ''}" as a node.`,
          hint: 'Write the host name or the address alone, without a port.',
          executed: 'refused',
        }),
      },
      {
        pattern: /RST_STREAM/,
        verdict: (call) => ({
          code: 'unreachable',
          message: `${call.endpoint} broke off ${call.method} before the answer was complete.`,
          executed: 'unknown',
        }),
      },
    ],
    otherwise: (call) => ({
      code: 'internal',
      message: `${call.subject} reported an internal error: ${call.text}.`,
      executed: 'answered',
    }),
  },

  [status.UNAVAILABLE]: UNAVAILABLE,

  [status.DATA_LOSS]: {
    rules: [],
    otherwise: (call) => ({ code: 'internal', message: said(call), executed: 'answered' }),
  },

  [status.UNAUTHENTICATED]: {
    rules: [],
    otherwise: (call): Verdict => ({
      code: 'unauthenticated',
      message: `${call.endpoint} does not know who you are.`,
      hint: 'It asks for a sign-in; a certificate is not enough here.',
      executed: 'no',
    }),
  },
};

/** "worker-2 answered: <its words>." */
function said(call: FailedCall): string {
  return `${call.subject} answered: ${call.text}.`;
}

function versionWords({ version }: FailedCall): string {
  return version === undefined ? 'a Talos without it' : `Talos ${version}`;
}

/** A role that may read, and may not read this: resources of a sensitive type are for administrators alone. */
function notAuthorized(call: FailedCall): Verdict {
  const { roles, facts } = call;
  const isReader =
    roles === undefined || (!roles.includes('os:admin') && facts?.roles.some((one) => roles.includes(one)));
  const isSecret = call.isResource && facts?.safety === 'read' && isReader === true;
  return {
    code: 'denied',
    message: isSecret
      ? `${call.subject} refused: resources of this type hold secrets, and your role may not read them.`
      : `Your role may not call ${call.method} on ${call.subject}.`,
    hint: isSecret ? 'Reading them needs the role os:admin.' : rolesHint(call),
    executed: 'refused',
  };
}

function rolesHint(call: FailedCall): string {
  const roles = call.facts?.roles ?? ['os:admin'];
  if (roles.length <= 1) return `It needs the role ${roles[0] ?? 'os:admin'}.`;
  return `It needs one of the roles ${roles.join(', ')}.`;
}
