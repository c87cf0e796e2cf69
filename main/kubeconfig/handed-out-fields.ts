import { Failed } from '../lib/failed.ts';
import { printable } from './handed-out-text.ts';
import type { TextPosition } from '../yaml/yaml-document.ts';

/** The fields that Talos writes, by the mapping they stand in (docs/talos-behaviour.md §4.3). Everything else is refused. */
export const HANDED_OUT_FIELDS = {
  '': ['apiVersion', 'kind', 'preferences', 'clusters', 'users', 'contexts', 'current-context'],
  preferences: [],
  clusters: ['name', 'cluster'],
  users: ['name', 'user'],
  contexts: ['name', 'context'],
  cluster: ['server', 'certificate-authority-data'],
  user: ['client-certificate-data', 'client-key-data'],
  context: ['cluster', 'user', 'namespace'],
} as const;

const RUNS = 'makes kubectl run a program on this computer';
const READS = 'makes kubectl read a file of this computer';
const ACTS_AS = 'makes kubectl act as somebody else';
const OTHER_SIGN_IN = 'signs in otherwise than with the certificate that Talos issues';

/** What fields do that Talos never hands out. */
const WHY: ReadonlyMap<string, string> = new Map([
  ['exec', RUNS],
  ['auth-provider', `${RUNS} or sign in somewhere else`],
  ['tokenFile', `${READS} and send what it holds`],
  ['client-certificate', READS],
  ['client-key', READS],
  ['certificate-authority', READS],
  ['token', OTHER_SIGN_IN],
  ['username', OTHER_SIGN_IN],
  ['password', OTHER_SIGN_IN],
  ['as', ACTS_AS],
  ['as-uid', ACTS_AS],
  ['as-groups', ACTS_AS],
  ['as-user-extra', ACTS_AS],
  ['insecure-skip-tls-verify', 'decides whether kubectl checks who answers it'],
  ['proxy-url', 'sends everything kubectl says by way of another machine'],
  ['tls-server-name', 'lets a server with another name answer'],
  ['extensions', 'carries data for other programs'],
  ['<<', 'copies fields from elsewhere in the text'],
]);

const NOT_OF_TALOS = 'is nothing that Talos hands out';

/** Why a field is refused, to follow its name. */
export const refusedBecause = (field: string): string => WHY.get(field) ?? NOT_OF_TALOS;

/** The refusal of what a cluster handed out: names the field and says why. Quotes nothing that may be a key. */
export function refusedKubeconfig(field: string, why: string, at?: TextPosition): Failed {
  const shown = printable(field, 100);
  const line = at === undefined ? '' : ` (line ${at.line})`;
  return new Failed({
    code: 'invalid',
    message: `The cluster hands out a kubeconfig that is not merged: ${shown}${line} ${why}.`,
    hint: 'Nothing was written. To look at it without kubectl reading it: talosctl kubeconfig look-at-this.yaml --merge=false',
    where: { field: shown, ...(at && { line: at.line }) },
  });
}
