import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fillSecrets } from '../../../main/machine-config/edit/fill-secrets.ts';
import { judgeEdit } from '../../../main/machine-config/edit/judge-edit.ts';
import { readConfig } from '../../../main/machine-config/read-config.ts';

const KEY = ['-----BEGIN EC PRIVATE KEY-----', 'MHcCAQEEIB', '-----END EC PRIVATE KEY-----'];
const CONFIG = `# token: old.0123456789abcdef
version: v1alpha1
machine: # all of it
    type: worker
    token: "abcdef.0123456789abcdef"
    ca: {crt: YQ==, key: ''}
    files:
        - path: /etc/key
          permissions: 0o600
          content: |-
              ${KEY.join('\n              ')}
    sysctls:
        vm.max_map_count: "262144"
cluster:
    token: ghijkl.0123456789abcdef
    controlPlane: {endpoint: "https://10.5.0.1:6443"}
`;
/** What the rules say of it in any case. */
const FILES = {
  severity: 'warning',
  message: '.machine.files is deprecated; use dedicated configuration documents instead',
  line: 7,
};
const MASKED = readConfig(CONFIG).text;

describe('the secrets of an edited config', () => {
  it('come back to the byte where the lines were left as they are, also those of comments and of several lines', () => {
    expect(MASKED).not.toMatch(/abcdef|PRIVATE KEY|old\./);
    expect(fillSecrets(CONFIG, MASKED)).toMatchObject({ text: CONFIG, strange: [] });
    const edited = MASKED.replace('type: worker', 'type: worker # mine').replace('"262144"', '"1"');
    expect(fillSecrets(CONFIG, edited).text).toBe(
      CONFIG.replace('type: worker', 'type: worker # mine').replace('"262144"', '"1"'),
    );
  });

  it('follow their placeholders to changed lines, with their lines indented as there', () => {
    const moved = MASKED.replace(/^.*content: (<secret-\d+>).*$/m, '          content: $1 # here')
      .replace('    token: <secret-1>\n', '')
      .replace('cluster:\n', 'cluster:\n        # <secret-1>\n');
    const { text } = fillSecrets(
      CONFIG,
      MASKED.replace('          content', '            content')
        .replace('- path', '-   path')
        .replace('          perm', '            perm'),
    );
    expect(text).toContain(`            content: |-\n                ${KEY.join('\n                ')}\n`);
    expect(fillSecrets(CONFIG, moved).text).toContain('# abcdef.0123456789abcdef');
  });

  it('are spelled in a comment or within a text as they stood there, and not at all where their lines would break it', () => {
    const config = CONFIG.replace(
      'sysctls:',
      'env: {A: "x-abcdef.0123456789abcdef"} # was abcdef.0123456789abcdef\n    sysctls:',
    );
    const masked = readConfig(config).text;
    const moved = masked
      .replace(/\n( *env: .*)\n/, '\n')
      .replace('cluster:', `$&\n${/^ *env: .*$/m.exec(masked)?.[0] ?? ''}`);
    expect(fillSecrets(config, moved).text).toContain(
      '\n    env: {A: "x-abcdef.0123456789abcdef"} # was abcdef.0123456789abcdef\n',
    );
    const content = /content: (<secret-\d+>)/.exec(MASKED)?.[1] ?? '';
    const { text, strange } = fillSecrets(CONFIG, MASKED.replace('cluster:', `# ${content}\ncluster:`));
    expect(text).toContain(`# ${content}\ncluster:`);
    expect(strange).toMatchObject([{ placeholder: content, isOfConfig: true }]);
    expect(judgeEdit(CONFIG, MASKED.replace('cluster:', `# ${content}\ncluster:`), 'metal')).toContainEqual(
      expect.objectContaining({
        message: `${content} has several lines or signs such as quotes, and cannot stand within another text.`,
      }),
    );
  });

  it('keep their value within quotes that were put around them, and are refused where their signs would be read otherwise', () => {
    const value = `a"b\\c'd`;
    const config = CONFIG.replace('"abcdef.0123456789abcdef"', "'a\"b\\c''d'");
    const masked = readConfig(config).text;
    const placeholder = /^ {4}token: (<secret-\d+>)$/m.exec(masked)?.[1] ?? '';
    for (const edited of [placeholder, `"${placeholder}"`, `'${placeholder}' # same`]) {
      const { text } = fillSecrets(config, masked.replace(`token: ${placeholder}`, `token:  ${edited}`));
      expect(parse(text), edited).toMatchObject({ machine: { token: value } });
    }
    const first = /^ {4}token: (<secret-\d+>)$/m.exec(MASKED)?.[1] ?? '';
    const { text: named } = fillSecrets(CONFIG, MASKED.replace('type: worker', `type: x-${first}`));
    expect(named).toContain('    type: x-abcdef.0123456789abcdef\n');
    const { strange } = fillSecrets(config, masked.replace('type: worker', `type: "x-${placeholder}"`));
    expect(strange).toMatchObject([{ placeholder, isOfConfig: true }]);
  });

  it('come back into files with the line ends of Windows, which all lines keep', () => {
    const windows = CONFIG.replaceAll('\n', '\r\n');
    const masked = readConfig(windows).text;
    expect(masked.replaceAll('\r\n', '\n')).toBe(MASKED);
    for (const shown of [masked, MASKED])
      expect(fillSecrets(windows, shown)).toMatchObject({ text: windows, strange: [] });
    const edited = MASKED.replace('type: worker', 'type: worker # mine').replace('content:', 'content:  ') + '# end';
    const expected = CONFIG.replace('type: worker', 'type: worker # mine').replace('content:', 'content:  ') + '# end';
    expect(fillSecrets(windows, edited).text).toBe(expected.replaceAll('\n', '\r\n'));
    expect(judgeEdit(windows, MASKED, 'metal')).toEqual([FILES]);
  });

  it('that were lost, copied or made up are problems', () => {
    const placeholder = (path: string): string =>
      readConfig(CONFIG).secrets.find((one) => one.path === path)?.placeholder ?? '';
    const [token, other] = [placeholder('machine.token'), placeholder('cluster.token')];
    expect(judgeEdit(CONFIG, MASKED, 'metal')).toEqual([FILES]);
    const copied = MASKED.replace(`token: ${other}`, `token: ${token}`);
    expect(judgeEdit(CONFIG, copied, 'metal')).toEqual([
      FILES,
      { severity: 'warning', message: 'cluster.token gets the secret of machine.token.', line: 14 },
    ]);
    expect(judgeEdit(CONFIG, MASKED.replace(`    token: ${other}\n`, ''), 'metal')).toMatchObject([
      FILES,
      { severity: 'warning', message: 'The secret cluster.token is not in it any more.' },
    ]);
    expect(judgeEdit(CONFIG, MASKED.replace(`token: ${other}`, 'token: <secret-99>'), 'metal')).toMatchObject([
      { severity: 'error', message: '<secret-99> stands for no secret of this config.' },
    ]);
  });
});

describe('what is wrong with an edited config', () => {
  it('is said without a secret that was moved to where the rules quote it', () => {
    const token = /^ {4}token: (<secret-\d+>)$/m.exec(MASKED)?.[1] ?? '';
    const found = judgeEdit(CONFIG, MASKED.replace('type: worker', `type: ${token}`), 'metal');
    expect(found).toContainEqual({ severity: 'error', message: `unknown machine type "${token}"`, line: 4 });
    const named = judgeEdit(CONFIG, `${MASKED}---\nkind: ${token}\n`, 'metal');
    expect(named.map(({ message }) => message).join()).toContain(`document /${token}/`);
    expect(JSON.stringify([found, named])).not.toContain('0123456789abcdef');
  });

  it('may be that a long secret is named too often', () => {
    const config = `machine: {token: ${'x'.repeat(400_000)}}\n`;
    const edited = `${readConfig(config).text}${'# <secret-1>\n'.repeat(10)}`;
    expect(() => fillSecrets(config, edited)).toThrow('more than 3 MB');
    expect(judgeEdit(config, edited, 'metal')).toMatchObject([{ severity: 'error' }]);
  });

  it('is said with its line, all of it at once, and how to put it right', () => {
    const edited = MASKED.replace('sysctls:', 'sysctl:').replace('type: worker', 'type: worker\n    kubelet: 5');
    expect(judgeEdit(CONFIG, edited, 'metal')).toMatchObject([
      { severity: 'error', message: 'machine.kubelet wants a mapping.', line: 5 },
      {
        ...{ severity: 'error', message: 'Talos does not know machine.sysctl. Is sysctls meant?' },
        fix: { title: 'Change it to sysctls', from: 'sysctl', to: 'sysctls' },
      },
    ]);
    expect(judgeEdit(CONFIG, 'machine:\n\ttype: worker\n', 'metal')).toEqual([
      { severity: 'error', line: 2, message: expect.not.stringContaining('in an editor') as string },
    ]);
  });

  it('by the rules of Talos has the line of the edited text, where a secret is one line', () => {
    const edited = MASKED.replace('    controlPlane: {endpoint: "https://10.5.0.1:6443"}\n', '    controlPlane: {}\n');
    const found = judgeEdit(CONFIG, edited, 'metal').find(({ severity }) => severity === 'error');
    expect(found?.message).toContain('cluster controlplane endpoint is required');
    expect(edited.split('\n')[(found?.line ?? 0) - 1]).toMatch(/controlPlane|cluster/);
  });
});
