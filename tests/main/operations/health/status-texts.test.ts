import { expect, it } from 'vitest';
import type { TextReading } from '../../../../main/operations/cluster-text/cluster-texts.ts';
import { READ } from '../../../../main/operations/cluster-text/read-text.ts';
import { StatusTexts } from '../../../../main/operations/health/status-texts.ts';

const READY = 'stage: running\nstatus:\n  ready: true\n  unmetConditions: []\n';

function counted() {
  let count = 0;
  const read = (_name: 'spec', text: string): Promise<unknown> => {
    count += 1;
    return Promise.resolve(READ.spec(text));
  };
  return { reading: { read } as unknown as Pick<TextReading, 'read'>, count: () => count };
}

it('what nearly all nodes say is read once, another text by itself, and what cannot be read is never taken for known', async () => {
  const texts = new StatusTexts();
  const { reading, count } = counted();
  const read = (text: string) => texts.read(reading, text);

  for (let node = 0; node < 3; node += 1) expect(await read(READY)).toMatchObject({ stage: 'running', isReady: true });
  expect(count()).toBe(1);
  expect(await read(READY.replace('true', 'false'))).toMatchObject({ stage: 'running', isReady: false });
  for (let time = 0; time < 2; time += 1) expect(await read('nonsense')).toBeUndefined();
  const long = `${READY}# ${'x'.repeat(4_000)}`;
  for (let time = 0; time < 2; time += 1) expect(await read(long)).toMatchObject({ isReady: true });
  expect(count()).toBe(6);

  // It keeps no more than some.
  for (let stage = 0; stage < 40; stage += 1) await read(READY.replace('running', `s${stage}`));
  await read(READY);
  expect(count()).toBe(47);
});
