import { describe, expect, it } from 'vitest';
import { bytesOf, numberOf, readFields, stringOf } from '../../../../main/simulator/wire/protobuf-reader.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { useHarness } from '../harness.ts';
import type { CallError, TalosStream } from '../talos-client.ts';

const { start, connect } = useHarness();
const WORKER = { node: 'worker-01' };
const EVENTS = '/machine.MachineService/Events';

interface Event {
  readonly id: string;
  readonly actor_id: string;
  readonly data: unknown;
}

/** `task stopAllServices 0`: the kind of a step, its name, and the number of its action. */
function stepOf({ data }: Event): string {
  const { type_url, value } = data as { type_url: string; value: Buffer };
  const fields = readFields(value);
  const kind = /machine\.(\w+)Event$/.exec(type_url)?.[1]?.toLowerCase() ?? '';
  if (kind === 'machinestatus')
    return `stage ${numberOf(fields, 1)} ready ${numberOf(readFields(bytesOf(fields, 2)[0]!), 1)}`;
  return `${kind} ${stringOf(fields, 1)} ${numberOf(fields, 2)}`;
}

async function rest(
  stream: TalosStream<Event>,
): Promise<{ readonly events: Event[]; readonly error: CallError | null }> {
  const events: Event[] = [];
  try {
    for (let next = await stream.next(); next !== null; next = await stream.next()) events.push(next);
  } catch (error) {
    return { events, error: error as CallError };
  }
  return { events, error: null };
}

async function goDown(action: 'Shutdown' | 'Reboot', force = false) {
  const clock = new FakeClock();
  const simulator = await start({ clock, controlPlanes: 1, workers: 1 });
  const client = connect(simulator.talosconfig);
  const stream = client.stream(EVENTS, {}, WORKER);
  const hello = (await stream.next())!;
  const reply =
    action === 'Shutdown'
      ? await client.unary('/machine.MachineService/Shutdown', { force }, WORKER)
      : await client.unary('/machine.MachineService/Reboot', { mode: force ? 'FORCE' : 'DEFAULT' }, WORKER);
  clock.advance(1_999);
  const before: Event[] = [];
  while (before.length === 0 || !/^task (shutdown|reboot) 0$/.test(stepOf(before.at(-1)!))) {
    before.push((await stream.next())!);
  }
  clock.advance(1);
  const { events, error } = await rest(stream);
  return { hello, actor: reply.messages[0]!.actor_id, events: [...before, ...events], error };
}

describe('a real node that goes down', () => {
  it('greets a follower of events with an event of no type that has an id', async () => {
    const { hello } = await goDown('Shutdown');

    expect(hello.id).toMatch(/^[0-9a-v]{20}$/);
    expect(hello.data).toMatchObject({ type_url: '' });
  });

  it('stops all services last, which is what ends a tracked shutdown', async () => {
    const { events, error } = await goDown('Shutdown');
    const steps = events.map(stepOf);

    expect(steps[0]).toBe('sequence shutdown 1');
    expect(steps).toContain('phase drain 0');
    expect(steps.slice(-6)).toEqual([
      ...['phase stopEverything 0', 'task stopAllServices 0', 'task stopAllServices 1', 'phase stopEverything 1'],
      ...['phase shutdown 0', 'task shutdown 0'],
    ]);
    expect(error).toEqual({ code: 14, text: 'error reading from server: EOF' });
  });

  it('names who asked in every step, and in nothing else', async () => {
    const { events, actor } = await goDown('Shutdown');
    const byActor = events.filter((event) => event.actor_id === actor).map(stepOf);

    expect(byActor).not.toContain('stage 6 ready 0');
    expect(events.filter((event) => event.actor_id !== actor).map(stepOf)).toEqual(['stage 6 ready 0']);
  });

  it('reboots with kexec and without a drain; forced, it reboots and does nothing else', async () => {
    const steps = (await goDown('Reboot')).events.map(stepOf);

    expect(steps).toContain('task kexecPrepare 0');
    expect(steps).not.toContain('phase drain 0');
    expect((await goDown('Reboot', true)).events.map(stepOf)).toEqual([
      ...['sequence reboot 1', 'phase reboot 0', 'task reboot 0', 'stage 5 ready 0'],
    ]);
  });
});

describe('the events of a real node', () => {
  it('cannot be had from something that is no id', async () => {
    const client = connect((await start({ controlPlanes: 1, workers: 1 })).talosconfig);

    await expect(client.stream(EVENTS, { tail_id: 'nope' }, WORKER).next()).rejects.toEqual({
      code: 2,
      text: 'error parsing tail_id: xid: invalid ID',
    });
  });
});
