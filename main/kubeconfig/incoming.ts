import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { Literal, isPlainMap, type PlainMap, type PlainValue } from '../yaml/plain-value.ts';
import { whatRuns } from './exec-arguments.ts';
import { isUnsetValue, parseKubeconfig, textOf, type Kubeconfig, type KubeEntry } from './kubeconfig.ts';

/** What a kubeconfig of somebody else does besides naming a server and a certificate. */
export interface Carried {
  /** Command lines without their secrets, each with its user. */
  readonly runs: readonly { readonly user: string; readonly command: string }[];
  /** As written, with their passwords. */
  readonly proxies: readonly string[];
  /** A sentence for each program, file, proxy and unverified server. */
  readonly sentences: readonly string[];
}

const BOOLEANS = ['insecure-skip-tls-verify', 'disable-compression', 'provideClusterInfo'];
const YES = /^(y|yes|true|on)$/i;
const PATHS = {
  clusters: ['certificate-authority'],
  users: ['client-certificate', 'client-key', 'tokenFile'],
} as const;

/**
 * A kubeconfig from elsewhere as it is merged: what kubectl takes from it, booleans spelled so that every reader knows
 * them, and relative paths from the folder it lay in. Throws Failed `file-invalid`.
 */
export function parseIncoming(text: string, from?: string): Kubeconfig {
  const kubeconfig = parseKubeconfig(text, undefined, { forReading: true });
  const folder = from === undefined ? undefined : dirname(from);
  const map = (section: 'clusters' | 'users') =>
    new Map(
      [...kubeconfig[section]].map(([name, entry]): [string, KubeEntry] => [
        name,
        { ...entry, value: asWritten(entry.value, PATHS[section], folder) },
      ]),
    );
  return { ...kubeconfig, clusters: map('clusters'), users: map('users') };
}

function asWritten(value: PlainMap, paths: readonly string[], folder: string | undefined): PlainMap {
  const absolute = (one: PlainValue): PlainValue =>
    folder === undefined || textOf(one) === '' ? one : resolve(folder, textOf(one));
  return new Map(
    [...value].map(([name, one]): [string, PlainValue] => {
      if (paths.includes(name)) return [name, absolute(one)];
      if (BOOLEANS.includes(name) && typeof one === 'string') return [name, new Literal(String(YES.test(one)))];
      if (name !== 'exec' || !isPlainMap(one)) return [name, one];
      const exec = new Map(asWritten(one, [], folder));
      const command = textOf(exec.get('command'));
      // A name without a folder is looked for on the PATH.
      if (command.includes('/') || command.includes(sep)) exec.set('command', absolute(command));
      return [name, exec];
    }),
  );
}

/** Says what a kubeconfig carries. Throws Failed `file-invalid`. */
export function carriedBy(text: string, from?: string): Carried {
  const { clusters, users } = parseIncoming(text, from);
  const runs: { readonly user: string; readonly command: string }[] = [];
  const running: string[] = [];
  const proxies: string[] = [];
  const sentences: string[] = [];
  for (const { name, value } of users.values()) {
    const has = (field: string): boolean => !isUnsetValue(value.get(field)) && value.get(field) !== '';
    const command = whatRuns(value);
    if (has('exec') || command !== '') {
      runs.push({ user: name, command });
      running.push(`kubectl runs a program on this computer whenever it uses the user ${name}: ${command}`);
    } else if (has('auth-provider')) sentences.push(`The user ${name} signs in with an auth provider.`);
    for (const field of PATHS.users)
      if (has(field)) sentences.push(fileSentence('user', name, textOf(value.get(field))));
  }
  for (const { name, value } of clusters.values()) {
    const file = textOf(value.get('certificate-authority'));
    if (file !== '') sentences.push(fileSentence('cluster', name, file));
    const proxy = textOf(value.get('proxy-url'));
    if (proxy !== '') {
      proxies.push(proxy);
      sentences.push(`kubectl reaches the cluster ${name} by a proxy.`);
    }
    if (textOf(value.get('insecure-skip-tls-verify')) === 'true')
      sentences.push(`kubectl does not verify the server of the cluster ${name}.`);
  }
  return { runs, proxies, sentences: [...running, ...sentences] };
}

const fileSentence = (word: string, name: string, path: string): string =>
  `The ${word} ${name} reads the file ${path}${isAbsolute(path) ? '' : ', which kubectl looks for beside the file it is merged into'}.`;
