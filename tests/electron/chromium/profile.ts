import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new, empty Chromium profile. */
export const makeProfile = (): string => mkdtempSync(join(tmpdir(), 'electron-stand-in-'));

/**
 * Chromium's own environment: its home is inside the profile, so that it leaves nothing in the user's home (`~/.pki`,
 * `~/.config/chromium`). The X authority stays the user's.
 */
export const profileEnvironment = (profile: string): NodeJS.ProcessEnv => ({
  // Without a UTF-8 locale, names of files with other letters are lost.
  LANG: 'C.UTF-8',
  ...process.env,
  HOME: profile,
  XDG_CONFIG_HOME: join(profile, 'config'),
  XDG_CACHE_HOME: join(profile, 'cache'),
  XDG_DATA_HOME: join(profile, 'data'),
  XAUTHORITY: process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority'),
});

/** Waits for our end of its stdin to close, that is for our death of whatever cause; then ends Chromium. */
const WATCH = `read _; i=0
while kill -0 "$1" 2>/dev/null && [ $i -lt 30 ]; do sleep 0.1; i=$((i+1)); done
kill -9 "$1" 2>/dev/null; sleep 0.2; rm -rf "$2"`;

/** Makes sure that neither Chromium nor its profile outlives this process, even when it is killed with SIGKILL. */
export function guardProfile(profile: string, chromiumPid: number): void {
  const guard = spawn('/bin/sh', ['-c', WATCH, 'sh', String(chromiumPid), profile], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
}
