import { describe, expect, it } from 'vitest';
import { deadExports } from '../../scripts/exports/dead-exports.ts';

const check = (files: Record<string, string>): readonly string[] =>
  deadExports(new Map(Object.entries(files)), {
    isOwn: (file) => file.startsWith('main/'),
    isTest: (file) => file.startsWith('tests/'),
  });

describe('the check of exports', () => {
  it('names a value that no other file names', () => {
    expect(check({ 'main/a.ts': 'export const one = 1;\nexport function two() {}\n', 'main/b.ts': 'one' })).toEqual([
      'main/a.ts: two is exported and used nowhere else',
    ]);
  });

  it('names a value that tests alone use, however often a comment names it', () => {
    expect(
      check({
        'main/a.ts': '/** See {@link one}. */\nexport function one() {} // one\n',
        'main/b.ts': '/* one */',
        'tests/a.test.ts': 'one();',
      }),
    ).toEqual(['main/a.ts: one is used by tests alone']);
  });

  it('lets a test look at what its own file needs, and a script be the user', () => {
    expect(
      check({
        'main/a.ts': 'export const MOST = 5;\nexport function one() { return MOST; }\n',
        'scripts/a.ts': 'one();',
        'tests/a.test.ts': 'one(MOST);',
      }),
    ).toEqual([]);
  });

  it('looks at no type and at no exports of tests', () => {
    expect(
      check({
        'main/a.ts': 'export interface Shape {}\nexport type Kind = string;\n',
        'tests/a.test.ts': 'export const helper = 1;\n',
      }),
    ).toEqual([]);
  });
});
