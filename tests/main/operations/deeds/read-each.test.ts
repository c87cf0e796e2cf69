import { expect, it } from 'vitest';
import type { NodeSummary } from '../../../../preload/contract/index.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { readEach } from '../../../../main/operations/deeds/kit/read-each.ts';
import { machinesOf } from '../../../../main/operations/plans/machine.ts';

const NODES = ['n1', 'n2', 'n3'].map((target): NodeSummary => ({
  target,
  addresses: [],
  role: 'worker',
  sources: ['context'],
}));
const MACHINES = machinesOf(['n3', 'n1', 'n2'], NODES);
const caller = () => ({ explain: (error: Error) => ({ message: error.message }) }) as unknown as Caller;

it('machines are told in the order given, and one that cannot be read says why', async () => {
  const read = await readEach(
    MACHINES,
    { caller, signal: new AbortController().signal },
    (_caller, { node }) => (node === 'n1' ? Promise.reject(new Error('It is away.')) : Promise.resolve(`read ${node}`)),
    ({ node }, why) => `${node}: ${why}`,
  );

  expect(read).toEqual(['read n3', 'n1: It is away.', 'read n2']);
});

it('nothing is told of machines where the reading was given up meanwhile', async () => {
  const given = new AbortController();
  const reading = readEach(
    MACHINES,
    { caller, signal: given.signal },
    () => {
      given.abort(new Error('Nobody waits.'));
      return Promise.reject(new Error('It was cancelled.'));
    },
    (_machine, why) => why,
  );

  await expect(reading).rejects.toThrow('Nobody waits.');
});
