import { expect, test } from 'vitest';
import { handedOutText, readHandedOut } from '../../../main/kubeconfig/handed-out.ts';
import { parseKubeconfig } from '../../../main/kubeconfig/kubeconfig.ts';
import { kubeconfigText } from './samples.ts';

const text = kubeconfigText('prod', 'https://prod.example:6443', 'Q0E=', 'Q1JU', 'S0VZ');
const READ = {
  cluster: 'prod',
  user: 'admin@prod',
  context: 'admin@prod',
  namespace: 'default',
  server: 'https://prod.example:6443',
  caData: 'Q0E=',
  certData: 'Q1JU',
  keyData: 'S0VZ',
};

test('reads what Talos hands out, and writes the same anew', () => {
  expect(readHandedOut(text)).toEqual(READ);
  expect(readHandedOut(handedOutText(READ))).toEqual(READ);
  const [own, original] = [parseKubeconfig(handedOutText(READ)), parseKubeconfig(text)];
  for (const section of ['clusters', 'users', 'contexts'] as const)
    expect([...own[section].values()].map(({ name, value }) => [name, value])).toEqual(
      [...original[section].values()].map(({ name, value }) => [name, value]),
    );
});

test('takes a name that looks like a number for a name, comments, empty preferences and JSON', () => {
  const number = kubeconfigText('010', 'https://a:6443', 'Q0E=', 'Q1JU', 'S0VZ');
  expect(readHandedOut(number)).toMatchObject({ cluster: '010', user: 'admin@010' });
  expect(readHandedOut(`# hello\n${text}preferences: {}\n`)).toEqual(READ);
  expect(readHandedOut(text.replace('    namespace: default\n', ''))).toEqual({ ...READ, namespace: '' });
});

test.each([
  ['a list instead of a mapping', '- a\n', /the whole text .*no mapping/],
  ['another kind', text.replace('Config', 'List'), /kind .*not Config/],
  ['no kind', text.replace('kind: Config\n', ''), /kind .*not Config/],
  ['another version', text.replace('v1', 'v2'), /apiVersion/],
  ['no server', text.replace(/ {4}server.*\n/, ''), /clusters\[0\]\.cluster\.server is missing/],
  ['a list as server', text.replace(/server: .*/, 'server: [https://a]'), /server .*no text/],
  ['a mapping as name', text.replace('- name: prod', '- name: {a: b}'), /name .*no text/],
  ['an entry that is none', text.replace(/users:\n[^]*(?=contexts)/, 'users: [x]\n'), /users\[0\] .*no mapping/],
  ['a list as key', text.replace('  user:\n', '  user:\n    ? [a]\n    : b\n'), /name is no text/],
  [
    'a second server as another case',
    text.replace('    server:', '    Server: https://b\n    server:'),
    /Server .*nothing/,
  ],
])('refuses %s and says where', (_name, hostile, message) => {
  expect(() => readHandedOut(hostile)).toThrow(message);
});

test('never quotes what stands in a field', () => {
  const hostile = text.replace('  user:\n', '  user:\n    token: hunter2hunter2\n');

  expect(() => readHandedOut(hostile)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('hunter2') as string }),
  );
});
