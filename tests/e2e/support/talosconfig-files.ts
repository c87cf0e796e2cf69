import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';

/** A talosconfig as its reader sees it: texts only. */
export interface PlainTalosconfig {
  readonly context: string;
  readonly contexts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function writeTalosconfig(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

export const readText = (path: string): string => readFileSync(path, 'utf8');

export const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Names stay as they are spelled: nothing is made a number. */
export const parsePlain = (text: string): PlainTalosconfig => parse(text, { schema: 'failsafe' }) as PlainTalosconfig;

export const readPlain = (path: string): PlainTalosconfig => parsePlain(readText(path));

/** Lines of `before` that are missing in `after`, where the others stand in the same order. */
export function lostLines(before: string, after: string): readonly string[] {
  const left = after.split('\n');
  return before.split('\n').filter((line) => {
    const at = left.indexOf(line);
    left.splice(0, at + 1);
    return at < 0;
  });
}

/** The lines of a context in a talosconfig of one context, with its name. */
export function contextLines(talosconfig: string): string {
  const [, lines = ''] = talosconfig.split(/^contexts:\n/m);
  return lines;
}
