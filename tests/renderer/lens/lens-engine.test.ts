import { expect, test } from 'vitest';
import { at, engineOf, T0 } from './engine-harness.ts';

test('lines of several sources stand in the order of their times, late ones where they belong', () => {
  const engine = engineOf();
  engine.lines(0, `${at(1)} a`, `${at(3)} c`);
  engine.lines(1, `${at(2)} b`, `${at(4)} d`);
  expect(engine.texts.map((text) => text.slice(-1))).toEqual(['a', 'b', 'c', 'd']);
  expect(engine.state.order).toMatchObject({ by: 'time', late: 1 });
  // Lines of several nodes cross each other all the time.
  engine.lines(2, `${at(3.5)} a little`);
  expect(engine.state.order.late).toBe(1);
});

test('a line without a time stays with the one before it, and a source without any is ordered by arrival, which is said', () => {
  const engine = engineOf();
  engine.lines(0, `${at(1)} panic`, '  at main.go', `${at(3)} c`);
  engine.lines(1, `${at(2)} b`);
  expect(engine.rows.rows.map(({ timeKind }) => timeKind)).toEqual(['carried', 'before', 'carried', 'carried']);
  engine.lines(2, 'no time');
  expect(engine.state.order.by).toBe('mixed');
  expect(engine.state.order.why).toContain('node-2 kubelet');
});

test('lines of a source before its first time belong to that time', () => {
  const engine = engineOf();
  engine.lines(0, 'banner', `${at(-100)} old`);
  engine.lines(1, `${at(-50)} newer`);
  expect(engine.texts[0]).toBe('banner');
});

test('a clock that is ahead is taken into account, and taking that back restores the order', () => {
  const engine = engineOf();
  engine.lines(0, `${at(10)} a`);
  engine.lines(1, `${at(5)} b`);
  engine.tell({ type: 'skew', skewMs: { 'node-0': 8000 } });
  expect(engine.texts.map((text) => text.slice(-1))).toEqual(['a', 'b']);
  expect(engine.rows.rows[0]?.timeMs).toBe(T0 + 2000);
  engine.tell({ type: 'skew', skewMs: {} });
  expect(engine.texts.map((text) => text.slice(-1))).toEqual(['b', 'a']);
});

test('a clock that jumps ahead and back puts lines where their times say, loses none and counts those that are late', () => {
  const engine = engineOf();
  engine.lines(0, `${at(1)} before`, `${at(3601)} jumped`);
  engine.lines(1, `${at(2)} other`);
  engine.lines(0, `${at(3)} back`, '1970-01-01T00:00:09Z no clock', '9999-12-31T23:59:59Z far');
  const words = engine.texts.map((text) => text.replace(/^\S+ /, ''));
  expect(words).toEqual(['no clock', 'before', 'other', 'back', 'jumped', 'far']);
  expect(engine.state.counts).toMatchObject({ came: 6, held: 6 });
  expect(engine.state.order.late).toBe(2);
  engine.tell({ type: 'minimap', buckets: 400 });
  const { buckets } = engine.told.findLast((one) => one.type === 'minimap')?.minimap ?? { buckets: [] };
  expect(buckets.flat().reduce((sum, count) => sum + count, 0)).toBe(6);
});

test('filters by level, source, time and exclusion let through what they say, and marks stay', () => {
  const engine = engineOf();
  engine.lines(0, `${at(1)} INFO a`, `${at(2)} ERROR b`, `${at(3)} ERROR c`);
  engine.gap(0);
  engine.lines(1, `${at(2)} ERROR other`);
  const filtered = (filter: object): readonly string[] => {
    engine.tell({ type: 'filter', filter });
    return engine.texts.map((text) => text.split(' ').at(-1) ?? '');
  };
  expect(filtered({ levels: ['error'] })).toEqual(['b', 'other', 'c', 'missing.']);
  expect(filtered({ sources: [1] })).toEqual(['other']);
  expect(filtered({ fromMs: T0 + 2500 })).toEqual(['c', 'missing.']);
  const exclude = { text: 'ERROR', isRegex: false, isCaseSensitive: true };
  expect(filtered({ exclude })).toEqual(['a', 'missing.']);
  expect(filtered({})).toHaveLength(5);
});

test('fields of JSON lines are told, summed up and filtered by', () => {
  const engine = engineOf();
  engine.lines(0, `{"ts":"${at(1)}","level":"warn","msg":"slow","took":"214ms","peer":{"id":7}}`);
  engine.lines(0, `{"ts":"${at(2)}","level":"info","msg":"fine","took":"1ms"}`);
  expect(engine.rows.rows[0]).toMatchObject({ level: 'warn', summary: { message: 'slow' } });
  expect(engine.ask('fields', { line: engine.rows.rows[0]?.line })).toMatchObject({
    fields: expect.arrayContaining([{ name: 'peer.id', value: '7', kind: 'number' }]) as unknown,
  });
  engine.tell({ type: 'filter', filter: { fields: [{ name: 'took', value: '214ms', isNot: false }] } });
  expect(engine.state.counts.shown).toBe(1);
  engine.tell({ type: 'filter', filter: { fields: [{ name: 'took', value: '214ms', isNot: true }] } });
  expect(engine.rows.rows[0]?.summary?.message).toBe('fine');
});

test('a search counts hits, goes from one to the next and round, and shows them with their surroundings', () => {
  const engine = engineOf();
  engine.lines(
    0,
    ...Array.from({ length: 30 }, (_each, index) => `${at(index)} ${index % 10 === 5 ? 'needle' : 'hay'}`),
  );
  engine.search('needle');
  expect(engine.state.counts).toMatchObject({ hits: 3, shown: 30 });
  expect(engine.ask('hit', { fromRow: 5, step: 1 })).toMatchObject({ row: 15, number: 2 });
  expect(engine.ask('hit', { fromRow: 25, step: 1 })).toMatchObject({ row: 5, number: 1 });
  expect(engine.ask('hit', { fromRow: 5, step: -1 })).toMatchObject({ row: 25, number: 3 });
  engine.search('needle', 'hits');
  expect(engine.state.counts.shown).toBe(3);
  engine.search('needle', 'around', 2);
  expect(engine.state.counts.shown).toBe(15);
  engine.lines(0, `${at(40)} needle`);
  expect(engine.state.counts).toMatchObject({ hits: 4, shown: 18 });
});

test('a wrong pattern is said, and all lines stay', () => {
  const engine = engineOf();
  engine.lines(0, `${at(1)} a`);
  engine.search('(', 'hits', 1, true);
  expect(engine.state.progress).toMatchObject({ state: 'stopped', field: 'search' });
  expect(engine.state.counts.shown).toBe(1);
});

test('new lines are searched and filtered as they come', () => {
  const engine = engineOf();
  engine.search('x', 'hits');
  engine.lines(0, `${at(2)} x late`, `${at(3)} y`);
  engine.lines(1, `${at(1)} x early`);
  expect(engine.texts.map((text) => text.split(' ').at(-1))).toEqual(['early', 'late']);
});

test('a view that is held by a line stays on it while lines come above', () => {
  const engine = engineOf();
  engine.lines(0, ...Array.from({ length: 50 }, (_each, index) => `${at(100 + index)} line ${index}`));
  const line = 20;
  engine.tell({ type: 'view', view: { at: 'line', line, below: 5, count: 10 } });
  expect(engine.rows).toMatchObject({ first: 15, isElsewhere: false });
  engine.lines(1, `${at(1)} above`, `${at(2)} above`);
  expect(engine.rows.first).toBe(17);
  expect(engine.rows.rows[5]?.line).toBe(line);
});

test('memory is bounded: the oldest go, are counted, and what names them is told that they are gone', () => {
  const engine = engineOf({ characters: 1e9, lines: 10_000 });
  for (let turn = 0; turn < 30; turn += 1)
    engine.lines(turn % 3, ...Array.from({ length: 1000 }, (_each, index) => `${at(turn * 1000 + index)} l`));
  const { came, held, dropped, shown } = engine.state.counts;
  expect(came).toBe(30_000);
  expect(held + dropped).toBe(came);
  expect(held).toBeLessThanOrEqual(10_000);
  expect(shown).toBe(held);
  expect(engine.ask('place', { line: 0 })).toEqual({ state: 'gone' });
});

test('every line is accounted for, whatever comes in whatever order', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  for (let run = 0; run < 20; run += 1) {
    const engine = engineOf({ characters: 400_000, lines: 12_000 });
    let sent = 0;
    for (let turn = 0; turn < 40; turn += 1) {
      const count = 1 + random(900);
      sent += count;
      engine.lines(
        random(3),
        ...Array.from({ length: count }, () => (random(4) === 0 ? 'plain' : `${at(random(5000))} t`)),
      );
      if (random(5) === 0) engine.gap(random(3));
      if (random(6) === 0) engine.search(['t', 'plain', ''][random(3)] ?? '', random(2) === 0 ? 'hits' : 'all');
    }
    engine.tell({ type: 'search', search: undefined });
    const { came, held, dropped } = engine.state.counts;
    expect(came).toBe(sent);
    expect(held + dropped).toBe(sent);
    const marks = engine.state.counts.shown - held;
    expect(marks).toBeGreaterThanOrEqual(0);
    engine.tell({ type: 'view', view: { at: 'row', row: 0, count: 500 } });
    const times = engine.rows.rows.map(({ timeMs }) => timeMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(engine.state.sources.reduce((sum, one) => sum + one.held, 0)).toBe(held);
  }
});

test('an export writes what is shown when it began, once each, while lines come and go', () => {
  const engine = engineOf();
  engine.lines(0, ...Array.from({ length: 5000 }, (_each, index) => `${at(index)} line-${index} ${'x'.repeat(80)}`));
  let text = '';
  let from = 0;
  for (let isLast = false; !isLast;) {
    const part = engine.ask('exported', { from, format: 'ndjson' }) as { text: string; next: number; isLast: boolean };
    text += part.text;
    ({ next: from, isLast } = part);
    engine.lines(1, `${at(-from)} early`, `${at(9000 + from)} after the end`);
  }
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: string; node: string });
  const own = lines.filter(({ node }) => node === 'node-0').map(({ line }) => /line-(\d+)/.exec(line)?.[1]);
  expect(own).toEqual(Array.from({ length: 5000 }, (_each, index) => String(index)));
  expect(lines.some(({ line }) => line.includes('after the end'))).toBe(false);
});

test('what is exported or copied while a search goes on is all that it finds', () => {
  const engine = engineOf();
  engine.lines(0, ...Array.from({ length: 12_000 }, (_each, index) => `${at(index)} n=${index}`));
  const pattern = { text: '7', isRegex: false, isCaseSensitive: true };
  engine.tell(
    { type: 'search', search: { pattern, show: 'hits' } },
    { type: 'ask', id: 1, name: 'text', question: {} },
    { type: 'ask', id: 2, name: 'exported', question: { from: 0, format: 'text' } },
  );
  const answers = engine.told.filter((one) => one.type === 'answer').map(({ answer }) => answer);
  expect(answers).toMatchObject([{ lines: engine.state.counts.hits }, { of: engine.state.counts.hits }]);
  expect(engine.state.counts.hits).toBeGreaterThan(3000);
});

test('copied text has names, marks in words, and is bounded', () => {
  const engine = engineOf();
  engine.lines(0, `${at(1)} a`);
  engine.gap(0);
  expect(engine.ask('text', { fromLine: undefined, toLine: undefined })).toEqual({
    text: `${at(1)} node-0 kubelet: ${at(1)} a\n--- node-0 kubelet: cp-1 was lost, cp-2 goes on after 2 s; lines may be missing. ---`,
    lines: 2,
    isCut: false,
  });
  engine.lines(0, `${at(0)} earlier`, `${at(2)} b`);
  // Their rows have moved since; one end stands below the other.
  expect(engine.ask('text', { fromLine: 3, toLine: 0 })).toMatchObject({ lines: 3 });
});

test('the minimap counts levels over time, hits, and marks gaps', () => {
  const engine = engineOf();
  engine.lines(0, `${at(0)} ERROR a`, `${at(10)} INFO b`);
  engine.gap(0);
  engine.search('ERROR');
  engine.tell({ type: 'minimap', buckets: 2 });
  const minimap = engine.told.findLast((one) => one.type === 'minimap')?.minimap;
  expect(minimap?.buckets).toEqual([
    [0, 1, 0, 0, 0, 0],
    [0, 0, 0, 1, 0, 0],
  ]);
  expect(minimap?.hits).toEqual([1, 0]);
  expect(minimap?.gaps).toHaveLength(1);
});

test('a page that has not drawn its rows yet is sent no others, and then the newest', () => {
  const engine = engineOf(undefined, false);
  engine.tell({ type: 'drawn' });
  engine.lines(0, `${at(1)} a`);
  const before = engine.told.filter(({ type }) => type === 'rows').length;
  engine.lines(0, `${at(2)} b`);
  engine.lines(0, `${at(3)} c`);
  expect(engine.told.filter(({ type }) => type === 'rows')).toHaveLength(before);
  engine.tell({ type: 'drawn' });
  expect(engine.told.filter(({ type }) => type === 'rows')).toHaveLength(before + 1);
  expect(engine.texts.at(-1)).toContain('c');
});

test('while nobody looks, lines are taken and nothing else is told', () => {
  const engine = engineOf();
  engine.tell({ type: 'seen', isSeen: false });
  engine.told.length = 0;
  engine.lines(0, `${at(1)} a`);
  expect(engine.told.map(({ type }) => type)).toEqual(['taken']);
  engine.tell({ type: 'seen', isSeen: true });
  expect(engine.texts).toHaveLength(1);
});

test('events become lines with their words, in their time', () => {
  const engine = engineOf();
  const event = {
    id: 'd2k1qe00000000000000',
    actor: '',
    kind: 'service',
    subject: 'etcd',
    action: 'FAILED',
    message: 'exit 1',
    isError: true,
  } as const;
  engine.tell({ type: 'pieces', stream: 0, pieces: [{ type: 'events', source: 0, events: [event], atMs: T0 }] });
  expect(engine.rows.rows[0]).toMatchObject({
    text: 'service etcd FAILED: exit 1',
    level: 'error',
    event,
    timeKind: 'carried',
  });
});
