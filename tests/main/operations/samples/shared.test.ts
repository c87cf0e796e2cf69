import { expect, it } from 'vitest';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { NodeSampler } from '../../../../main/operations/samples/node-sampler.ts';
import type { Sample } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

it('a node is measured once for two windows that look, also after one of them was closed', async () => {
  const clock = new FakeClock();
  let calls = 0;
  const cpu = {
    user: 1,
    nice: 0,
    system: 0,
    idle: 1,
    iowait: 0,
    irq: 0,
    soft_irq: 0,
    steal: 0,
    guest: 0,
    guest_nice: 0,
  };
  const caller = {
    unary: (path: string) => {
      if (path.endsWith('SystemStat')) calls += 1;
      const message = path.endsWith('SystemStat') ? { boot_time: '1', cpu_total: cpu, cpu: [cpu] } : {};
      return Promise.resolve({ value: { messages: [message] } });
    },
  } as unknown as Caller;
  const sampler = new NodeSampler('cp-1', 0, clock);
  const told: readonly Sample[][] = [[], []];
  const [close] = told.map((samples) =>
    sampler.want({
      everyMs: 3_000,
      caller: () => caller,
      isSeen: () => true,
      mark: () => undefined,
      onSample: (sample) => samples.push(sample),
      onMoved: () => undefined,
      onMissing: () => undefined,
    }),
  );
  const next = async (): Promise<void> => {
    clock.advance(3_000);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  await next();
  await next();
  expect(told.map(({ length }) => length)).toEqual([calls, calls]);
  const before = calls;
  close?.();
  await next();
  expect([calls - before, told[1]?.length]).toEqual([1, calls]);
});
