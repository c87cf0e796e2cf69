import type { CheckState } from '../../../preload/contract/index.ts';
import { CHECK_NAMES } from './check-list.ts';

/** What one message of a node that goes through the list says. */
export type ProgressLine =
  | { readonly kind: 'nodes'; readonly nodes: readonly string[] }
  | { readonly kind: 'step'; readonly name: string; readonly state: CheckState; readonly text: string }
  /** Words Minos does not know; a newer Talos may say them. */
  | { readonly kind: 'other'; readonly text: string };

/** Longer names and texts are none of Talos's. */
const MAX_NAME = 200;
/** Nor is a longer text of a check one that anybody reads. */
export const MAX_TEXT = 4_000;
/** More nodes than a check is about. */
const MAX_NODES = 5_000;

const DISCOVERED = 'discovered nodes: ';
const WAITING = 'waiting for ';

/** At most so much of a text, with a sign where it was cut. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** Reads `discovered nodes: ["a" "b"]` and `waiting for <check>: <state>` (docs/talos-behaviour.md §6.6). */
export function readProgress(message: string): ProgressLine {
  const line = message.slice(0, MAX_NAME + MAX_NODES * 64);
  if (line.startsWith(DISCOVERED)) {
    const nodes = [...line.matchAll(/"([^"]{1,253})"/g)].map(([, node = '']) => node);
    return { kind: 'nodes', nodes: nodes.slice(0, MAX_NODES) };
  }
  if (!line.startsWith(WAITING)) return { kind: 'other', text: shortened(line.trim(), MAX_TEXT) };
  const rest = line.slice(WAITING.length);
  const known = CHECK_NAMES.find((name) => rest.startsWith(`${name}: `));
  const end = known?.length ?? rest.indexOf(': ');
  if (end < 0) return { kind: 'other', text: shortened(line.trim(), MAX_TEXT) };
  const text = rest.slice(end + 2).trim();
  return { kind: 'step', name: shortened(rest.slice(0, end), MAX_NAME), ...stateOf(text) };
}

function stateOf(text: string): { readonly state: CheckState; readonly text: string } {
  if (text === '...') return { state: 'running', text: '' };
  if (text === 'OK') return { state: 'ok', text: '' };
  if (text === 'SKIP') return { state: 'skipped', text: '' };
  // Tabs are what Go's lists of errors are set in with.
  return { state: 'running', text: shortened(text.replaceAll('\t', '    '), MAX_TEXT) };
}
