import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Transcript } from './stage.ts';

const FOLDER = new URL('../golden/', import.meta.url);

/** What a scenario left, each in a file of its own: the bridge may change by intent, the other two must not. */
const SIDES = ['bridge', 'wire', 'bytes'] as const;

/** Compares with what is committed. `MINOS_RECORD=bridge` (or several, by commas) writes that side anew instead. */
export function expectAsRecorded(scenario: string, transcript: Transcript): void {
  const record = (process.env['MINOS_RECORD'] ?? '').split(',');
  for (const side of SIDES) {
    const file = new URL(`${scenario}.${side}.json`, FOLDER);
    const text = `${JSON.stringify(transcript[side], null, 2)}\n`;
    if (record.includes(side)) writeFileSync(file, text);
    else
      expect
        .soft(text, `golden/${scenario}.${side}.json; docs/testing.md says how to record it anew`)
        .toBe(readFileSync(file, 'utf8'));
  }
}
