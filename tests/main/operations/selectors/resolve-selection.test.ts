import { describe, expect, it } from 'vitest';
import { threadTimeMs } from '../../../fakes/thread-time.ts';
import { patternTest } from '../../../../main/operations/selectors/glob.ts';
import { resolveSelection } from '../../../../main/operations/selectors/resolve-selection.ts';
import type { NodeGroup, NodeRole, NodeSummary } from '../../../../preload/contract/index.ts';

const member = (hostname: string, address: string, role: NodeRole): NodeSummary => ({
  ...{ target: address, hostname, addresses: [address], role, sources: ['discovered'] },
});
const KNOWN: readonly NodeSummary[] = [
  member('cp-1', '10.5.0.2', 'controlplane'),
  member('cp-2', '10.5.0.3', 'controlplane'),
  { ...member('worker-1', '10.5.0.11', 'worker'), seen: { state: 'offline', atMs: 1 } },
  member('worker-2', '10.5.0.12', 'worker'),
  { target: 'gpu.example.org', addresses: [], role: 'unknown', sources: ['context'] },
];
const GROUPS: readonly NodeGroup[] = [
  { name: 'first', selection: 'cp-1, worker-1' },
  { name: 'both', selection: '@first worker-2' },
  { name: 'circle', selection: '@round' },
  { name: 'round', selection: '@circle' },
];
const names = (text: string): readonly string[] =>
  resolveSelection(text, KNOWN, GROUPS).nodes.map(({ hostname, target }) => hostname ?? target);
const problems = (text: string) => resolveSelection(text, KNOWN, GROUPS).problems;

describe('a selection', () => {
  it.each([
    ['', []],
    ['all', ['cp-1', 'cp-2', 'worker-1', 'worker-2', 'gpu.example.org']],
    ['controlplane', ['cp-1', 'cp-2']],
    ['workers', ['worker-1', 'worker-2']],
    ['Workers CP-1', ['worker-1', 'worker-2', 'cp-1']],
    ['cp-*', ['cp-1', 'cp-2']],
    ['worker-?', ['worker-1', 'worker-2']],
    ['10.5.0.1*', ['worker-1', 'worker-2']],
    ['*', ['cp-1', 'cp-2', 'worker-1', 'worker-2', 'gpu.example.org']],
    ['10.5.0.2', ['cp-1']],
    ['cp-1,10.5.0.2  cp-1', ['cp-1']],
    ['@first', ['cp-1', 'worker-1']],
    ['@both', ['cp-1', 'worker-1', 'worker-2']],
    ['all !workers', ['cp-1', 'cp-2', 'gpu.example.org']],
    ['all !cp-* !@first', ['worker-2', 'gpu.example.org']],
    ['all,!workers,worker-1', ['cp-1', 'cp-2', 'gpu.example.org', 'worker-1']],
    ['192.168.7.7', ['192.168.7.7']],
    ['fd00::7, cp-2', ['fd00::7', 'cp-2']],
  ])('"%s" means %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  it('chooses an offline node like any other, and keeps saying that it is offline', () => {
    expect(resolveSelection('worker-1', KNOWN).nodes[0]?.seen).toEqual({ state: 'offline', atMs: 1 });
  });

  it('says that a typed node is typed', () => {
    expect(resolveSelection('other.example.org', KNOWN).nodes).toEqual([
      { target: 'other.example.org', addresses: [], role: 'unknown', sources: ['typed'] },
    ]);
  });

  it.each([
    ['db-*', 'db-*', '"db-*" matches none of the 5 known nodes.'],
    ['@nobody', '@nobody', 'There is no saved group "nobody" for this context.'],
    ['@circle', '@circle', 'The group circle names itself, over others.'],
    ['cp-1 !workers', '!workers', '"!workers" takes no node away.'],
    [
      '10.5.0.2:50000',
      '10.5.0.2:50000',
      '"10.5.0.2:50000" is not a node: it has a port, and nodes always answer on port 50000.',
    ],
    ['a/b', 'a/b', '"a/b" is not a node: it looks like a URL.'],
  ])('"%s" leaves a sentence about %s', (text, word, message) => {
    expect(problems(text)).toEqual([{ word, message }]);
  });

  it.each([
    ['workrs', 'Did you mean workers?'],
    ['cp-1 wroker-1', 'Did you mean worker-1?'],
    ['controlplan', 'Did you mean controlplane?'],
    ['first', 'Did you mean @first?'],
    ['database', 'Names of other machines are written as addresses.'],
    ['all !workrs', 'Did you mean workers?'],
  ])('a slip in "%s" chooses nothing and says so', (text, question) => {
    expect(names(text)).toEqual([]);
    expect(problems(text).map(({ message }) => message)).toEqual([
      expect.stringContaining(`so nothing is chosen. ${question}`),
    ]);
  });

  it.each([
    'workers db-*',
    'workers @nobody',
    'workers 10.5.0.2:50000',
    'all !db-*',
    'all !10.5.0.99',
    'all !!cp-1',
    '10.5.0',
    '10.5.0.300',
    'all !@nobody',
  ])('a word that means nothing in "%s" chooses nothing', (text) => {
    expect(names(text)).toEqual([]);
    expect(problems(text)).toHaveLength(1);
  });

  it('what needs no taking away is no slip', () => {
    expect(names('cp-1 !workers')).toEqual(['cp-1']);
  });

  it('takes a bare name for a node while the cluster has named none', () => {
    expect(resolveSelection('cp-9', []).nodes.map(({ target }) => target)).toEqual(['cp-9']);
    expect(resolveSelection('cp-9', KNOWN.slice(4)).nodes.map(({ target }) => target)).toEqual(['cp-9']);
  });

  it('says of a selector that nothing is known yet', () => {
    expect(resolveSelection('all workers', []).problems).toEqual([
      { word: 'all', message: '"all" matches nothing: no nodes are known yet.' },
      { word: 'workers', message: '"workers" matches nothing: no nodes are known yet.' },
    ]);
    expect(resolveSelection('workers', KNOWN.slice(0, 2)).problems).toEqual([
      { word: 'workers', message: 'None of the 2 known nodes is one of "workers".' },
    ]);
  });

  it('is quick for many nodes and words', () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      member(`worker-${index}`, `10.${index >> 8}.${index & 255}.1`, 'worker'),
    );

    expect(resolveSelection(many.map(({ hostname }) => hostname).join(' '), many).nodes).toHaveLength(5000);
  });
});

describe('a pattern', () => {
  it.each([
    ['*', '', true],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbbd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['**a**', 'xxaxx', true],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(patternTest(pattern)(name)).toBe(expected);
  });

  it('does not explode', () => {
    expect(patternTest(`${'*a'.repeat(500)}b`)('a'.repeat(5000))).toBe(false);
  });
});

describe('a selection that means harm', () => {
  const many: NodeSummary[] = Array.from({ length: 2000 }, (_, index) => ({
    target: `10.0.${index}`,
    hostname: `${'a'.repeat(240)}${index}`,
    addresses: [],
    role: 'worker',
    sources: ['discovered'],
  }));

  it.each([
    ['a pattern that goes back at every sign', `*${'a*'.repeat(120)}b`],
    ['thousands of patterns', '*b '.repeat(1300)],
    ['thousands of exclusions', '!a '.repeat(1300)],
    ['an exclusion of exclusions', '!'.repeat(4096)],
  ])('%s is ended in time', (_what, text) => {
    const before = threadTimeMs();
    const { problems } = resolveSelection(text, many);

    expect(problems.length).toBeGreaterThan(0);
    expect(threadTimeMs() - before).toBeLessThan(1000);
  });

  it('chooses nothing when it is too much, because what was to be taken away might stay', () => {
    const { nodes, problems } = resolveSelection(`all ${'!*b '.repeat(1000)}`, many);

    expect(nodes).toEqual([]);
    expect(problems[0]?.message).toContain('nothing is chosen');
  });

  it('ends groups that name groups many times', () => {
    const groups = Array.from({ length: 8 }, (_, index) => ({
      name: `g${index}`,
      selection: `@g${index + 1} `.repeat(1000),
    }));

    expect(resolveSelection('@g0', many, groups).nodes).toEqual([]);
  });
});
