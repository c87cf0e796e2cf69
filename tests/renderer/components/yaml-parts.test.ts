import { describe, expect, it } from 'vitest';
import { yamlParts } from '../../../renderer/components/yaml-parts.ts';

const parts = (line: string): readonly string[] => {
  const [one] = yamlParts(line) ?? [];
  return one === undefined ? [] : [one.indent, one.key, one.value, one.comment];
};

describe('YAML to be drawn', () => {
  it.each([
    ['key: value', ['', 'key:', ' value', '']],
    ['    - name: eth0', ['    - ', 'name:', ' eth0', '']],
    ['"a: b": 1', ['', '"a: b":', ' 1', '']],
    ['spec:', ['', 'spec:', '', '']],
    ['  - "10.5.0.3"', ['  - ', '', '"10.5.0.3"', '']],
    ['https://10.5.0.1:6443', ['', '', 'https://10.5.0.1:6443', '']],
    ['# spec: of old', ['', '', '', '# spec: of old']],
    ['', ['', '', '', '']],
  ])('takes %j apart', (line, expected) => {
    expect(parts(line)).toEqual(expected);
  });

  it('loses nothing, whatever the text is', () => {
    const signs = ['a', ':', ' ', '-', '"', '\\', '#', '\n', '\t', '{', "'"];
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: random(40) }, () => signs[random(signs.length)]).join('');
      const drawn = (yamlParts(text) ?? []).map(({ indent, key, value, comment }) => indent + key + value + comment);
      expect(drawn.join('\n'), JSON.stringify(text)).toBe(text.replace(/\n$/, ''));
    }
  });

  it('leaves very long texts alone', () => {
    expect(yamlParts('a'.repeat(100_001))).toBeUndefined();
  });
});
