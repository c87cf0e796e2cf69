import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editKubeconfig, type KubeconfigEdit } from '../../../main/kubeconfig/edit-kubeconfig.ts';
import { parseKubeconfig, textOf } from '../../../main/kubeconfig/kubeconfig.ts';
import { planRemoval } from '../../../main/kubeconfig/plan-removal.ts';
import { summarizeKubeconfig } from '../../../main/kubeconfig/summary.ts';
import { hasKubectl, kubectl } from '../../fakes/kubectl.ts';

const PROD = `apiVersion: v1
kind: Config
x-ctx: &ctx {cluster: prod, user: me}
clusters:
- name: prod
  cluster: {server: https://10.1.0.1:6443}
contexts:
- name: prod
  context: {cluster: prod, user: me}
- name: prod-kube-system
  context:
    <<: *ctx
    namespace: kube-system
current-context: prod-kube-system
users:
- name: me
  user: {token: abc}
`;
const NOWHERE = { clusters: new Set<string>(), users: new Set<string>() };
const parse = (text: string) => parseKubeconfig(text, undefined, { keepTokens: true });
const context = (...lines: string[]): string =>
  [
    'x: &c {cluster: c, namespace: one}',
    'y: &d {cluster: d, user: u}',
    'contexts:',
    '- name: a',
    '  context:',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-merge-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function ofKubectl(text: string): Promise<Record<string, string>> {
  const file = join(folder, 'config');
  await writeFile(file, text);
  const view = JSON.parse(await kubectl(file, 'config', 'view', '--raw', '-o', 'json')) as {
    readonly contexts: readonly { readonly context: Record<string, string> }[];
  };
  return view.contexts[0]?.context ?? {};
}

const MERGED: readonly (readonly [string, string])[] = [
  ['a mapping', context('<<: *c')],
  ['a list, of which the first wins', context('<<: [*c, *d]')],
  ['fields behind it, which win', context('<<: *c', 'namespace: own')],
  ['fields in front of it, which do not', context('namespace: own', '<<: *c')],
  ['a mapping written in place', context('<<: {user: u}')],
  ['a merge of a merge', context('<<: {<<: *d, user: v}')],
  ['a quoted name, which merges nothing', context('"<<": *c')],
  ['a tag', context('!!merge <<: *c')],
];
const REFUSED = [
  context('<<: word'),
  context('<<:'),
  'l: &l [{a: b}]\n' + context('<<: *l'),
  context('<<: [*c, word]'),
];

describe('merge keys mean what they mean to kubectl', () => {
  test('a context that takes its cluster and user from another mapping has them', () => {
    expect(summarizeKubeconfig(PROD).contexts.at(-1)).toMatchObject({
      cluster: 'prod',
      user: 'me',
      namespace: 'kube-system',
      server: 'https://10.1.0.1:6443',
      signIn: 'token',
    });
  });

  test.skipIf(!hasKubectl).each(MERGED)('%s', async (_what, text) => {
    const value = parseKubeconfig(text).contexts.get('a')?.value;
    const shown = ['cluster', 'user', 'namespace'].map((field) => textOf(value?.get(field)));
    const said = await ofKubectl(text);

    expect(shown).toEqual(['cluster', 'user', 'namespace'].map((field) => said[field] ?? ''));
  });

  test.each(REFUSED)('what kubectl does not merge is refused at its line', (text) => {
    expect(() => parseKubeconfig(text)).toThrow(/^Line \d+, column \d+: << needs a mapping/);
  });

  test('a whole document may come from a merge', () => {
    expect(parseKubeconfig('x: &r {current-context: z}\n<<: *r\n').currentContext).toBe('z');
  });
});

describe('no edit changes what a merge key says elsewhere', () => {
  test('removing a context leaves the cluster and user that another one merges', () => {
    const before = parse(PROD);
    const plan = planRemoval(before, ['prod'], NOWHERE);

    expect(plan.changes.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'removed prod',
      'kept prod',
      'kept me',
    ]);
    expect(editKubeconfig(before, plan.edits).text).toBe(
      PROD.replace('- name: prod\n  context: {cluster: prod, user: me}\n', ''),
    );
  });

  test('a context with a merge key can be removed with what only it used', () => {
    const before = parse(PROD);
    const plan = planRemoval(before, ['prod', 'prod-kube-system'], NOWHERE);

    expect(editKubeconfig(before, plan.edits).kubeconfig).toMatchObject({ clusters: new Map(), users: new Map() });
  });

  test.each<[string, string, KubeconfigEdit]>([
    [
      'an entry whose name is merged',
      'x: &n {name: a}\ncontexts:\n- <<: *n\n  context: {cluster: c}\n',
      { kind: 'remove', section: 'contexts', name: 'a' },
    ],
    [
      'a list that the whole document merges',
      'x: &r\n  users:\n  - name: me\n    user: {token: abc}\n<<: *r\n',
      { kind: 'put', section: 'users', name: 'other', value: new Map([['token', 'def']]) },
    ],
    [
      'an entry that others merge',
      'contexts:\n- name: a\n  context: &c {cluster: c}\n- name: b\n  context: {<<: *c}\n',
      { kind: 'remove', section: 'contexts', name: 'a' },
    ],
    [
      'a current context behind which a merge says another',
      'x: &r {current-context: z}\ncurrent-context: a\n<<: *r\n',
      { kind: 'current', name: 'b' },
    ],
  ])('%s is refused with words', (_what, text, edit) => {
    expect(() => editKubeconfig(parse(text), [edit])).toThrow(/Minos cannot change safely; nothing was changed/);
  });
});
