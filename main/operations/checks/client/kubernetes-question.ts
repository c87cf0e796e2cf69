import type { ConfirmQuestion } from '../../../../preload/contract/index.ts';
import { quoted } from '../../quoted.ts';

/** Before a health check signs in to an API server that no file of the user names. */
export function apiServerQuestion(context: string, server: string, isToldByCluster: boolean): ConfirmQuestion {
  return {
    title: 'Connect to the API of Kubernetes?',
    facts: [
      isToldByCluster
        ? `The cluster of ${quoted(context)} says that its API server is reached there.`
        : `The health check of ${quoted(context)} was told to ask there.`,
      'None of your open talosconfigs and kubeconfigs names it yet.',
      'Minos signs in with a certificate the cluster issued for this health check, and reads nodes and pods. It keeps the certificate in memory until the check has ended.',
    ],
    names: { label: 'Address', items: [server] },
    deed: 'Connect',
    isDestructive: false,
  };
}
