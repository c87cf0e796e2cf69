import { call, nothing } from '../call.ts';
import type { KubeconfigState } from './kubeconfig.ts';

/** Topics about kubeconfig files. */
export const kubeconfigTopics = {
  /** The kubeconfig files kubectl reads, their contexts and where they come from. */
  'kubeconfig.state': call<KubeconfigState>()(nothing),
} as const;
