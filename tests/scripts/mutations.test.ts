import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from '../../scripts/mutations/list.ts';

const textOf = (file: string): string => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

describe('the list of hand mutations', () => {
  it.each(MUTATIONS)('$name still fits the code and names a test that is there', ({ file, text, test, title }) => {
    expect(textOf(file).split(text)).toHaveLength(2);
    expect(existsSync(fileURLToPath(new URL(`../../${test}`, import.meta.url)))).toBe(true);
    expect(textOf(test)).toContain(title);
  });

  it('has a name for each', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  });
});
