import { describe, expect, test } from 'vitest';
import { classifyIncoming, type ContextFacts, type IncomingContext } from '../../../main/talosconfig/merge-classify.ts';
import {
  planTalosconfigMerge,
  planTalosctlConfigMerge,
  type ContextChoice,
  type MergeInput,
  type MergePlan,
} from '../../../main/talosconfig/merge-plan.ts';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';
import {
  allContextContents,
  contentHash,
  contextContent,
  editTalosconfig,
  EMPTY_TALOSCONFIG,
  type TalosconfigEdit,
} from '../../../main/talosconfig/talosconfig-edit.ts';
import { Secret } from '../../../main/lib/secret.ts';

/** Facts as credentials would find them; the texts of ca and crt stand for certificates: `crt: roles/notAfter`. */
function factsOf(text: string): readonly IncomingContext[] {
  const contents = allContextContents(text);
  return parseTalosconfig(text).contexts.flatMap((context): IncomingContext[] => {
    const content = contents.get(context.name);
    if (!content) return [];
    const [roles = '', notAfter = '0'] = (context.crt?.reveal() ?? '').split('/');
    const ca = context.ca?.reveal();
    return [
      {
        id: context.name,
        name: context.name,
        content: contentHash(content),
        caFingerprints: ca === undefined ? [] : ca.split('+'),
        roles: roles.split('.').filter(Boolean),
        ...(context.crt ? { leafFingerprint: context.crt.reveal(), notAfterMs: Number(notAfter) } : {}),
        ...(context.cluster === undefined ? {} : { cluster: context.cluster }),
        endpoints: context.endpoints,
      },
    ];
  });
}

function inputOf(base: string, incoming: string): MergeInput {
  const file = parseTalosconfig(base);
  return {
    existing: file.contexts.map((c) => c.name),
    current: file.current,
    incoming: classifyIncoming(factsOf(base), factsOf(incoming)),
    incomingCurrent: parseTalosconfig(incoming).current,
    contents: allContextContents(incoming),
  };
}

const apply = (base: string, plan: MergePlan): string => editTalosconfig(base, plan.edits);
const summary = (text: string): unknown => {
  const { current, contexts } = parseTalosconfig(text);
  return { current, contexts: Object.fromEntries(contexts.map((c) => [c.name, c.endpoints.join(',')])) };
};

/** A talosconfig of `name → endpoint ca crt`. */
function make(current: string, contexts: Readonly<Record<string, string>>): string {
  return editTalosconfig(EMPTY_TALOSCONFIG, [
    ...Object.entries(contexts).map(([name, text]): TalosconfigEdit => {
      const [endpoint = 'e', ca, crt] = text.split(' ');
      const content = contextContent({
        endpoints: endpoint === '-' ? [] : [endpoint],
        ...(ca === undefined ? {} : { ca: new Secret(ca) }),
        ...(crt === undefined ? {} : { crt: new Secret(crt), key: new Secret(`key-of-${crt}`) }),
      });
      return { kind: 'add', name, content };
    }),
    ...(current === '' ? [] : [{ kind: 'select', name: current } as const]),
  ]);
}

describe('the same as talosctl config merge (TestConfigMerge, TestMerge)', () => {
  test.each<[string, string, string, unknown]>([
    ['IntoEmpty', '', make('foo', { foo: 'c1' }), { current: 'foo', contexts: { foo: 'c1' } }],
    [
      'NoConflict',
      make('bar', { bar: 'c2' }),
      make('', { foo: 'c1' }),
      { current: 'bar', contexts: { bar: 'c2', foo: 'c1' } },
    ],
    [
      'WithRename',
      make('bar', { bar: 'c2' }),
      make('bar', { bar: 'c1' }),
      { current: 'bar-1', contexts: { bar: 'c2', 'bar-1': 'c1' } },
    ],
    [
      'the identical file twice',
      make('foo', { foo: 'c1' }),
      make('foo', { foo: 'c1' }),
      { current: 'foo-1', contexts: { foo: 'c1', 'foo-1': 'c1' } },
    ],
    [
      'names that are taken by the merge itself, sorted',
      make('', { foo: 'a' }),
      make('', { 'foo-1': 'c', foo: 'b' }),
      { current: '', contexts: { foo: 'a', 'foo-1': 'b', 'foo-1-1': 'c' } },
    ],
    [
      'a free number',
      make('', { foo: 'a', 'foo-1': 'b' }),
      make('', { foo: 'c' }),
      { current: '', contexts: { foo: 'a', 'foo-1': 'b', 'foo-2': 'c' } },
    ],
    [
      'a current context that is not defined there',
      make('bar', { bar: 'a' }),
      make('', { foo: 'b' }).replace('context: ""', 'context: gone'),
      { current: '', contexts: { bar: 'a', foo: 'b' } },
    ],
  ])('%s', (_name, base, incoming, expected) => {
    expect(summary(apply(base, planTalosctlConfigMerge(inputOf(base, incoming))))).toEqual(expected);
  });

  test('says what was renamed', () => {
    const base = make('', { foo: 'a' });

    expect(planTalosctlConfigMerge(inputOf(base, make('', { foo: 'b', bar: 'c' }))).steps).toEqual([
      { id: 'bar', from: 'bar', action: 'add', name: 'bar' },
      { id: 'foo', from: 'foo', action: 'add', name: 'foo-1' },
    ]);
  });
});

describe('classes and their defaults', () => {
  const base = make('', { prod: 'e1 CA1 os:admin/100', reader: 'e1 CA1 os:reader/100', omni: 'o' });
  test.each<[string, string, string, string | undefined, string]>([
    ['a free name of an unknown cluster', 'new: e9 CA9 os:admin/1', 'new', undefined, 'keep-both'],
    ['the same content', 'prod: e1 CA1 os:admin/100', 'identical', 'prod', 'skip'],
    ['the same content under another name', 'other: e1 CA1 os:admin/100', 'identical', 'prod', 'skip'],
    ['a later certificate', 'prod: e1 CA1 os:admin/200', 'renewed', 'prod', 'overwrite'],
    ['a later certificate under another name', 'x: e2 CA1 os:admin/200', 'renewed', 'prod', 'overwrite'],
    ['a later certificate after the CA was rotated', 'prod: e1 CA1+CA2 os:admin/200', 'renewed', 'prod', 'overwrite'],
    ['a later certificate of another role', 'prod: e1 CA1 os:reader/200', 'renewed', 'reader', 'overwrite'],
    ['an older certificate', 'prod: e1 CA1 os:admin/50', 'same-cluster', 'prod', 'skip'],
    ['only other endpoints', 'prod: e7 CA1 os:admin/100', 'same-cluster', 'prod', 'skip'],
    ['a new role', 'op: e1 CA1 os:operator/100', 'same-cluster-other-role', 'prod', 'keep-both'],
    ['a taken name of another cluster', 'prod: e1 CA2 os:admin/100', 'name-taken', 'prod', 'keep-both'],
    ['an Omni context of the same address', 'omni2: o', 'identical', 'omni', 'skip'],
  ])('%s', (_name, incoming, kind, existing, byDefault) => {
    const [name = '', text = ''] = incoming.split(': ');
    const [context] = classifyIncoming(factsOf(base), factsOf(make('', { [name]: text })));

    expect([context?.class, context?.existing?.name, context?.byDefault]).toEqual([kind, existing, byDefault]);
  });

  test('a broken one is skipped, and one that repeats another is identical', () => {
    const [fact] = factsOf(make('', { new: 'e9 CA9 os:admin/1' }));
    const incoming = [
      { ...fact!, id: '1', broken: 'The key does not match.', content: 'x' },
      { ...fact!, id: '2' },
      { ...fact!, id: '3', name: 'again' },
    ];

    expect(classifyIncoming([], incoming).map((c) => [c.class, c.byDefault, c.repeats])).toEqual([
      ['broken', 'skip', undefined],
      ['new', 'keep-both', undefined],
      ['identical', 'skip', '2'],
    ]);
  });

  test('of two that renew one context the longer lasting one does', () => {
    const incoming = make('', { a: 'e CA1 os:admin/200', b: 'e CA1 os:admin/300', c: 'e CA1 os:admin/250' });

    expect(classifyIncoming(factsOf(base), factsOf(incoming)).map((c) => [c.class, c.byDefault])).toEqual([
      ['renewed', 'skip'],
      ['renewed', 'overwrite'],
      ['renewed', 'skip'],
    ]);
  });

  test('a broken context of the file is renewed by any that works', () => {
    const facts: readonly ContextFacts[] = factsOf(base).map((f) => ({ ...f, broken: 'The key does not match.' }));

    expect(classifyIncoming(facts, factsOf(make('', { prod: 'e1 CA1 os:admin/50' })))[0]?.class).toBe('renewed');
  });
});

describe('choices', () => {
  const base = make('prod', { prod: 'e1 CA1 os:admin/100', other: 'e2' });
  const incoming = make('prod', { prod: 'e9 CA9 os:admin/200' });
  const plan = (choice: ContextChoice, options?: { switchCurrent: boolean }): string =>
    apply(base, planTalosconfigMerge(inputOf(base, incoming), new Map([['prod', choice]]), options));

  test.each<[string, ContextChoice, unknown]>([
    ['keep both', { action: 'keep-both' }, { prod: 'e1', other: 'e2', 'prod-1': 'e9' }],
    ['overwrite', { action: 'overwrite' }, { prod: 'e9', other: 'e2' }],
    ['overwrite another', { action: 'overwrite', target: 'other' }, { prod: 'e1', other: 'e9' }],
    ['skip', { action: 'skip' }, { prod: 'e1', other: 'e2' }],
    ['rename', { action: 'rename', name: '1.10' }, { prod: 'e1', other: 'e2', '1.10': 'e9' }],
  ])('%s', (_name, choice, contexts) => {
    expect(summary(plan(choice))).toEqual({ current: 'prod', contexts });
  });

  test('the current context is switched only when asked', () => {
    expect(summary(plan({ action: 'keep-both' }, { switchCurrent: true }))).toMatchObject({ current: 'prod-1' });
    expect(summary(plan({ action: 'skip' }, { switchCurrent: true }))).toMatchObject({ current: 'prod' });
  });

  test('what could be switched to is what the incoming current context is called afterwards', () => {
    const switchTo = (choice: ContextChoice): string | undefined =>
      planTalosconfigMerge(inputOf(base, incoming), new Map([['prod', choice]])).switchTo;

    expect(switchTo({ action: 'keep-both' })).toBe('prod-1');
    expect(switchTo({ action: 'overwrite', target: 'other' })).toBe('other');
    expect(switchTo({ action: 'rename', name: 'far' })).toBe('far');
    // Left out, or current already.
    expect(switchTo({ action: 'skip' })).toBeUndefined();
    expect(switchTo({ action: 'overwrite' })).toBeUndefined();
  });

  test('what could be switched to may be an equal context of another name', () => {
    const here = make('prod', { prod: 'e1 CA1 os:admin/100', 'ams-carl': 'e9 CA9 os:admin/200' });
    const there = make('prod-fra', { 'prod-fra': 'e9 CA9 os:admin/200' });
    const planOf = (switchCurrent: boolean): MergePlan =>
      planTalosconfigMerge(inputOf(here, there), new Map(), { switchCurrent });

    expect(planOf(false)).toMatchObject({ switchTo: 'ams-carl', current: 'prod' });
    expect(planOf(true)).toMatchObject({ switchTo: 'ams-carl', current: 'ams-carl' });
    const switched = make('ams-carl', { prod: 'e1 CA1 os:admin/100', 'ams-carl': 'e9 CA9 os:admin/200' });
    expect(planTalosconfigMerge(inputOf(switched, there), new Map()).switchTo).toBeUndefined();
  });

  test('a chosen name comes before a number', () => {
    const two = inputOf(make('', { a: 'x' }), make('', { a: 'y', b: 'z' }));

    const result = planTalosconfigMerge(two, new Map([['b', { action: 'rename', name: 'a-1' }]]));

    expect(result.steps.map((s) => [s.from, s.name])).toEqual([
      ['b', 'a-1'],
      ['a', 'a-2'],
    ]);
  });

  test.each<[string, ContextChoice]>([
    ['a taken name', { action: 'rename', name: 'other' }],
    ['no name', { action: 'rename' }],
    ['overwriting what is not there', { action: 'overwrite', target: 'none' }],
  ])('%s is refused', (_name, choice) => {
    expect(() => plan(choice)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'invalid' }) as unknown }),
    );
  });

  test('a renewed certificate leaves endpoints, nodes, comments and unknown fields alone', () => {
    const file = `contexts:\n    prod: # mine\n        endpoints: [vip, e1]\n        nodes: [n]\n        ca: CA1\n        crt: os:admin/100\n        key: old\n        x: y\n`;
    const fresh = make('', { prod: '- CA1 os:admin/200' });

    const result = planTalosconfigMerge(inputOf(file, fresh), new Map());

    expect(apply(file, result)).toBe(
      file.replace('os:admin/100', 'os:admin/200').replace('key: old', 'key: key-of-os:admin/200'),
    );
    expect(result.steps).toEqual([
      { id: 'prod', from: 'prod', action: 'overwrite', name: 'prod', onlyCredentials: true },
    ]);
  });
});

test('generated pairs: nothing is lost, names are unique and keep their spelling, importing twice changes nothing', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  let state = seed;
  const random = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % n;
  };
  const names = [
    '010',
    '1.10',
    '~',
    '__proto__',
    'constructor',
    '',
    'a',
    'a-1',
    'a-1-1',
    'prod',
    'null',
    'two\nlines',
    '\u202Ex',
  ];
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const generate = (): string => {
    const contexts: Record<string, string> = Object.create(null) as Record<string, string>;
    for (let i = random(6); i >= 0; i--)
      contexts[pick(names)] =
        `e${random(3)} CA${random(3)} ${pick(['os:admin', 'os:reader', 'os:admin.os:reader'])}/${random(4)}`;
    const text = make('', contexts);
    return random(2) === 0
      ? text
      : editTalosconfig(text, [{ kind: 'select', name: parseTalosconfig(text).contexts[0]?.name ?? '' }]);
  };
  const certificates = (text: string): string[] =>
    parseTalosconfig(text).contexts.map((c) => `${c.ca?.reveal()} ${c.crt?.reveal()}`);

  for (let round = 0; round < 150; round++) {
    const [base, incoming] = [generate(), generate()];
    const why = `seed ${seed}, round ${round}:\n${base}\n---\n${incoming}`;
    const input = inputOf(base, incoming);

    const talosctl = apply(base, planTalosctlConfigMerge(input));
    expect(certificates(talosctl).sort(), why).toEqual([...certificates(base), ...certificates(incoming)].sort());

    const plan = planTalosconfigMerge(input, new Map());
    const merged = apply(base, plan);
    const after = parseTalosconfig(merged);
    const resultNames = after.contexts.map((c) => c.name);
    // Names of the file are all there, in their place, spelled as before; the current context is not switched.
    expect(resultNames.slice(0, input.existing.length), why).toEqual(input.existing);
    expect(new Set(resultNames).size, why).toBe(resultNames.length);
    expect(after.current, why).toBe(input.current);
    // Everything that came in is in the file, or an equal or newer one of the same cluster and roles is.
    for (const context of input.incoming) {
      const there = factsOf(merged).some(
        (f) =>
          f.caFingerprints[0] === context.incoming.caFingerprints[0] &&
          f.roles.join() === context.incoming.roles.join() &&
          (f.notAfterMs ?? 0) >= (context.incoming.notAfterMs ?? 0),
      );
      expect(there, `${why}\n${context.incoming.name}`).toBe(true);
    }
    // A context of the file changes only to a newer certificate of the same cluster and roles.
    const before = new Map(factsOf(base).map((f) => [f.name, f]));
    for (const fact of factsOf(merged)) {
      const old = before.get(fact.name);
      if (!old || old.content === fact.content) continue;
      expect([fact.caFingerprints, fact.roles, (fact.notAfterMs ?? 0) > (old.notAfterMs ?? 0)], why).toEqual([
        old.caFingerprints,
        old.roles,
        true,
      ]);
    }
    expect(
      apply(merged, planTalosconfigMerge(inputOf(merged, incoming), new Map())),
      `twice, ${why}\n---\n${merged}`,
    ).toBe(merged);
  }
});
