import type { ConfirmQuestion } from '../../../preload/contract/index.ts';

/** Before Minos ends to be replaced by another version. */
export function installQuestion(from: string, to: string): ConfirmQuestion {
  return {
    title: `Restart Minos as version ${to}?`,
    facts: [
      `Minos ${from} ends, the system installs ${to}, and Minos starts again.`,
      'What is followed in any window ends with it: logs, watches and health checks. Contexts, settings and history stay.',
    ],
    deed: 'Restart and install',
    isDestructive: false,
  };
}
