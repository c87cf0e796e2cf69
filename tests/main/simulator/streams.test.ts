import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { useHarness } from './harness.ts';
import { type TalosStream } from './talos-client.ts';
import { until } from './waiting.ts';

const { start, connect } = useHarness();
const WORKER = { node: 'worker-01' };
const LOGS = '/machine.MachineService/Logs';
const DMESG = '/machine.MachineService/Dmesg';
const EVENTS = '/machine.MachineService/Events';

async function simulate(logIntervalMs = 1_000) {
  const clock = new FakeClock();
  const simulator = await start({ clock, overrides: { 'worker-01': { logIntervalMs } } });
  return { simulator, clock, client: connect(simulator.talosconfig) };
}

const linesOf = (messages: readonly { readonly bytes: Buffer }[]): string[] =>
  Buffer.concat(messages.map(({ bytes }) => bytes))
    .toString('utf8')
    .split('\n')
    .slice(0, -1);

async function take<M>(stream: TalosStream<M>, count: number): Promise<M[]> {
  const messages: M[] = [];
  while (messages.length < count) messages.push((await stream.next())!);
  return messages;
}

describe('logs', () => {
  it('come in pieces of at most 1,024 bytes and end without follow', async () => {
    const { client } = await simulate();

    const messages = await client.all(LOGS, { namespace: 'system', id: 'kubelet', tail_lines: -1 }, WORKER);

    expect(Math.max(...messages.map(({ bytes }) => bytes.length))).toBe(1_024);
    expect(linesOf(messages)).toHaveLength(1_000);
  });

  it('give the last lines asked for, and none for 0', async () => {
    const { client } = await simulate();
    const tail = async (tail_lines: number) =>
      linesOf(await client.all(LOGS, { namespace: 'system', id: 'apid', tail_lines }, WORKER));

    expect(await tail(0)).toEqual([]);
    expect(await tail(3)).toEqual((await tail(-1)).slice(-3));
  });

  it('go on while they are followed', async () => {
    const { client, clock } = await simulate(1_000);
    const stream = client.stream(LOGS, { namespace: 'system', id: 'apid', follow: true, tail_lines: 1 }, WORKER);
    const [first] = linesOf(await take(stream, 1));

    const lines: string[] = [];
    for (let second = 0; second < 3; second++) {
      await until(() => clock.active > 0);
      clock.advance(1_000);
      lines.push(...linesOf(await take(stream, 1)));
    }

    expect(new Set([first, ...lines]).size).toBe(4);
    stream.cancel();
    await until(() => clock.active === 0);
  });

  it('exist for pods, with and without the hash of the container', async () => {
    const { client } = await simulate();
    const reply = await client.unary(
      '/machine.MachineService/Containers',
      { namespace: 'k8s.io', driver: 'CRI' },
      WORKER,
    );
    const { id } = reply.messages[0]!.containers.find((container) => container.id.includes(':'))!;

    for (const name of [id, id.replace(/:[^:]*$/, '')]) {
      expect(
        linesOf(await client.all(LOGS, { namespace: 'k8s.io', driver: 'CRI', id: name, tail_lines: 2 }, WORKER)),
      ).toHaveLength(2);
    }
  });

  it('say what a fault has them say, in turn, and number their own lines otherwise', async () => {
    const { simulator, client } = await simulate();
    const asked = { namespace: 'system', id: 'auditd', tail_lines: 3 };
    const numbered = linesOf(await client.all(LOGS, asked, WORKER)).map((line) => Number(/n=(\d+)$/.exec(line)?.[1]));
    expect(numbered.map((number) => number - numbered[0]!)).toEqual([0, 1, 2]);

    const lines = ['<script>document.title="x"</script>', '\u001b]0;owned\u0007', '\u202egnp.exe'];
    simulator.setNodeFault('worker-01', { kind: 'log-lines', lines });

    expect(linesOf(await client.all(LOGS, asked, WORKER)).toSorted()).toEqual(lines.toSorted());
    expect(linesOf(await client.all(DMESG, {}, WORKER)).at(-1)).toMatch(
      // eslint-disable-next-line no-control-regex -- what a log must not do to a page
      /^(?:kern|user): .*\]: (?:<script|\u001b|\u202e)/,
    );
  });

  it('of something unknown are refused', async () => {
    const { client } = await simulate();

    await expect(client.all(LOGS, { namespace: 'system', id: 'nope', tail_lines: 1 }, WORKER)).rejects.toEqual({
      code: 2,
      text: 'log "nope" was not registered',
    });
  });

  it('break with the node, and the connection stays', async () => {
    const { simulator, client } = await simulate();
    const stream = client.stream(LOGS, { namespace: 'system', id: 'apid', follow: true, tail_lines: 1 }, WORKER);
    await take(stream, 1);

    simulator.setNodeFault('worker-01', { kind: 'down' });

    await expect(stream.next()).rejects.toEqual({ code: 14, text: 'error reading from server: EOF' });
    expect(simulator.openConnections()).toBe(1);
  });

  it('break after the messages the fault allows', async () => {
    const { simulator, client } = await simulate();
    simulator.setNodeFault('worker-01', { kind: 'reset-mid-stream', afterMessages: 2 });
    const stream = client.stream(LOGS, { namespace: 'system', id: 'kubelet', tail_lines: -1 }, WORKER);

    await take(stream, 2);

    await expect(stream.next()).rejects.toMatchObject({ code: 14 });
  });

  it('wait for a slow reader instead of piling up', async () => {
    const { simulator, client, clock } = await simulate(0.01);
    const stream = client.stream(LOGS, { namespace: 'system', id: 'kubelet', follow: true, tail_lines: 0 }, WORKER);
    await until(() => clock.active > 0);

    clock.advance(60_000);
    await take(stream, 1);

    stream.cancel();
    await until(() => simulator.calls.at(-1)?.code === 1);
    expect(clock.active).toBe(0);
  });
});

describe('the log of the kernel', () => {
  it('is one line per message, as talosctl prints it', async () => {
    const { client } = await simulate();

    const lines = linesOf(await client.all(DMESG, {}, { node: 'cp-1' }));

    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines) expect(line).toMatch(/^(kern|user): +(info|warning): \[\d{4}-\d\d-\d\dT[\d:.]+Z\]: \S/);
  });

  it('starts with what comes next when only the tail is wanted', async () => {
    const { client, clock } = await simulate(500);
    const stream = client.stream(DMESG, { follow: true, tail: true }, WORKER);
    await until(() => clock.active > 0);

    clock.advance(500);

    expect(linesOf(await take(stream, 1))).toHaveLength(1);
    stream.cancel();
  });
});

describe('events', () => {
  it('begin with an event of no type, then the boot, then what happens', async () => {
    const { client, clock } = await simulate();
    const stream = client.stream(EVENTS, { tail_events: -1 }, WORKER);
    const type = (event: { readonly data: unknown }) => (event.data as { type_url?: string } | null)?.type_url;

    const [first, second] = await take(stream, 2);
    expect(type(first!)).toBe('');
    expect(type(second!)).toBe('talos/runtime/machine.SequenceEvent');
    const older = await take(stream, 50);
    expect(older.map(({ id }) => id)).toEqual(older.map(({ id }) => id).sort());
    await until(() => stream.waiting > 0);

    await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, WORKER);
    clock.advance(10_000);

    let message = '';
    while (message !== 'Service finished successfully') {
      const event = (await stream.next())!;
      if (type(event) !== 'talos/runtime/machine.ServiceStateEvent') continue;
      message =
        (event.data as unknown as { value: Buffer }).value
          .toString('latin1')
          .match(/Service finished successfully/)?.[0] ?? '';
    }
    stream.cancel();
  });

  it('resume after an id', async () => {
    const { client } = await simulate();
    const all = client.stream(EVENTS, { tail_events: -1 }, WORKER);
    const ids = (await take(all, 20)).map(({ id }) => id);
    all.cancel();

    const resumed = client.stream(EVENTS, { tail_id: ids[10]! }, WORKER);
    const [, next] = await take(resumed, 2);

    expect(next!.id).toBe(ids[11]);
    resumed.cancel();
  });

  it('show only what an actor caused', async () => {
    const { client } = await simulate();
    const reply = await client.unary('/machine.MachineService/Reboot', {}, WORKER);
    const actor = reply.messages[0]!.actor_id;

    const stream = client.stream(EVENTS, { tail_events: -1, with_actor_id: actor }, WORKER);
    const [, event] = await take(stream, 2);

    expect(event!.actor_id).toBe(actor);
    stream.cancel();
  });
});

describe('a node that reboots', () => {
  const log = { namespace: 'system', driver: 'CONTAINERD', id: 'auditd', follow: true } as const;
  const rest = async (stream: { next(): Promise<{ readonly bytes: Buffer } | null> }) => {
    const messages: { readonly bytes: Buffer }[] = [];
    try {
      for (let next = await stream.next(); next !== null; next = await stream.next()) messages.push(next);
    } catch {
      // What it ends with stands elsewhere.
    }
    return linesOf(messages);
  };

  it('ends its streams, and comes back with another boot id and logs that begin anew; each line sent is counted once', async () => {
    const { simulator, clock, client } = await simulate();
    const node = simulator.node('worker-01');
    const bootId = node.bootId;
    const before = client.stream(LOGS, { ...log, tail_lines: 3 }, WORKER);
    await before.next();
    const again = client.stream(LOGS, { ...log, tail_lines: 3 }, WORKER);
    await again.next();

    node.reboot('', { force: false }, 4_000);
    clock.advance(2_000);
    await rest(before);
    await rest(again);
    await expect(client.stream(LOGS, { ...log, tail_lines: -1 }, WORKER).next()).rejects.toMatchObject({ code: 14 });
    expect(node.sentLines.count('auditd')).toBe(3);

    clock.advance(4_000);
    const after = await rest(client.stream(LOGS, { ...log, follow: false, tail_lines: -1 }, WORKER));
    expect(node.bootId).not.toBe(bootId);
    expect(after.map((line) => / n=(\d+)$/.exec(line)?.[1])).toEqual(['0', '1', '2', '3']);
    expect(node.sentLines.count('auditd')).toBe(7);
  });
});
