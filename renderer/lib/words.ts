import type {
  AuthKind,
  ContextSummary,
  EndpointStatus,
  NodeRole,
  NodeSummary,
  VersionCount,
} from '../../preload/contract/index.ts';
import { assertNever } from './assert-never.ts';
import { formatTime, plural } from './format.ts';
import { showUnseen } from './unseen-signs.ts';

/** The words and signs for what the models say, so that every screen says it the same way. */

type EndpointState = Pick<EndpointStatus, 'phase' | 'downSinceMs'>;

export type Sign = 'ready' | 'busy' | 'unknown' | 'failed' | 'disabled';

/** One that is tried again after failures stays what it was until it answers. */
export function endpointSign({ phase, downSinceMs }: EndpointState): Sign {
  if (downSinceMs !== undefined) return 'failed';
  switch (phase) {
    case 'ready':
      return 'ready';
    case 'connecting':
      return 'busy';
    case 'idle':
      return 'unknown';
    case 'backing-off':
    case 'ejected':
      return 'failed';
    case 'disabled':
    case 'closed':
      return 'disabled';
    default:
      return assertNever(phase);
  }
}

/** `ready since 14:02:11`, `not reached since 14:02:11, next try 14:02:19`. */
export function endpointWords(endpoint: EndpointStatus): string {
  const since = formatTime(endpoint.downSinceMs ?? endpoint.sinceMs);
  const next = endpoint.untilMs === undefined ? '' : `, next try ${formatTime(endpoint.untilMs)}`;
  const isRetried = endpoint.downSinceMs !== undefined && endpoint.untilMs === undefined;
  if (isRetried && endpoint.phase !== 'ejected') return `not reached since ${since}, trying now`;
  switch (endpoint.phase) {
    case 'ready':
      return `ready since ${since}`;
    case 'connecting':
      return `connecting since ${since}`;
    case 'idle':
      return 'not needed yet';
    case 'backing-off':
      return `not reached since ${since}${next}`;
    case 'ejected':
      return `stopped answering at ${since}${next}`;
    case 'disabled':
      return 'switched off for this session';
    case 'closed':
      return 'closed';
    default:
      return assertNever(endpoint.phase);
  }
}

const SIGN_WORD: Readonly<Record<Sign, string>> = {
  ready: 'ready',
  busy: 'connecting',
  failed: 'not reached',
  unknown: 'not needed yet',
  disabled: 'off',
};

/** The state in one or two words. */
export function endpointWord(endpoint: EndpointState): string {
  return SIGN_WORD[endpointSign(endpoint)];
}

/** `2 ready, 1 not reached`: every endpoint counted once. */
export function endpointCounts(endpoints: readonly EndpointStatus[]): string {
  return (Object.keys(SIGN_WORD) as Sign[])
    .map((sign) => ({ sign, count: endpoints.filter((endpoint) => endpointSign(endpoint) === sign).length }))
    .filter(({ count }) => count > 0)
    .map(({ sign, count }) => `${count} ${SIGN_WORD[sign]}`)
    .join(', ');
}

/** Where the endpoints of a context come from that are not those of its file. */
export const START_ENDPOINTS = 'These are the endpoints of --endpoints of this start, not those of the file';

export const ROLE_WORD: Readonly<Record<NodeRole, string>> = {
  controlplane: 'control plane',
  worker: 'worker',
  unknown: 'unknown role',
};

/** ◆ control plane, ▪ worker. */
export const ROLE_SIGN: Readonly<Record<NodeRole, string>> = { controlplane: '◆', worker: '▪', unknown: '○' };

export function nodeName(node: NodeSummary): string {
  return showUnseen(node.hostname ?? node.target);
}

/** `1.13.9` of `Talos (v1.13.9)` or `v1.13.9`; the text itself when it is something else; empty when not known. */
export function talosVersion(os: string | undefined): string {
  if (os === undefined) return '';
  return /\(v?([^()]+)\)/.exec(os)?.[1] ?? os.replace(/^v(?=\d)/, '');
}

/** `1.35.2`, `1.35.2 ×12, 1.34.1 ×2`; empty when nobody said. */
export function versionWords(versions: readonly VersionCount[]): string {
  const words = (version: string): string => showUnseen(talosVersion(version));
  if (versions.length === 1) return versions.map(({ version }) => words(version)).join('');
  return versions.map(({ version, count }) => `${words(version)} ×${count}`).join(', ');
}

const AUTH_WORD: Readonly<Record<AuthKind, string>> = {
  certificate: 'certificate',
  basic: 'user name and password',
  siderov1: 'Omni sign-in',
  none: 'none',
};

export function authWords(context: ContextSummary): string {
  const word = AUTH_WORD[context.auth];
  return needsSignIn(context) ? `${word} (sign-in not supported yet)` : word;
}

/** Kinds of sign-in that Minos recognises and does not do yet. */
export function needsSignIn(context: ContextSummary): boolean {
  return context.auth === 'siderov1' || context.auth === 'basic';
}

export function rolesOf(context: ContextSummary): string {
  return context.certificate?.roles.join(', ') ?? '';
}

/** What is wrong with a context, in one short line; undefined when nothing is. */
export function problemLine(context: ContextSummary): string | undefined {
  if (needsSignIn(context)) return 'sign-in not supported yet';
  const [first, ...rest] = context.problems;
  if (!first) return context.isUsable ? undefined : 'cannot be used';
  return rest.length === 0 ? first.message : `${first.message} And ${plural(rest.length, 'more problem')}.`;
}
