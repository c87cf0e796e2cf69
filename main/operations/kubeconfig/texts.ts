import type { TextWorkers } from '../../text-work/text-workers.ts';

/** The work on texts that takes long for large ones; the app does it in a worker then. */
export type KubeconfigTexts = Pick<
  TextWorkers,
  | 'summarizeKubeconfig'
  | 'readHandedOut'
  | 'mergeKubeconfig'
  | 'removeFromKubeconfig'
  | 'renameInKubeconfig'
  | 'carriedByKubeconfig'
  | 'diffKubeconfig'
>;
