import { ensurePackages, realSystem, type System } from './system-packages.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** True when a window could be shown to somebody. */
export const hasDisplay = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);

/** The command as it is, or below xvfb where Linux has no display (installing xvfb where that is allowed). */
export function displayCommand(
  command: string,
  args: readonly string[],
  system: System = realSystem(),
  platform: NodeJS.Platform = process.platform,
): Command {
  if (hasDisplay(system.env, platform)) return { command, args };
  ensurePackages(['xvfb'], system);
  return { command: 'xvfb-run', args: ['-a', '-s', '-screen 0 1920x1200x24', command, ...args] };
}
