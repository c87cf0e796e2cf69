import { describe, expect, it } from 'vitest';
import { deadExports } from '../../scripts/dead-exports.ts';

const check = (files: Record<string, string>): readonly string[] =>
  deadExports(new Map(Object.entries(files)), (file) => file.startsWith('main/'));

describe('the check of exports', () => {
  it('names a value that no other file names', () => {
    expect(check({ 'main/a.ts': 'export const one = 1;\nexport function two() {}\n', 'main/b.ts': 'one' })).toEqual([
      'main/a.ts: two is exported and used nowhere else',
    ]);
  });

  it('lets a test or a script be the user, and looks at no type and at no exports of theirs', () => {
    expect(
      check({
        'main/a.ts': 'export async function* one() {}\nexport interface Shape {}\nexport type Kind = string;\n',
        'tests/a.test.ts': 'one();\nexport const helper = 1;\n',
      }),
    ).toEqual([]);
  });
});
