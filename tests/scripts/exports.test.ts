import { describe, expect, it } from 'vitest';
import { docCoverage, missingDocs, type Area } from '../../scripts/exports/doc-coverage.ts';
import { exportedTwice } from '../../scripts/exports/exported-twice.ts';
import { exportedBy } from '../../scripts/exports/exported.ts';

const exported = (files: Record<string, string>) => exportedBy(new Map(Object.entries(files)));
const named = (text: string): string[] =>
  exported({ 'a.ts': text }).map(({ name, isDocumented }) => `${name} ${isDocumented ? 'yes' : 'no'}`);

describe('what a file exports', () => {
  it.each([
    ['/** Says. */\nexport function one() {}', ['one yes']],
    ['export async function* one() {}', ['one no']],
    ['// Says nothing.\nexport const one = 1, two = 2;', ['one no', 'two no']],
    ['/** Both. */\nexport const { one, two: [three] } = x;', ['one yes', 'three yes']],
    [
      '/** Says. */\nexport abstract class One {}\nexport interface Two {}\nexport enum Three {}',
      ['One yes', 'Two no', 'Three no'],
    ],
    ['/** A kind. */\nexport type One = "a";\nexport const One = 1;', ['One yes']],
    ['export function f(a: 1): 1;\n/** Either. */\nexport function f(a: unknown) {}', ['f yes']],
    ['/** Says. */\nconst one = 1;\nconst two = 2;\nexport { one, two as three };', ['one yes', 'two no']],
    ['export { one } from "./b.ts";\nexport * from "./c.ts";\nfunction own() {}', []],
    ['/** Of the file. */\nimport a from "./a.ts";\nexport const one = a;', ['one no']],
  ])('%j', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe('the check of doc comments', () => {
  const areas: readonly Area[] = [
    { name: 'inner', folders: ['main/inner'], least: 0.95 },
    { name: 'main', folders: ['main'], least: 0.5 },
  ];
  const files = {
    'main/inner/a.ts': 'export const bare = 1;',
    'main/b.ts': '/** Says. */\nexport const one = 1;\nexport const two = 2;',
    'tests/c.ts': 'export const three = 3;',
  };

  it('counts a file in the first area that has it, and names what an area lacks', () => {
    const coverage = docCoverage(exported(files), areas);

    expect(coverage.map(({ name, share, exported: count }) => [name, share, count])).toEqual([
      ['inner', 0, 1],
      ['main', 0.5, 2],
    ]);
    expect(missingDocs(coverage)).toEqual([
      'inner: 0.0 % of its exports have a doc comment; it takes 95 %',
      '  main/inner/a.ts: bare has no doc comment',
    ]);
  });

  it('is content with an area that exports nothing', () => {
    expect(missingDocs(docCoverage([], areas))).toEqual([]);
  });
});

describe('the check of names', () => {
  it('names what two files declare, a type as well, and not what one passes on', () => {
    const files = {
      'main/a.ts': 'export interface Runs {}\nexport const one = 1;',
      'main/b.ts': 'export class Runs {}\nexport { one } from "./a.ts";',
    };

    expect(exportedTwice(exported(files))).toEqual(['Runs is exported by 2 files: main/a.ts, main/b.ts']);
  });
});
