import { describe, expect, test } from 'vitest';
import { mergeIntoText, type ChangedKubeconfig } from '../../../main/kubeconfig/preview.ts';
import { parseKubeconfig, textOf } from '../../../main/kubeconfig/kubeconfig.ts';
import { planTalosctlMerge } from '../../../main/kubeconfig/plan-talosctl.ts';
import type { OnTaken } from '../../../main/kubeconfig/plan.ts';

const config = (cluster: string, user: string, server: string, cert: string, current = ''): string => `apiVersion: v1
kind: Config
clusters:
- cluster: {server: "${server}"}
  name: ${cluster}
users:
- name: ${user}
  user: {client-certificate-data: ${cert}}
contexts:
- context: {cluster: ${cluster}, user: ${user}}
  name: ${user}
current-context: ${current}
`;
const BAR = config('bar', 'foo@bar', 'https://example.com', 'cert1', '"foo@bar"');

/** Runs the plan as talosctl would and says what the file has then. */
function merge(target: string, incoming: string, answer: OnTaken | 'never', activate = false, contextName?: string) {
  const asked: string[] = [];
  const before = parseKubeconfig(target);
  const plan = planTalosctlMerge(before, parseKubeconfig(incoming), {
    decide: (component, name) => {
      asked.push(`${component} ${name}`);
      if (answer === 'never') throw new Error('must not be asked');
      return answer;
    },
    activate,
    ...(contextName === undefined ? {} : { contextName }),
  });
  return { plan, asked };
}

function result(target: string, incoming: string, onTaken: OnTaken, contextName?: string): ChangedKubeconfig {
  const rules = { kind: 'talosctl', onTaken, ...(contextName === undefined ? {} : { contextName }) } as const;
  return mergeIntoText(target, [{ incoming, rules }]);
}

function contents({ text }: ChangedKubeconfig) {
  const { clusters, users, contexts, currentContext } = parseKubeconfig(text);
  return {
    clusters: Object.fromEntries([...clusters].map(([name, { value }]) => [name, textOf(value.get('server'))])),
    users: Object.fromEntries(
      [...users].map(([name, { value }]) => [name, textOf(value.get('client-certificate-data'))]),
    ),
    contexts: Object.fromEntries(
      [...contexts].map(([name, { value }]) => [name, `${textOf(value.get('cluster'))} ${textOf(value.get('user'))}`]),
    ),
    currentContext,
  };
}

describe("talosctl's own cases (docs/talos-behaviour.md §4.5)", () => {
  test('MergeIntoEmpty: everything is added, nobody is asked, current-context stays empty', () => {
    const { plan } = merge('', BAR, 'never');

    expect(plan.changes.map(({ section, action, name }) => `${section} ${action} ${name}`)).toEqual([
      'clusters added bar',
      'users added foo@bar',
      'contexts added foo@bar',
    ]);
    expect(plan.edits.some(({ kind }) => kind === 'current')).toBe(false);
  });

  test('MergeClean: both are there, the new one is current, nobody is asked', () => {
    const incoming = config('buzz', 'fiz@buzz', 'https://buzz.com', 'cert2');

    expect(merge(BAR, incoming, 'never', true).plan.contextName).toBe('fiz@buzz');
    expect(contents(result(BAR, incoming, 'rename'))).toEqual({
      clusters: { bar: 'https://example.com', buzz: 'https://buzz.com' },
      users: { 'foo@bar': 'cert1', 'fiz@buzz': 'cert2' },
      contexts: { 'foo@bar': 'bar foo@bar', 'fiz@buzz': 'buzz fiz@buzz' },
      currentContext: 'fiz@buzz',
    });
  });

  test('MergeRename: adds bar-1, foo@bar-1 and a context for them; current stays without activation', () => {
    const incoming = config('bar', 'foo@bar', 'https://another.com', 'cert2');
    const { plan, asked } = merge(BAR, incoming, 'rename');

    expect(asked).toEqual(['cluster bar']);
    expect(plan.edits.some(({ kind }) => kind === 'current')).toBe(false);
    expect(contents(result(BAR, incoming, 'rename'))).toMatchObject({
      clusters: { bar: 'https://example.com', 'bar-1': 'https://another.com' },
      users: { 'foo@bar': 'cert1', 'foo@bar-1': 'cert2' },
      contexts: { 'foo@bar': 'bar foo@bar', 'foo@bar-1': 'bar-1 foo@bar-1' },
    });
  });

  test('MergeOverwrite: replaces the entries, adds none', () => {
    const incoming = config('bar', 'foo@bar', 'https://another.com', 'cert2');

    expect(contents(result(BAR, incoming, 'overwrite'))).toMatchObject({
      clusters: { bar: 'https://another.com' },
      users: { 'foo@bar': 'cert2' },
      contexts: { 'foo@bar': 'bar foo@bar' },
    });
  });

  test('MergeEqual: nothing changes, nobody is asked', () => {
    expect(merge(BAR, BAR, 'never').plan.edits).toEqual([]);
  });

  test('TestMergeRename: a second fetch gives two contexts, a third one three', () => {
    const second = result(BAR, config('bar', 'foo@bar', 'https://example.com', 'cert2'), 'rename');
    const third = result(second.text, config('bar', 'foo@bar', 'https://example.com', 'cert3'), 'rename');

    expect(contents(third)).toMatchObject({
      clusters: { bar: 'https://example.com' },
      users: { 'foo@bar': 'cert1', 'foo@bar-1': 'cert2', 'foo@bar-2': 'cert3' },
      contexts: { 'foo@bar-2': 'bar foo@bar-2' },
      currentContext: 'foo@bar-2',
    });
  });

  test('TestMergeOverwrite: with --force one context remains', () => {
    const second = result(BAR, config('bar', 'foo@bar', 'https://example.com', 'cert2'), 'overwrite');

    expect(contents(second).contexts).toEqual({ 'foo@bar': 'bar foo@bar' });
  });
});

describe("talosctl's rules (docs/talos-behaviour.md §4.4) are reproduced", () => {
  test('a short cluster name is replaced inside other words', () => {
    const a = config('a', 'admin@a', 'https://one', 'c1');

    expect(contents(result(a, config('a', 'admin@a', 'https://two', 'c2'), 'rename')).users).toEqual({
      'admin@a': 'c1',
      'a-1dmin@a-1': 'c2',
    });
  });

  test('an existing context of the same name is asked about and keeps its place when both are kept', () => {
    const target = config('other', 'bob', 'https://other.example:6443', 't').replace(
      'name: bob\ncur',
      'name: foo@bar\ncur',
    );

    expect(merge(target, BAR, 'rename').asked).toEqual(['context foo@bar']);
    expect(contents(result(target, BAR, 'rename'))).toMatchObject({
      contexts: { 'foo@bar': 'other bob', 'foo@bar-1': 'bar foo@bar' },
      currentContext: 'foo@bar-1',
    });
    expect(contents(result(target, BAR, 'overwrite')).contexts).toEqual({ 'foo@bar': 'bar foo@bar' });
  });

  test('a forced context name does not replace the context of another cluster either', () => {
    const target = config('prod-cluster', 'prod', 'https://prod', 'p');

    expect(contents(result(target, BAR, 'rename', 'prod')).contexts).toEqual({
      prod: 'prod-cluster prod',
      'prod-1': 'bar foo@bar',
    });
  });

  test('a cluster that is called like the context is not in its way', () => {
    const target = config('foo@bar', 'x', 'https://x', 'x');
    const { asked, plan } = merge(target, BAR, 'rename');

    expect(asked).toEqual([]);
    expect(plan.contextName).toBe('foo@bar');
  });
});
