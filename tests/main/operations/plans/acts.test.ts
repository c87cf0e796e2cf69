import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { doActs, type DoingActs } from '../../../../main/operations/plans/acts.ts';
import { machineOf } from '../../../../main/operations/plans/machine.ts';
import type { AnyDeedCall, CallAct, DeedAct, WorkAct } from '../../../../main/operations/plans/plan.ts';

const CALL: AnyDeedCall = { method: '/machine.MachineService/Reboot', request: {}, deadlineMs: 1_000 };
const machine = machineOf('10.5.0.2', [
  { target: '10.5.0.2', hostname: 'cp-1', addresses: ['10.5.0.2'], sources: ['discovered'] } as never,
]);
const lost = new Failed({ code: 'maybe-done', message: 'The answer was lost.', retry: 'ask' });

const call = (parts: Partial<CallAct> = {}): CallAct => ({ kind: 'call', what: 'Reboots', call: () => CALL, ...parts });
const work = (what: string, run: WorkAct['run'], parts: Partial<WorkAct> = {}): WorkAct => ({
  kind: 'work',
  what,
  run,
  ...parts,
});

/** Does the acts and tells what happened, in order: what the journal was told, what was sent, which acts began. */
async function done(acts: readonly DeedAct[], parts: Partial<DoingActs> = {}): Promise<readonly string[]> {
  const told: string[] = [];
  const note = (text: string): Promise<void> => Promise.resolve(void told.push(text));
  await doActs(acts, {
    machine,
    signal: new AbortController().signal,
    tell: () => undefined,
    mark: () => undefined,
    pauses: () => Promise.resolve('stop'),
    offers: () => Promise.resolve(undefined),
    entry: {
      id: '1',
      prepares: () => note('prepares'),
      asked: (_machine, what) => note(what === undefined ? 'asked' : `asked: ${what}`),
      took: () => Promise.resolve(),
      tracks: (_machine, text) => note(`tracks: ${text}`),
      ended: (_machine, { stage, text }) => note(`${stage}: ${text ?? ''}`),
      over: () => note('over'),
    },
    mustHold: () => note('looked'),
    send: () => note('sent'),
    onBegun: () => undefined,
    onAct: () => undefined,
    ...parts,
  }).catch((error: unknown) => told.push(`threw ${error instanceof Error ? error.message : ''}`));
  return told;
}

describe('the acts of a deed on a machine', () => {
  it('are done in order; facts are looked at first and before each call, which is written down before it is sent', async () => {
    const acts = [
      work('Drains', () => Promise.resolve(undefined)),
      call(),
      work('Waits', () => Promise.resolve('It is back.')),
    ];

    expect(await done(acts)).toEqual(['prepares', 'looked', 'looked', 'asked: Reboots', 'sent', 'done: It is back.']);
  });

  it('before the call that fail leave the machine alone', async () => {
    const acts = [
      work('Drains', () => Promise.reject(new Failed({ code: 'timeout', message: 'A budget forbids it.' }))),
      call(),
    ];

    expect(await done(acts)).toEqual([
      'prepares',
      'looked',
      'left: A budget forbids it.',
      'threw A budget forbids it.',
    ]);
  });

  it('that prepare are calls, too: one that fails ends it, and nothing may have been done', async () => {
    const acts = [call({ what: 'Pulls', prepares: true }), call()];

    expect(await done(acts, { send: () => Promise.reject(lost) })).toEqual([
      ...['looked', 'asked: Pulls', 'failed: The answer was lost.', 'threw The answer was lost.'],
    ]);
  });

  it('whose answer was lost are never sent again: they are looked up where that can be, and told as perhaps done elsewhere', async () => {
    const send = () => Promise.reject(lost);

    expect(
      await done([call({ isLookedUp: true }), work('Waits', () => Promise.resolve('Its boot id changed.'))], { send }),
    ).toEqual([...['looked', 'asked', 'tracks: The answer was lost.', 'done: Its boot id changed.']]);
    const cannotSay = work('Waits', () =>
      Promise.reject(new Failed({ code: 'timeout', message: 'It did not come back.' })),
    );
    expect(await done([call({ isLookedUp: true }), cannotSay], { send })).toContain(
      'maybe: The answer was lost. It did not come back.',
    );
    expect(await done([call(), cannotSay], { send })).toEqual([
      ...['looked', 'asked', 'maybe: The answer was lost.', 'threw The answer was lost.'],
    ]);
  });

  it('whose answer was lost but that were seen to be carried out are not told as perhaps done when a later one fails', async () => {
    const acts = [
      call({ isLookedUp: true }),
      work('Waits', () => Promise.resolve('It is back.')),
      work('Waits for etcd', () => Promise.reject(new Failed({ code: 'timeout', message: 'Etcd is not well.' }))),
    ];

    expect((await done(acts, { send: () => Promise.reject(lost) })).at(-2)).toBe(
      'failed: Etcd is not well. It is back.',
    );
  });

  it('are made from what was looked at right before', async () => {
    const order: string[] = [];
    const made = call({ call: () => (order.push('made'), CALL) });
    const mustHold = () => Promise.resolve(void order.push('looked'));

    await done([work('Drains', () => Promise.resolve(undefined)), made], { mustHold });

    expect(order).toEqual(['looked', 'looked', 'made']);
  });

  it('that prepare and were not sent leave the machine alone', async () => {
    const mustHold = () => Promise.reject(new Failed({ code: 'conflict', message: 'It is another machine.' }));

    expect(await done([call({ prepares: true }), call()], { mustHold })).toEqual([
      'left: It is another machine.',
      'threw It is another machine.',
    ]);
  });

  it('wait for no answer any more once the user does not: it may have been carried out', async () => {
    const left = new AbortController();
    const send = () => {
      queueMicrotask(() => left.abort(new Failed({ code: 'cancelled', message: 'You stopped watching it.' })));
      return new Promise<void>(() => undefined);
    };

    expect(
      await done([call(), work('Looks', () => Promise.resolve('It is so.'))], { send, signal: left.signal }),
    ).toEqual([...['looked', 'asked', 'maybe: You stopped watching it.', 'threw You stopped watching it.']]);
  });

  it('that give something back are done whatever failed before, and say when they cannot', async () => {
    const acts = [
      call(),
      work('Waits', () => Promise.reject(new Failed({ code: 'unreachable', message: 'It did not come back.' }))),
      work('Uncordons', () => Promise.reject(new Failed({ code: 'unreachable', message: 'It stays cordoned.' })), {
        isAlways: true,
      }),
    ];

    expect((await done(acts)).slice(-2)).toEqual([
      'failed: It did not come back. It stays cordoned.',
      'threw It did not come back.',
    ]);
  });

  it('that give something back are done also when the user left while the one before them ended', async () => {
    const left = new AbortController();
    const acts = [
      work('Waits', () => Promise.resolve(void left.abort())),
      work('Uncordons', () => Promise.resolve('It takes pods again.'), { isAlways: true }),
      work('Looks', () => Promise.resolve('It is well.')),
    ];

    expect((await done(acts, { signal: left.signal })).slice(-2)).toEqual([
      'left: It was stopped. It takes pods again.',
      expect.stringMatching('threw'),
    ]);
  });

  it('are not begun any more once nobody waits, and a call that is not needed is not made', async () => {
    expect(await done([call()], { signal: AbortSignal.abort() })).toContain('left: It was stopped.');
    const begun: DeedAct[] = [];
    const onAct = (act: DeedAct): void => void begun.push(act);
    expect(await done([call({ call: () => undefined })], { onAct })).toEqual(['looked', 'done: ']);
    expect(begun).toEqual([]);
  });
});
