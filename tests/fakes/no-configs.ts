import type { ConfigDesk } from '../../main/operations/deeds/config/config-desk.ts';

/** For deeds that touch no machine config. */
export const NO_CONFIGS = { chosen: () => undefined } as unknown as ConfigDesk;
