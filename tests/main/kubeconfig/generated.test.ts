import { beforeAll, expect, test } from 'vitest';
import { parseKubeconfig, SECTIONS, textOf, type Kubeconfig } from '../../../main/kubeconfig/kubeconfig.ts';
import { mergeIntoText } from '../../../main/kubeconfig/preview.ts';
import { isSameEntry } from '../../../main/kubeconfig/same-entry.ts';
import { seeded } from '../../../scripts/seeded-random.ts';
import { sampleCluster, type SampleCluster } from './samples.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = 150;

const NAMES = [
  'a',
  'prod',
  'admin@a',
  'admin@prod',
  'a-1',
  'prod-1',
  '010',
  '~',
  'on',
  '__proto__',
  'x: y',
  "it's",
  'ü',
];
let clusters: readonly SampleCluster[] = [];
let fetches: readonly string[] = [];

beforeAll(async () => {
  const a = await sampleCluster('a', 'https://one:6443');
  const again = await sampleCluster('a', 'https://two:6443');
  clusters = [
    a,
    again,
    await sampleCluster('prod'),
    await sampleCluster('prod', 'https://one:6443', 'ecdsa', a.authority),
  ];
  fetches = await Promise.all(
    [40, 20, 0].flatMap((days) => clusters.map((one) => one.fetch({ notBeforeMs: Date.now() - days * 86_400_000 }))),
  );
});

/** A kubeconfig somebody may have: layouts, quotes, comments, dangling references, other ways to sign in. */
function randomText(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = (list: readonly string[]): string[] => list.filter(() => random() < 0.3);
  const quote = (name: string): string => pick([JSON.stringify(name), `'${name.replaceAll("'", "''")}'`]);
  const comment = (): string => (random() < 0.2 ? ' # note' : '');
  const [dash, unit] = pick([
    ['', '  '],
    ['  ', '  '],
    ['    ', '    '],
  ]);
  const isJson = random() < 0.2;
  const value = (section: string): Record<string, unknown> => {
    const cluster = pick(clusters);
    if (section === 'clusters')
      return random() < 0.5
        ? { server: cluster.server, 'certificate-authority-data': cluster.caData }
        : { server: 'https://else', 'insecure-skip-tls-verify': true };
    if (section === 'contexts') return { cluster: pick(NAMES), user: pick(NAMES), namespace: 'n' };
    const user = parseKubeconfig(pick(fetches)).users.values().next().value?.value;
    return random() < 0.5 ? { token: 't' } : Object.fromEntries([...(user ?? [])].map(([k, v]) => [k, v]));
  };
  const lists = SECTIONS.filter(() => random() < 0.9).map((section) => ({
    section,
    items: some(NAMES).map((name) => ({ name, value: value(section) })),
  }));
  const current = pick(NAMES);
  if (isJson) {
    const field = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;
    const all = lists.map(({ section, items }) => [
      section,
      items.map((i) => ({ name: i.name, [field[section]]: i.value })),
    ]);
    return JSON.stringify(Object.fromEntries([...all, ['current-context', current]]), null, pick([0, 2, '\t']));
  }
  const lines = [`# head`, `kind: Config`];
  for (const { section, items } of lists) {
    lines.push(`${section}:${items.length === 0 ? pick([' []', ' null', '']) : ''}${comment()}`);
    for (const item of items) {
      const fields = Object.entries(item.value);
      const field = section.slice(0, -1);
      if (random() < 0.2) {
        lines.push(`${dash}- ${field}: ${JSON.stringify(item.value)}${comment()}`);
      } else {
        lines.push(`${dash}- ${field}:${comment()}`);
        for (const [key, one] of fields) lines.push(`${dash}  ${unit}${key}: ${JSON.stringify(one)}${comment()}`);
      }
      lines.push(`${dash}  name: ${quote(item.name)}${comment()}`);
      if (random() < 0.2) lines.push(pick(['', '# between']));
    }
  }
  lines.push(`current-context: ${quote(current)}`, '# tail');
  return lines.join(pick(['\n', '\r\n'])) + pick(['', '\n']);
}

const entriesOf = (kubeconfig: Kubeconfig): string[] =>
  SECTIONS.flatMap((section) => [...kubeconfig[section].keys()].map((name) => `${section}/${name}`));

test(`generated pairs keep everything, refer correctly, and merge a second time without a change (seed ${SEED})`, () => {
  const random = seeded(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const text = randomText(random);
    const incoming = fetches[Math.floor(random() * fetches.length)]!;
    const choice = random() < 0.6 ? 'refresh' : 'rename';
    const step = { incoming, rules: { kind: 'minos', options: { choice, setCurrent: false } } } as const;
    const before = parseKubeconfig(text);
    const merged = mergeIntoText(text, [step]);
    const after = parseKubeconfig(merged.text);
    const where = `seed ${SEED} round ${round}`;

    // Nothing is lost, and what was not named as refreshed is what it was.
    expect(entriesOf(after), where).toEqual(expect.arrayContaining(entriesOf(before)));
    const touched = merged.changes.filter(({ action }) => action !== 'kept').map((c) => `${c.section}/${c.name}`);
    for (const section of SECTIONS)
      for (const [name, entry] of before[section])
        if (!touched.includes(`${section}/${name}`))
          expect(isSameEntry(after[section].get(name)!.value, entry.value), `${where}\n${name}`).toBe(true);
    // One that names nothing is replaced: kubectl fails with it.
    const isDangling = before.currentContext !== '' && !before.contexts.has(before.currentContext);
    expect(after.currentContext, where).toBe(isDangling ? merged.contextNames[0] : before.currentContext);

    // The merged context leads to the incoming server and key.
    const source = parseKubeconfig(incoming);
    const context = after.contexts.get(merged.contextNames[0]!)!.value;
    const cluster = after.clusters.get(textOf(context.get('cluster')))!.value;
    const user = after.users.get(textOf(context.get('user')))!.value;
    expect(cluster.get('server'), where).toBe([...source.clusters.values()][0]!.value.get('server'));
    const isOlder = merged.notes.some(({ message }) => message.includes('newer than the fetched'));
    if (!isOlder)
      expect(user.get('client-key-data'), where).toBe([...source.users.values()][0]!.value.get('client-key-data'));

    // Every line of the old file is still there, in order, but for refreshed ones.
    const removed = merged.diff.lines.filter(({ kind }) => kind === 'removed').length;
    if (!touched.some((one) => entriesOf(before).includes(one)) && !text.startsWith('{') && !/: (\[\]|null)/.test(text))
      expect(removed, where).toBeLessThanOrEqual((text.endsWith('\n') ? 0 : 1) + (isDangling ? 1 : 0));

    if (choice === 'refresh') expect(mergeIntoText(merged.text, [step]).text, where).toBe(merged.text);
    if (text.startsWith('{')) JSON.parse(merged.text);
  }
});
