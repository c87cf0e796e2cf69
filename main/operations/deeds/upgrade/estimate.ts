import { BACK_MS, DRAIN_MS, INSTALL_MS, PULL_MS } from '../power/estimates.ts';

/** How long one machine takes, about. For planning, not a promise. */
export const upgradeEstimateMs = (drains: boolean): number => PULL_MS + INSTALL_MS + BACK_MS + (drains ? DRAIN_MS : 0);
