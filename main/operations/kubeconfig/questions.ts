import type { ConfirmQuestion } from '../../../preload/contract/index.ts';
import { quoted } from '../quoted.ts';

/** Before kubectl's lock beside a file is removed. */
export function removeLockQuestion(file: string): ConfirmQuestion {
  return {
    title: 'Remove the lock of kubectl?',
    facts: [
      `It lies beside ${file}.`,
      'kubectl makes it while it writes, for moments only. One that stays was left behind.',
      'If a kubectl is still writing, its change and the one of Minos may overwrite each other.',
    ],
    deed: 'Remove the lock',
    isDestructive: true,
  };
}

/** Before a kubeconfig is merged that runs programs, or whose servers and proxies a page may have brought. */
export function mergeQuestion(from: string, items: readonly string[]): ConfirmQuestion {
  return {
    title: 'Merge this kubeconfig?',
    facts: [
      from === 'clipboard' ? 'It comes from the clipboard.' : `It comes from ${from}.`,
      'kubectl runs its programs on this computer, with your rights, whenever it uses their users, and connects to its servers.',
    ],
    names: { label: 'Programs, new servers and proxies', items },
    deed: 'Merge it',
    isDestructive: false,
  };
}

/** Before connections to addresses that only the cluster named. */
export function probeQuestion(context: string, servers: readonly string[]): ConfirmQuestion {
  const one = servers.length === 1;
  return {
    title: one ? 'Connect to an address from the cluster?' : `Connect to ${servers.length} addresses from the cluster?`,
    facts: [
      `The cluster of ${quoted(context)} says that its API server is reached there.`,
      'None of your open talosconfigs and kubeconfigs names them yet.',
      'Minos opens one TCP connection to each from this computer, to see whether it answers. Nothing is sent.',
    ],
    names: { label: one ? 'Address' : 'Addresses', items: servers },
    deed: one ? 'Connect once' : `Connect to ${servers.length} addresses`,
    isDestructive: false,
  };
}
