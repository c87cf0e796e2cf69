import { expect, it } from 'vitest';
import { secretUses } from '../../scripts/exports/secret-uses.ts';

const check = (files: Record<string, string>, most: number): readonly string[] =>
  secretUses(new Map(Object.entries(files)), { 'main/a.ts': [most, 'a reason'] });

it('a file that may not reveal a secret, or not so many, is named', () => {
  expect(check({ 'main/a.ts': 'x.reveal()', 'main/b.ts': 'y.reveal()', 'tests/c.ts': 'z.reveal()' }, 1)).toEqual([
    'main/b.ts: reveals 1 secrets where 0 are allowed (scripts/exports/secret-uses.ts)',
  ]);
  expect(check({ 'main/a.ts': 'x.reveal(); y.reveal()' }, 1)).toHaveLength(1);
});

it('what is no longer needed is taken off the list', () => {
  expect(check({ 'main/a.ts': '' }, 1)).toEqual([
    'main/a.ts: reveals 0 secrets; lower its 1 in scripts/exports/secret-uses.ts',
  ]);
});
