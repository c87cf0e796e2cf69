import { expect, test } from 'vitest';
import { isPlainYaml } from '../../../../main/operations/cluster-text/plain-yaml.ts';
import { yamlValue } from '../../../../main/operations/commands/resources/yaml-value.ts';
import { threadTimeMs } from '../../../fakes/thread-time.ts';

const MEMBER = `nodeId: 5nkRbBvUvS
addresses:
    - 10.5.0.2
    - fd00::2
hostname: cp-1
machineType: controlplane
operatingSystem: Talos (v1.13.9)
controlPlane:
    port: 6443
`;

test('what Talos writes of a member is plain', () => {
  expect(isPlainYaml(MEMBER)).toBe(true);
});

test.each([
  ['long text', 'a'.repeat(8 * 1024 + 1)],
  ['commas', `[${','.repeat(100)}`],
  ['keys that are mappings', '? '.repeat(100)],
  ['marks in one line', '- '.repeat(20)],
  ['many lines', 'a\n'.repeat(300)],
  ['deep indentation', `${' '.repeat(100)}a`],
  ['aliases', '- *a\n'.repeat(60)],
])('%s is not plain', (_what, text) => {
  expect(isPlainYaml(text)).toBe(false);
});

/** As many of a piece as are still plain. */
function longestPlain(piece: string): string {
  let [most, tooMany] = [0, 8 * 1024];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (isPlainYaml(piece.repeat(middle))) most = middle;
    else tooMany = middle;
  }
  return piece.repeat(most);
}

test('whatever is plain costs little more than what Talos could have written', () => {
  const units = [
    ',',
    '[',
    '{',
    '- ',
    '? ',
    '&a ',
    '*a ',
    '"',
    "'",
    '\n',
    'a: ',
    '\n- ',
    '\n  b: c',
    '!t ',
    '|',
    '---\n',
    '#',
    '\t',
  ];
  const full = `${MEMBER}${'    - 10.5.0.2\n'.repeat(185)}`;
  const spent = (text: string): number => {
    const before = threadTimeMs();
    yamlValue(text);
    return threadTimeMs() - before;
  };
  for (let warm = 0; warm < 20; warm += 1) spent(full);
  const honest = Math.max(...Array.from({ length: 5 }, () => spent(full)));
  for (const first of units) {
    for (const second of units) {
      const text = longestPlain(first + second);

      expect(spent(text), JSON.stringify(first + second)).toBeLessThan(10 * honest + 20);
    }
  }
});
