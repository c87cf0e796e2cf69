import { app } from '../app.ts';
import type { Session } from '../requests/session.ts';

export interface WebPreferences {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
  readonly nodeIntegration?: boolean;
  readonly nodeIntegrationInSubFrames?: boolean;
  readonly session?: Session;
  readonly partition?: string;
  readonly additionalArguments?: readonly string[];
  readonly [other: string]: unknown;
}

/** The stand-in has only the safe kind of window; anything else must not look as if it worked. */
export function checkPreferences(preferences: WebPreferences): void {
  if (preferences.contextIsolation === false) throw new Error('The stand-in has only context-isolated pages.');
  if (preferences.nodeIntegration) throw new Error('The stand-in has no pages with Node.');
  if (preferences.sandbox === false) throw new Error('The stand-in has only sandboxed preloads.');
  if (preferences['webviewTag']) throw new Error('The stand-in has no webview tag.');
}

/** `process` in a sandboxed preload. */
export const preloadProcess = (preferences: WebPreferences): Record<string, unknown> => ({
  type: 'renderer',
  platform: process.platform,
  arch: process.arch,
  versions: process.versions,
  version: process.version,
  env: {},
  argv: ['electron', ...(preferences.additionalArguments ?? [])],
  execPath: process.execPath,
  contextIsolated: true,
  sandboxed: true,
  isMainFrame: true,
  defaultApp: !app.isPackaged,
});
