import { spawnSync } from 'node:child_process';

/** Whom children run as where permissions matter: root may do everything, so root's tests use nobody. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** False on Windows, and where nobody cannot reach this checkout. */
export function canRunUnprivileged(file: string): boolean {
  if (process.platform === 'win32') return false;
  return spawnSync(process.execPath, ['--check', file], unprivileged).status === 0;
}
