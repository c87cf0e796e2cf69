import type { FailedCall, Rule, Verdict } from './status-verdict.ts';

/*
 * A unix socket is never the way to another machine: who names one speaks of a daemon on the machine that answers
 * (docs/talos-behaviour.md §7.1, §7.3).
 */

/** By a part of the socket's path; the first that fits. */
const DAEMONS: readonly (readonly [part: string, name: string])[] = [
  ['/system/run/containerd/', "containerd (of Talos's own services)"],
  ['/run/containerd/', 'containerd (of Kubernetes)'],
  ['/machined/', 'machined'],
  // Machined serves it: apid asks there for its certificates and addresses.
  ['/apid/runtime.sock', 'machined'],
  ['/apid/', 'apid'],
  ['/trustd/', 'trustd'],
  ['/kubelet/', 'the kubelet'],
  ['/crio/', 'CRI-O'],
  ['/udev/', 'udevd'],
  ['/etcd', 'etcd'],
];

/** What listens there: a name that people know, else that of the socket's file or folder. */
function daemonAt(path: string): string {
  const known = DAEMONS.find(([part]) => path.includes(part))?.[1];
  if (known !== undefined) return known;
  const names = path.split('/').filter((name) => name !== '');
  const file = (names.at(-1) ?? '').replace(/\.sock(et)?$/, '');
  const says = !['', 'api', 'control', 'machine', 'runtime', 'server', 'socket'].includes(file);
  return (says ? file : names.at(-2)) ?? 'a daemon';
}

/** Go's dialer, an address with its scheme, and libraries that name the path alone. */
const SOCKET =
  /(?:dial unix |unix:\/{0,2}(?=\/)|failed to (?:dial|connect to) (?:endpoint )?)["']{0,1}@?(\/[\w./@-]{1,200}[\w@-])/;

function daemonDown(call: FailedCall, match: RegExpExecArray): Verdict {
  const path = match[1] ?? '';
  const daemon = daemonAt(path);
  const isDoor = daemon === 'machined';
  return {
    code: 'precondition',
    message: `${call.subject} answers, but ${daemon} on it does not (${path}).`,
    hint: isDoor
      ? `${call.subject} may be starting or shutting down: wait a moment and try again.`
      : `Look at the services of ${call.subject}: the daemon may be starting, or may have failed.`,
    // What machined was to do was not begun. Another daemon is asked by machined, in the middle of its work.
    executed: isDoor ? 'no' : 'answered',
  };
}

/** Whatever the code: machined passes such errors on as UNAVAILABLE, UNKNOWN and INTERNAL. */
export const LOCAL_DAEMON: readonly Rule[] = [{ pattern: SOCKET, verdict: daemonDown }];

/** Whether these words are about a daemon of the machine that said them: so that machine is on, and answers. */
export const isAboutDaemon = (details: string): boolean => SOCKET.test(details);
