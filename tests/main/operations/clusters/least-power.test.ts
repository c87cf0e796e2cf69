import { expect, it } from 'vitest';
import type { CertificateFacts } from '../../../../preload/contract/index.ts';
import { Identity } from '../../../../main/credentials/identity.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { LeastPower, type ReaderCredentials } from '../../../../main/operations/clusters/least-power.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const MINUTE_MS = 60_000;

function open(code: 'unreachable' | 'denied' = 'unreachable') {
  const clock = new FakeClock();
  const switched: string[] = [];
  /** What each asking brings; a failure where there is nothing more. */
  const coming: ReaderCredentials[] = [];
  /** Nobody answers. */
  const hanging = { isOn: false };
  let asked = 0;
  const power = new LeastPower({
    clock,
    issue: (signal) => {
      asked += 1;
      if (hanging.isOn) {
        return new Promise<ReaderCredentials>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('Aborted.')));
        });
      }
      const next = coming.shift();
      return next ? Promise.resolve(next) : Promise.reject(new Failed({ code, message: 'No.' }));
    },
    explain: (error) => (error as Failed).failure,
    onSwitched: (kind) => {
      switched.push(kind);
      return Promise.resolve();
    },
  });
  const reader = (): ReaderCredentials => ({
    identity: new Identity({}),
    certificate: {} as CertificateFacts,
    endsMs: clock.now() + 60 * MINUTE_MS,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { clock, power, switched, coming, reader, settle, hanging, asked: () => asked };
}

it('makes the certificate anew before it ends; one that cannot be made anew is used to its end, and not beyond', async () => {
  const { clock, power, switched, coming, reader, settle } = open();
  const first = reader();
  coming.push(first);
  power.set(true);
  await power.ready;
  await settle();
  expect([power.reader, power.state.current.mode]).toEqual([first, 'reader']);

  clock.advance(44 * MINUTE_MS);
  const second = reader();
  coming.push(second);
  clock.advance(MINUTE_MS);
  await settle();
  expect(power.reader).toBe(second);
  expect(switched).toEqual(['power', 'renewed']);

  for (let minute = 0; minute < 57; minute += 1) {
    clock.advance(MINUTE_MS);
    await settle();
  }
  expect([power.reader, power.state.current.mode]).toEqual([second, 'reader']);
  clock.advance(MINUTE_MS);
  await settle();
  expect(power.reader).toBeUndefined();
  expect(power.state.current).toMatchObject({ mode: 'failed', failure: { code: 'unreachable' } });

  const third = reader();
  coming.push(third);
  clock.advance(MINUTE_MS);
  await settle();
  expect([power.reader, power.state.current.mode, switched.length]).toEqual([third, 'reader', 4]);
});

it('asks nobody before the first call, waits for nothing while it is lifted, and forgets all when it is switched off', async () => {
  const { clock, power, coming, reader, settle, asked } = open();
  power.set(true);
  expect([asked(), power.state.current]).toEqual([0, { mode: 'making' }]);
  power.lift();
  expect([power.ready, power.state.current.mode]).toEqual([undefined, 'lifted']);
  clock.advance(5 * MINUTE_MS);
  coming.push(reader());
  await power.ready;
  await settle();
  expect(power.reader).toBeDefined();
  power.lift();
  expect(power.reader).toBeUndefined();
  clock.advance(5 * MINUTE_MS);
  await settle();
  expect([power.reader === undefined, power.state.current.mode]).toEqual([false, 'reader']);

  power.anew();
  expect([power.reader, power.state.current.mode]).toEqual([undefined, 'making']);
  power.set(false);
  expect([power.ready, power.state.current, clock.active]).toEqual([undefined, { mode: 'off' }, 0]);
  expect(asked()).toBe(1);
});

it('says that it is not known whether it is on, and reads go by the certificate of the file meanwhile', () => {
  const { power, asked } = open();

  power.set(undefined);
  expect([power.state.current, power.ready, power.isOn, asked()]).toEqual([{ mode: 'unknown' }, undefined, false, 0]);
  power.set(false);
  expect(power.state.current).toEqual({ mode: 'off' });
  power.set(undefined);
  power.set(true);
  expect([power.isOn, power.state.current.mode]).toEqual([true, 'making']);
});

it('does not end what was lifted in the middle of a deed, and says no time for it', async () => {
  const { clock, power, coming, reader, settle } = open();
  coming.push(reader());
  power.set(true);
  await power.ready;
  power.lift();
  const [one, another] = [power.holds(), power.holds()];

  clock.advance(6 * MINUTE_MS);
  expect(power.state.current).toEqual({ mode: 'lifted' });
  one();
  one();
  expect(power.reader).toBeUndefined();
  another();
  await settle();

  expect(power.state.current.mode).toBe('reader');
});

it('is not asked for again by a role that is too low, until the credentials are others', async () => {
  const { clock, power, settle, asked } = open('denied');
  power.set(true);
  await power.ready;
  expect([power.state.current.mode, clock.active]).toEqual(['failed', 0]);
  clock.advance(5 * MINUTE_MS);
  await settle();
  expect([asked(), power.ready]).toEqual([1, undefined]);

  power.anew();
  await power.ready;
  expect(asked()).toBe(2);
});

it('uses no certificate that ended while the computer slept, and does not stay lifted because of that', async () => {
  const { clock, power, switched, coming, reader, settle } = open();
  coming.push(reader());
  power.set(true);
  await power.ready;
  clock.sleep(61 * MINUTE_MS);
  const second = reader();
  coming.push(second);

  await power.ready;
  await settle();

  expect([power.reader, power.state.current]).toEqual([second, { mode: 'reader', untilMs: second.endsMs }]);
  expect(switched).toEqual(['power', 'power', 'power']);
  power.lift();
  clock.sleep(6 * MINUTE_MS);
  expect(power.state.current.mode).toBe('lifted');
  expect([power.ready, power.reader]).toEqual([undefined, second]);
  await settle();
  expect(power.state.current.mode).toBe('reader');
  power.set(false);
  expect(clock.active).toBe(0);
});

it('lets who waits for it wait for the next one when the credentials become others', async () => {
  const { power, coming, reader, hanging } = open();
  hanging.isOn = true;
  power.set(true);
  const waiting = power.ready;
  hanging.isOn = false;
  const made = reader();
  coming.push(made);

  power.anew();
  await waiting;

  expect(power.reader).toBe(made);
});

it('is waited for no longer than 15 s', async () => {
  const { clock, power, hanging } = open();
  hanging.isOn = true;
  power.set(true);
  const waiting = power.ready;

  clock.advance(15_000);
  await waiting;

  expect(power.state.current).toMatchObject({ mode: 'failed', failure: { code: 'timeout' } });
  expect(power.ready).toBeUndefined();
});
