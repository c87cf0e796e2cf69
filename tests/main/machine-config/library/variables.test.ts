import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../scripts/seeded-random.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { checkTemplate } from '../../../../main/machine-config/library/check-template.ts';
import { fillVariables } from '../../../../main/machine-config/library/fill-variables.ts';
import { patchFile, patchOfFile } from '../../../../main/machine-config/library/plain-file.ts';
import { variablesOf } from '../../../../main/machine-config/library/variables.ts';
import { isPlainMap, plainOf } from '../../../../main/yaml/plain-value.ts';
import { parseYaml } from '../../../../main/yaml/yaml-document.ts';

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  fillVariables(text, new Map(Object.entries(values)));

/** Why something is refused: its words, and the line or field it names. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Failed) {
      const { message, where } = error.failure;
      return [message, where?.field ?? where?.line].join(' @');
    }
    throw error;
  }
  return 'not refused';
}

describe('variables of a patch', () => {
  it('are found in keys and values, each with what its place takes', () => {
    const text = [
      'machine:',
      '  nodeLabels:',
      '    ${LABEL}: ${VALUE}',
      '  network:',
      '    interfaces:',
      '      - interface: ${LINK}',
      '        mtu: ${MTU}',
      '        dhcp: ${DHCP}',
      '---',
      'apiVersion: v1alpha1',
      'kind: UserVolumeConfig',
      'name: ${LINK}',
      'volumeType: ${TYPE}',
      '# ${COMMENT} is none',
      '',
    ].join('\n');
    expect(variablesOf(text)).toEqual([
      { name: 'LABEL', wants: 'text' },
      { name: 'VALUE', wants: 'text' },
      { name: 'LINK', wants: 'text' },
      { name: 'MTU', wants: 'int' },
      { name: 'DHCP', wants: 'bool' },
      { name: 'TYPE', wants: 'one of these words', words: ['directory', 'disk', 'partition'] },
    ]);
  });

  it('take slashes in the path of a file, which is no path of an operation', () => {
    const text =
      'machine:\n  files:\n    - op: create\n      path: /var/${PLACE}\n      permissions: 0o644\n      content: a\n';
    expect(fill(text, { PLACE: 'etc/a~b' })).toContain('path: /var/etc/a~b');
  });

  it('are upper-case, so that what Talos itself fills in stays; a second dollar writes the sign', () => {
    const text = 'machine:\n  files:\n    - path: /var/x\n      content: |\n        ${uuid} $${HOME} ${NAME}\n';
    expect(variablesOf(text).map(({ name }) => name)).toEqual(['NAME']);
    expect(fill(text, { NAME: 'a' })).toBe(text.replace('$${HOME} ${NAME}', '${HOME} a'));
  });

  it.each([
    [
      'the name of a field',
      'machine:\n  ${FIELD}: a\n',
      'Line 2: "${FIELD}" cannot have a variable: it is the name of a field. @2',
    ],
    [
      'a kind',
      'apiVersion: v1alpha1\nkind: ${KIND}\n',
      'Line 2: "${KIND}" cannot have a variable: it is what decides which part is changed. @2',
    ],
    [
      'a deletion',
      'machine:\n  env:\n    A:\n      $patch: ${DO}\n',
      'Line 4: "${DO}" cannot have a variable: it is what decides which part is changed. @4',
    ],
    [
      'what an operation does',
      '- op: ${OP}\n  path: /machine/env\n',
      'Line 1: "${OP}" cannot have a variable: it is what decides which part is changed. @1',
    ],
  ])('may not stand for %s', (_, text, why) => {
    expect(refusal(() => variablesOf(text))).toBe(why);
  });
});

describe('values in their place', () => {
  it.each([
    ['machine:\n  env:\n    A: ${V}\n', 'plain', 'machine:\n  env:\n    A: plain\n'],
    ['machine:\n  env:\n    A: ${V}\n', 'true', 'machine:\n  env:\n    A: "true"\n'],
    ['machine:\n  env:\n    A: ${V} # why\n', 'a: {b}', 'machine:\n  env:\n    A: "a: {b}" # why\n'],
    ["machine:\n  env:\n    A: '${V}'\n", "it's", "machine:\n  env:\n    A: 'it''s'\n"],
    ['machine: {env: {A: "x-${V}"}}\n', '"}', 'machine: {env: {A: "x-\\"}"}}\n'],
    [
      'machine:\n  kubelet:\n    extraConfig:\n      maxPods: ${V}\n',
      '250',
      'machine:\n  kubelet:\n    extraConfig:\n      maxPods: 250\n',
    ],
    [
      'machine:\n  kubelet:\n    extraConfig:\n      a: "${V}"\n',
      '250',
      'machine:\n  kubelet:\n    extraConfig:\n      a: "250"\n',
    ],
    ['machine:\n  files:\n    - permissions: ${V}\n', '0o644', 'machine:\n  files:\n    - permissions: 0o644\n'],
    [
      'machine:\n  sysctls:\n    ${V}: "1"\n',
      'net.ipv4.ip_forward',
      'machine:\n  sysctls:\n    net.ipv4.ip_forward: "1"\n',
    ],
    ['machine:\n  certSANs: ["${V}"]\n', 'a,b]', 'machine:\n  certSANs: ["a,b]"]\n'],
    [
      '[{"op":"add","path":"/machine/nodeLabels/${V}","value":"${V}"}]',
      'a.io/b',
      '[{"op":"add","path":"/machine/nodeLabels/a.io~1b","value":"a.io/b"}]',
    ],
  ])('%j with %j', (text, value, filled) => {
    expect(fill(text, { V: value })).toBe(filled);
  });

  it.each([
    ['machine:\n  network:\n    interfaces:\n      - mtu: ${V}\n', 'large', '${V} wants a whole number. @V'],
    ['machine:\n  network:\n    interfaces:\n      - dhcp: ${V}\n', 'maybe', '${V} wants true or false. @V'],
    [
      'apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nvolumeType: ${V}\n',
      'tape',
      '${V} is one of directory, disk, partition. @V',
    ],
    ['machine:\n  env:\n    A: ${V}\n', '', '${V} has no value. @V'],
    ['machine:\n  env:\n    ${V}: delete\n', '$patch', '${V} cannot be $patch, which deletes. @V'],
    ['machine:\n  env:\n    A: |\n      x ${V}\n', 'a\nb', '${V} stands within a text of lines: it has one. @V'],
    ['machine:\n  env:\n    A: 1\n    ${V}: 2\n', 'A', 'Line 4, column 5: a name appears twice, also on line 3. @4'],
  ])('%j refuses %j', (text, value, why) => {
    expect(refusal(() => fill(text, { V: value }))).toBe(why);
  });

  it('never make anything of a patch but itself, whatever they hold (400 values, seed 4711)', () => {
    const random = seeded(4711);
    const signs = [
      '"',
      "'",
      '\n',
      ': ',
      '- ',
      '#',
      ' #',
      '{',
      '}',
      '[',
      ']',
      ',',
      '|',
      '>',
      '&a',
      '*a',
      '!t',
      '%',
      '---',
      '\\',
      '\t',
      '${V}',
      'ü',
      '\u2028',
      '<<',
      '0',
      'null',
      'yes',
    ];
    const text =
      'machine:\n  env:\n    A: ${V}\n    B: \'${V}\'\n    C: "${V}"\n    D: x${V}\n    k${V}: e\n  type: worker\n';
    for (let count = 0; count < 400; count++) {
      const value = Array.from(
        { length: 1 + Math.floor(random() * 4) },
        () => signs[Math.floor(random() * signs.length)],
      ).join('');
      const plain = plainOf(parseYaml(fill(text, { V: value })));
      const machine = isPlainMap(plain) ? plain.get('machine') : undefined;
      const env = isPlainMap(machine) ? machine.get('env') : undefined;
      expect(isPlainMap(machine) && machine.get('type')).toBe('worker');
      expect(isPlainMap(env) && [...env]).toEqual([
        ...['A', 'B', 'C'].map((key) => [key, value]),
        ['D', `x${value}`],
        [`k${value}`, 'e'],
      ]);
    }
  });
});

describe('a patch that is kept', () => {
  it.each([
    ['a token', 'machine:\n  token: abcdef.0123456789abcdef\n', 'machine.token', 2],
    ['half a variable', 'machine:\n  token: a${TOKEN}\n', 'machine.token', 2],
    [
      'a password of a registry',
      'apiVersion: v1alpha1\nkind: RegistryAuthConfig\nname: a\npassword: hunter2\n',
      'password',
      4,
    ],
    ['an address that signs in', 'machine:\n  env:\n    P: http://me:secret@proxy\n', 'machine.env.P', 3],
    [
      'a token of the web',
      `machine:\n  env:\n    T: eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.c\n`,
      'machine.env.T',
      3,
    ],
    ['a token of GitHub', `machine:\n  env:\n    T: ghp_${'a'.repeat(36)}\n`, 'machine.env.T', 3],
    [
      'a private key in a file',
      'machine:\n  files:\n    - content: |\n        -----BEGIN PRIVATE KEY-----\n',
      'machine.files[0].content',
      3,
    ],
    ['a comment that was a line', 'machine:\n  type: worker\n  # token: abcdef.0123456789abcdef\n', 'a comment', 3],
    [
      'a JSON patch',
      '- op: add\n  path: /machine/type\n  value: worker\n- op: replace\n  path: /cluster/token\n  value: abc\n',
      'cluster.token',
      4,
    ],
    ['a JSON patch of a part', '[{"op":"add","path":"/machine","value":{"token":"abc"}}]', 'machine.token', 1],
  ])('does not hold %s', (_, text, path, line) => {
    expect(refusal(() => checkTemplate(text))).toBe(
      `Line ${line}: ${path} holds a secret, and saved patches are kept as they are, not encrypted. @${line}`,
    );
  });

  it('is no JSON patch beside another one, which nobody would look through for secrets', () => {
    const json = '- op: add\n  path: /machine/sysctls/${A}\n  value: "1"\n';
    expect(checkTemplate(json)).toHaveLength(1);
    const both = `${json}--- # next patch\napiVersion: v1alpha1\nkind: RegistryAuthConfig\nname: a\npassword: hunter2\n`;
    expect(refusal(() => checkTemplate(both))).toBe('Line 1: a JSON patch stands alone in its text. @1');
  });

  it('is looked through in no time, whatever it holds', () => {
    const almostTokens = `machine:\n  env:\n    T: ${'eyJaaaaaaaaaa-'.repeat(6_000)}\n`;
    expect(checkTemplate(almostTokens)).toEqual([]);
    const deep = JSON.stringify([{ op: 'add', path: '/a'.repeat(40_000), value: 1 }]);
    expect(checkTemplate(deep)).toEqual([]);
  }, 3_000);

  it('may have variables where secrets stand', () => {
    const text = 'machine:\n  token: ${TOKEN}\n# token: ${TOKEN}\n';
    expect(checkTemplate(text).map(({ name }) => name)).toEqual(['TOKEN']);
    expect(checkTemplate('[{"op":"add","path":"/machine/token","value":"${TOKEN}"}]')).toHaveLength(1);
    expect(fill(text, { TOKEN: 'abcdef.0123456789abcdef' })).toContain('token: abcdef.0123456789abcdef');
  });

  it.each([
    ['machine:\n  tokn: ${A}\n', 'Line 2: Talos does not know machine.tokn. @2'],
    ['machine:\n  certSANs: a\n  env:\n    A: ${A}\n', 'Line 2: machine.certSANs wants a list. @2'],
    ['hello', 'expected a YAML document at line 1 @1'],
    ['# nothing\n', 'The patch holds nothing. @'],
  ])('is one: %j', (text, why) => {
    expect(refusal(() => checkTemplate(text))).toBe(why);
  });
});

describe('a patch as a file', () => {
  const patch = {
    name: 'Mirror',
    about: 'For the lab',
    text: 'machine:\n  env:\n    A: ${A}\n---\napiVersion: v1alpha1\nkind: SysctlConfig\n',
  };

  it('keeps its name and what it is for as comments, and comes back', () => {
    const file = patchFile(patch);
    expect(file).toBe(
      `# Patch: Mirror\n# About: For the lab\n# Write values in the place of \${A}.\n---\n${patch.text}`,
    );
    expect(patchOfFile(file, 'other.yaml')).toEqual(patch);
    // What some readers take for the end of a line would be the end of the comment.
    expect(patchFile({ ...patch, name: 'a\u0085machine: {}\u2028b' })).toContain('# Patch: a machine: {} b\n');
    expect(patchOfFile(file.replaceAll('\n', '\r\n'), 'other.yaml')).toEqual(patch);
  });

  it('that somebody else wrote is called as its file', () => {
    expect(patchOfFile(patch.text, '/tmp/node.labels.yml')).toEqual({
      name: 'node.labels',
      about: '',
      text: patch.text,
    });
    expect(refusal(() => patchOfFile(' \n', 'a.yaml'))).toBe('The file holds no patch. @');
  });
});
