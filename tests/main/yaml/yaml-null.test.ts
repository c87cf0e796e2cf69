import { isMap } from 'yaml';
import { describe, expect, test } from 'vitest';
import { goKind } from '../../../main/kubeconfig/go-scalar.ts';
import { isUnsetValue, parseKubeconfig, textOf } from '../../../main/kubeconfig/kubeconfig.ts';
import { renderJson } from '../../../main/kubeconfig/render-item.ts';
import { isSameEntry } from '../../../main/kubeconfig/same-entry.ts';
import { Literal } from '../../../main/yaml/plain-value.ts';
import { isUnset, mapEntries, parseYaml } from '../../../main/yaml/yaml-document.ts';
import { isYamlNull, unquotedName } from '../../../preload/contract/index.ts';

/** The core schema of YAML 1.2, which Talos's and kubectl's readers share. */
const SPELLINGS: readonly (readonly [text: string, isNull: boolean])[] = [
  ['', true],
  ['~', true],
  ['null', true],
  ['Null', true],
  ['NULL', true],
  ['nULL', false],
  ['nulL', false],
  ['NUll', false],
  ['~~', false],
  ['nil', false],
  ['none', false],
];

describe.each(SPELLINGS)('unquoted “%s”', (text, isNull) => {
  const yaml = parseYaml(`value: ${text}\n`);
  const node = isMap(yaml.root) ? mapEntries(yaml, yaml.root).entries[0]?.pair.value : undefined;

  test(`is ${isNull ? 'nothing' : 'a word'} for every reader`, () => {
    expect({
      rule: isYamlNull(text),
      name: unquotedName(text) === 'nothing',
      node: isUnset(node),
      value: new Literal(text).isNull,
      unset: isUnsetValue(new Literal(text)),
      text: textOf(new Literal(text)) === '',
      json: renderJson(new Literal(text), '') === 'null',
      same: isSameEntry(new Map(), new Map([['value', new Literal(text)]])),
      kubectl: node !== null && node !== undefined && 'value' in node && goKind(node) === 'null',
    }).toEqual({
      rule: isNull,
      name: isNull,
      node: isNull,
      value: isNull,
      unset: isNull,
      text: isNull,
      json: isNull,
      same: isNull,
      kubectl: isNull,
    });
  });

  test(`${isNull ? 'is an empty list of a kubeconfig' : 'is no list of a kubeconfig, which is refused'}`, () => {
    const read = (): number => parseKubeconfig(`clusters: ${text}\n`).clusters.size;

    if (isNull) expect(read()).toBe(0);
    else expect(read).toThrow('clusters must be a list.');
  });
});

test('a quoted word is never nothing', () => {
  for (const [text] of SPELLINGS) {
    const yaml = parseYaml(`value: "${text}"\n`);
    expect(isMap(yaml.root) && isUnset(mapEntries(yaml, yaml.root).entries[0]?.pair.value)).toBe(false);
  }
});
