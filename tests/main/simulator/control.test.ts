import { expect, it } from 'vitest';
import { obeyLine } from '../../../main/simulator/control.ts';
import { useHarness } from './harness.ts';
import { contextOf } from './talos-client.ts';

const { start } = useHarness();

it.each([
  [
    'an unknown node',
    '{"id":7,"fault":{"node":"nobody","kind":"down"}}',
    { id: 7, error: 'No node is called nobody.' },
  ],
  ['an unknown endpoint', '{"fault":{"endpoint":"x","kind":"refuse"}}', { error: 'No endpoint is called x.' }],
  ['an unknown cluster', '{"cluster":"x","connections":true}', { error: 'No cluster is called x.' }],
  ['a fault without a place', '{"fault":{"kind":"down"}}', { error: 'A fault wants an endpoint or a node.' }],
  ['nothing to do', '{}', { error: 'The command says nothing to do.' }],
])('says what is wrong with a command: %s', async (_title, line, expected) => {
  const simulator = await start();

  expect(JSON.parse(await obeyLine(line, [simulator]))).toEqual(expected);
});

it.each(['{"fault":{"node":"cp-1","kind":"nope"}}', '[]', 'nonsense'])('survives %s', async (line) => {
  const simulator = await start();

  expect(Object.keys(JSON.parse(await obeyLine(line, [simulator])) as object)).toEqual(['error']);
});

it('obeys faults, clears, versions and reboots, and hands out talosconfigs', async () => {
  const simulator = await start();
  const obey = async (line: string): Promise<unknown> =>
    (JSON.parse(await obeyLine(line, [simulator])) as { ok: unknown }).ok;

  await obey('{"fault":{"node":"cp-2","kind":"slow","latencyMs":5}}');
  await obey('{"fault":{"endpoint":"cp-1","kind":"slow","latencyMs":5}}');
  expect([simulator.node('cp-2').fault?.kind, simulator.endpoint('cp-1').fault?.kind]).toEqual(['slow', 'slow']);

  await obey('{"clear":"all"}');
  expect([simulator.node('cp-2').fault, simulator.endpoint('cp-1').fault]).toEqual([null, null]);

  await obey('{"version":{"node":"cp-2","version":"v1.14.0"}}');
  expect(simulator.node('cp-2').version).toBe('v1.14.0');

  await obey('{"reboot":{"node":"cp-3","bootMs":4000}}');
  expect(simulator.node('cp-3').stage).toBe('rebooting');
  expect(await obey('{"sentLines":{"node":"cp-3","log":"etcd"}}')).toBe(0);

  const talosconfig = await obey('{"talosconfig":{"roles":["os:reader"],"contextName":"reader@sim"}}');
  expect(contextOf(String(talosconfig), 'reader@sim').endpoints).toHaveLength(3);
  expect(await obey('{"calls":{}}')).toEqual([]);
});
