import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the glossary is one table, in which every term stands once', () => {
  const text = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
  const terms = text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| -+ \|/.test(line))
    .map((line) => line.split('|')[1]?.trim());

  expect(terms.length).toBeGreaterThan(40);
  expect(terms.filter((term, at) => terms.indexOf(term) !== at)).toEqual([]);
});
