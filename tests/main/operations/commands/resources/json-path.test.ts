import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from '../../../../../main/operations/commands/resources/evaluate-template.ts';
import { JsonPathError, parseTemplate } from '../../../../../main/operations/commands/resources/json-path.ts';

const VALUE = {
  hostname: 'cp-1',
  addresses: ['10.5.0.2', 'fd00::2'],
  'dotted.name': 'dots',
  big: 9_223_372_036_854_775_807n,
  ready: true,
  none: null,
  nested: {
    list: [
      { name: 'a', size: 1n, kind: 'x' },
      { name: 'b', size: 20n },
      { name: 'c', size: 3n },
    ],
  },
};
const evaluate = (template: string): string => evaluateTemplate(parseTemplate(template), VALUE);

describe('a JSONPath template', () => {
  it.each([
    ['{.hostname}', 'cp-1'],
    ['{.addresses}', '["10.5.0.2","fd00::2"]'],
    ['{.addresses[:]}', '10.5.0.2 fd00::2'],
    ['{.addresses[*]}', '10.5.0.2 fd00::2'],
    ['{.addresses[0]}', '10.5.0.2'],
    ['{.addresses[-1]}', 'fd00::2'],
    ['{.addresses[5]}', ''],
    ['{.addresses[1:]}', 'fd00::2'],
    ['{.nested.list[0,2].name}', 'a c'],
    ['{.nested.list[::2].name}', 'a c'],
    ['{.nested.list[*].name}', 'a b c'],
    ['{.nested.list[?(@.name=="b")].size}', '20'],
    ['{.nested.list[?(@.size>2)].name}', 'b c'],
    ['{.nested.list[?(@.kind)].name}', 'a'],
    ['{.nested.list[?(@.name!="b")].name}', 'a c'],
    ['{..name}', 'a b c'],
    ["{['hostname']}", 'cp-1'],
    ['{.dotted\\.name}', 'dots'],
    ["{['dotted.name']}", 'dots'],
    ['{$.hostname}', 'cp-1'],
    ['{hostname}', 'cp-1'],
    ['{.big}', '9223372036854775807'],
    ['{.ready}', 'true'],
    ['{.none}', ''],
    ['{.missing.deeper}', ''],
    ['{.hostname.length}', ''],
    ['{.addresses.length}', ''],
    ['{.constructor}', ''],
    ['{.__proto__}', ''],
    ['host {.hostname}, {.ready}', 'host cp-1, true'],
    ['{.hostname}{"\\t"}{.ready}', 'cp-1\ttrue'],
    ['{range .nested.list[*]}{.name}={.size};{end}', 'a=1;b=20;c=3;'],
    ['', ''],
    ['{.nested.list[0]}', '{"name":"a","size":1,"kind":"x"}'],
  ])('%s gives %s', (template, text) => {
    expect(evaluate(template)).toBe(text);
  });

  it.each([
    '{',
    '{.a',
    '{.a[}',
    "{['a}",
    '{.a[x]}',
    '{range .a}x',
    '{end}',
    '{.a b!}',
    '{.a[1:2:0]}',
    '{.a..}',
    '{(process.exit())}',
    '{.a[?(@.b==process)]}',
  ])('%s is refused', (template) => {
    expect(() => parseTemplate(template)).toThrow(JsonPathError);
  });

  it('never runs away on a hostile document', () => {
    let deep: unknown = 'end';
    for (let depth = 0; depth < 10_000; depth += 1) deep = { a: deep, b: [deep] };
    const parts = parseTemplate('{..a..b..a}');

    expect(evaluateTemplate(parts, deep)).toEqual(expect.any(String));
  });
});
