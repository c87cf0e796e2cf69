import type { ConfirmQuestion } from '../../../preload/contract/index.ts';
import { quoted } from '../quoted.ts';

/** What the API of Kubernetes is asked for, in the words of the question. */
export interface KubernetesPurpose {
  /** `this health check`: for what the certificate is issued. */
  readonly what: string;
  /** `reads nodes and pods`: what is done there. */
  readonly does: string;
}

/** Before Minos signs in to an API server that no file of the user names. */
export function apiServerQuestion(
  context: string,
  server: string,
  isToldByCluster: boolean,
  { what, does }: KubernetesPurpose,
): ConfirmQuestion {
  return {
    title: 'Connect to the API of Kubernetes?',
    facts: [
      isToldByCluster
        ? `The cluster of ${quoted(context)} says that its API server is reached there.`
        : `The health check of ${quoted(context)} was told to ask there.`,
      'None of your open talosconfigs and kubeconfigs names it yet.',
      `Minos signs in with a certificate the cluster issued for ${what}, and ${does}. It keeps the certificate in memory until that has ended.`,
    ],
    names: { label: 'Address', items: [server] },
    deed: 'Connect',
    isDestructive: false,
  };
}
