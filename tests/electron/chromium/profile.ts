import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What pages keep, by its place in Electron's user data folder and in a profile of Chromium. */
const KEPT = 'Local Storage';
const keptIn = (profile: string): string => join(profile, 'Default', KEPT);

/** A new Chromium profile; pages find what they kept when Electron last ran with this user data folder. */
export function makeProfile(userData: string): string {
  const profile = mkdtempSync(join(tmpdir(), 'electron-stand-in-'));
  const kept = join(userData, KEPT);
  if (existsSync(kept)) cpSync(kept, keptIn(profile), { recursive: true });
  return profile;
}

/** Keeps what pages of an ended Chromium keep for the next start, as Electron does in its user data folder. */
export function keepStorage(profile: string, userData: string): void {
  const from = keptIn(profile);
  if (!existsSync(from)) return;
  rmSync(join(userData, KEPT), { recursive: true, force: true });
  cpSync(from, join(userData, KEPT), { recursive: true });
}

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
