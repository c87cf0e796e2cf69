import { describe, expect, test } from 'vitest';
import { editKubeconfig, type KubeconfigEdit } from '../../../main/kubeconfig/edit-kubeconfig.ts';
import { parseKubeconfig } from '../../../main/kubeconfig/kubeconfig.ts';
import type { PlainMap, PlainValue } from '../../../main/yaml/plain-value.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { OTHERS } from './samples.ts';

const value = (fields: Record<string, string>): PlainMap => new Map<string, PlainValue>(Object.entries(fields));
const CLUSTER = value({ server: 'https://new:6443' });
const addCluster: KubeconfigEdit = { kind: 'put', section: 'clusters', name: 'new', value: CLUSTER };
const edit = (text: string, ...edits: KubeconfigEdit[]): string =>
  editKubeconfig(parseKubeconfig(text, undefined, { keepTokens: true }), edits).text;

const lines = (...parts: string[]): string => parts.map((line) => `${line}\n`).join('');

describe('adds an entry in the layout of the file', () => {
  test.each<[string, string, string]>([
    [
      "kubectl's layout",
      lines('clusters:', '- cluster:', '    server: a', '  name: a # one', '# after', 'users: []'),
      lines(
        'clusters:',
        '- cluster:',
        '    server: a',
        '  name: a # one',
        '- cluster:',
        '    server: https://new:6443',
        '  name: new',
        '# after',
        'users: []',
      ),
    ],
    [
      'indented dashes and four spaces',
      lines('clusters:', '  - name: a', '    cluster:', '        server: a', 'kind: Config'),
      lines(
        'clusters:',
        '  - name: a',
        '    cluster:',
        '        server: a',
        '  - cluster:',
        '        server: https://new:6443',
        '    name: new',
        'kind: Config',
      ),
    ],
    [
      'an empty list',
      lines('clusters: [] # none', 'kind: Config'),
      lines('clusters: # none', '- cluster:', '    server: https://new:6443', '  name: new', 'kind: Config'),
    ],
    [
      'null',
      lines('clusters: null', 'kind: Config'),
      lines('clusters:', '- cluster:', '    server: https://new:6443', '  name: new', 'kind: Config'),
    ],
    [
      'nothing after the colon',
      lines('clusters:', 'kind: Config'),
      lines('clusters:', '- cluster:', '    server: https://new:6443', '  name: new', 'kind: Config'),
    ],
    [
      'no such list',
      lines('kind: Config', '# end'),
      lines('kind: Config', 'clusters:', '- cluster:', '    server: https://new:6443', '  name: new', '# end'),
    ],
    [
      'no line end at the end',
      'clusters:\n- cluster:\n    server: a\n  name: a',
      'clusters:\n- cluster:\n    server: a\n  name: a\n- cluster:\n    server: https://new:6443\n  name: new',
    ],
    [
      'a list in brackets',
      lines('clusters: [{name: a, cluster: {server: a}}] # flow'),
      lines('clusters: [{name: a, cluster: {server: a}}, {cluster: {server: https://new:6443}, name: new}] # flow'),
    ],
    [
      'JSON on several lines',
      '{\n  "clusters": [\n    {\n      "name": "a",\n      "cluster": {}\n    }\n  ],\n  "kind": "Config"\n}\n',
      '{\n  "clusters": [\n    {\n      "name": "a",\n      "cluster": {}\n    },\n    {\n      "cluster": {\n        "server": "https://new:6443"\n      },\n      "name": "new"\n    }\n  ],\n  "kind": "Config"\n}\n',
    ],
    [
      'JSON on one line',
      '{"clusters":[{"name":"a","cluster":{}}]}',
      '{"clusters":[{"name":"a","cluster":{}},{"cluster":{"server":"https://new:6443"},"name":"new"}]}',
    ],
    [
      'JSON with an empty list',
      '{"kind":"Config","clusters":[]}',
      '{"kind":"Config","clusters":[{"cluster":{"server":"https://new:6443"},"name":"new"}]}',
    ],
    [
      'JSON without the list',
      '{"kind":"Config"}',
      '{"kind":"Config","clusters":[{"cluster":{"server":"https://new:6443"},"name":"new"}]}',
    ],
  ])('%s', (_name, before, after) => {
    expect(edit(before, addCluster)).toBe(after);
  });

  test('keeps CRLF and the byte order mark', () => {
    const before = '\uFEFFclusters:\r\n- cluster:\r\n    server: a\r\n  name: a\r\nkind: Config\r\n';
    expect(edit(before, addCluster)).toBe(
      '\uFEFFclusters:\r\n- cluster:\r\n    server: a\r\n  name: a\r\n- cluster:\r\n    server: https://new:6443\r\n  name: new\r\nkind: Config\r\n',
    );
  });

  test.each(['', '\n', '# only a comment\n', '---\n', '{}', '{}\n'])('makes %j a complete kubeconfig', (before) => {
    const after = edit(before, addCluster, { kind: 'current', name: 'x' });
    const { plain, currentContext } = parseKubeconfig(after);
    expect([...plain.keys()]).toEqual([
      'apiVersion',
      'clusters',
      'contexts',
      'current-context',
      'kind',
      'preferences',
      'users',
    ]);
    expect(currentContext).toBe('x');
    if (before.startsWith('{}')) expect(() => JSON.parse(after) as unknown).not.toThrow();
    else expect(after.startsWith(before)).toBe(true);
  });
});

describe('changes one entry and nothing else', () => {
  const put = (
    section: 'clusters' | 'users' | 'contexts',
    name: string,
    fields: Record<string, string>,
  ): KubeconfigEdit => ({
    kind: 'put',
    section,
    name,
    value: value(fields),
  });

  test.each<[string, KubeconfigEdit, readonly [string, string][]]>([
    [
      'one field, its comment stays',
      put('users', 'robot', { token: 'fresh' }),
      [['token: eyJhbGciOiJSUzI1NiJ9.payload.signature # rotate in May', 'token: fresh # rotate in May']],
    ],
    [
      'an entry in braces',
      put('contexts', 'lab', { cluster: 'corp', user: 'robot' }),
      [['{cluster: "010", user: robot}', '{cluster: "corp", user: robot}']],
    ],
    [
      'a field more and one less',
      put('contexts', 'corp', { cluster: 'corp', user: 'corp-oidc', 'x-note': 'hi' }),
      [["    namespace: 'team-a' # mine\n", '    x-note: hi\n']],
    ],
    ['the current context', { kind: 'current', name: '010' }, [['current-context: corp', 'current-context: "010"']]],
    [
      'an entry that goes',
      { kind: 'remove', section: 'users', name: 'robot' },
      [['- name: robot\n  user:\n    token: eyJhbGciOiJSUzI1NiJ9.payload.signature # rotate in May\n', '']],
    ],
  ])('%s', (_name, change, replaced) => {
    let wanted = OTHERS;
    for (const [from, to] of replaced) {
      expect(wanted).toContain(from);
      wanted = wanted.replace(from, to);
    }
    expect(edit(OTHERS, change)).toBe(wanted);
  });

  test('a list that loses its last entry becomes []', () => {
    const before = 'kind: Config\ncontexts: # mine\n- name: a\n  context: {cluster: c}\nusers:\n';
    expect(edit(before, { kind: 'remove', section: 'contexts', name: 'a' })).toBe(
      'kind: Config\ncontexts: [] # mine\nusers:\n',
    );
  });

  test.each(['a', 'b', 'c'])('JSON stays JSON without %s', (name) => {
    const before = '{"users": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}';
    const after = edit(before, { kind: 'remove', section: 'users', name });
    const names = (JSON.parse(after) as { users: { name: string }[] }).users.map((user) => user.name);
    expect(names).toEqual(['a', 'b', 'c'].filter((one) => one !== name));
  });

  test('replaces an entry of JSON with JSON', () => {
    const before = '{\n\t"users": [\n\t\t{"name": "a", "user": {"token": "x"}}\n\t],\n\t"current-context": "a"\n}';
    const after = edit(before, put('users', 'a', { token: '010' }), { kind: 'current', name: 'b' });
    expect(JSON.parse(after)).toEqual({ users: [{ name: 'a', user: { token: '010' } }], 'current-context': 'b' });
  });

  test('an entry without a value gets one', () => {
    const before = 'users:\n- name: a\n- name: b\n  user:\n';
    const after = edit(before, put('users', 'a', { token: 't' }), put('users', 'b', { token: 'u' }));
    expect([...parseKubeconfig(after).users].map(([name, user]) => [name, user.value.get('token')])).toEqual([
      ['a', 't'],
      ['b', 'u'],
    ]);
  });

  test('an edit that changes nothing leaves the text alone', () => {
    const before = 'clusters:\n-   cluster: {server: "https://new:6443"}\n    name: new\n';
    expect(edit(before, addCluster)).toBe(before);
  });

  test('keeps a second document', () => {
    const before = 'kind: Config\nclusters:\n- name: a\n---\nother: 1\n';
    expect(edit(before, addCluster)).toBe(
      'kind: Config\nclusters:\n- name: a\n- cluster:\n    server: https://new:6443\n  name: new\n---\nother: 1\n',
    );
  });
});

describe('refuses what it cannot prove', () => {
  test.each<[string, string, RegExp]>([
    ['a list that is an alias', 'a: &l\n- name: a\nclusters: *l\n', /line \d+.*cannot change safely/],
    [
      'a changed entry that others refer to',
      'users:\n- name: new\n  user: &u {token: x}\n- name: b\n  user: *u\nclusters: &c []\n',
      /./,
    ],
    ['a list that is a mapping', 'clusters: {a: b}\n', /clusters must be a list/],
    [
      'two entries of one name',
      'clusters:\n- name: a\n- name: b\n- name: a\n',
      /Line 4.*appears twice, also on line 2/,
    ],
    ['a field twice', 'clusters: []\nclusters: []\n', /appears twice/],
    ['an entry that is no mapping', 'clusters:\n- a\n', /not a mapping/],
    ['text that is no mapping', '- a\n', /must be a mapping/],
    ['no YAML', 'a: [\n', /Line \d+/],
  ])('%s', (_name, text, message) => {
    const failed = (): string => edit(text, addCluster, { kind: 'put', section: 'users', name: 'new', value: CLUSTER });
    expect(failed).toThrow(Failed);
    expect(failed).toThrow(message);
  });

  test('an alias elsewhere does no harm', () => {
    const before = 'x-common: &ns dev\ncontexts:\n- name: a\n  context: {namespace: *ns}\nclusters: []\n';
    expect(edit(before, addCluster)).toBe(
      'x-common: &ns dev\ncontexts:\n- name: a\n  context: {namespace: *ns}\nclusters:\n- cluster:\n    server: https://new:6443\n  name: new\n',
    );
  });
});
