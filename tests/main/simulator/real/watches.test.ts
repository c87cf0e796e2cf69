import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { useHarness } from '../harness.ts';
import { until } from '../waiting.ts';

const { start, connect } = useHarness();
const WORKER = { node: 'worker-01' };
const WATCH = '/cosi.resource.State/Watch';
const HOSTNAME = { namespace: 'network', type: 'HostnameStatuses.net.talos.dev', api_version: 1 };
const SERVICES = { namespace: 'runtime', type: 'Services.v1alpha1.talos.dev', api_version: 1 };

async function simulate() {
  const clock = new FakeClock();
  const simulator = await start({ clock, controlPlanes: 1, workers: 1 });
  return { clock, simulator, client: connect(simulator.talosconfig) };
}

describe('a watch of a real node', () => {
  it('marks the end of what was there with a resource that has a version and a phase, and a bookmark', async () => {
    const { client } = await simulate();
    const stream = client.stream(WATCH, { ...HOSTNAME, options: { bootstrap_contents: true } }, WORKER);

    const [, created, bootstrapped] = [await stream.next(), await stream.next(), await stream.next()];

    expect(created!.event[0]).toMatchObject({ event_type: 'CREATED' });
    expect(created!.event[0]!.bookmark ?? Buffer.alloc(0)).toHaveLength(0);
    const { event_type, resource, bookmark } = bootstrapped!.event[0]!;
    expect(event_type).toBe('BOOTSTRAPPED');
    expect(resource!.metadata).toMatchObject({ id: '', version: 'undefined', phase: 'running' });
    expect(resource!.metadata!.created).not.toBeNull();
    expect(bookmark).toHaveLength(16);
    stream.cancel();
  });

  it('of a resource that is not there begins with the same kind of mark', async () => {
    const { client } = await simulate();
    const stream = client.stream(WATCH, { ...HOSTNAME, id: 'nobody' }, WORKER);
    await stream.next();

    expect((await stream.next())!.event[0]).toMatchObject({
      event_type: 'DESTROYED',
      resource: { metadata: { id: 'nobody', version: 'undefined', phase: 'running' } },
    });
    stream.cancel();
  });

  it('tells an old client nothing of bootstrapping', async () => {
    const { client } = await simulate();
    const stream = client.stream(
      WATCH,
      { ...HOSTNAME, api_version: 0, options: { bootstrap_contents: true, bootstrap_bookmark: true } },
      WORKER,
    );

    const kinds = [await stream.next(), await stream.next(), await stream.next()].map(
      (message) => message!.event[0]?.event_type,
    );

    expect(kinds).toEqual([undefined, 'CREATED', 'NOOP']);
    stream.cancel();
  });

  it('puts what is there into one message for whoever wants it aggregated', async () => {
    const { client } = await simulate();
    const stream = client.stream(
      WATCH,
      { ...SERVICES, options: { bootstrap_contents: true, aggregated: true } },
      WORKER,
    );
    await stream.next();

    const { event } = (await stream.next())!;

    expect(event.length).toBeGreaterThan(5);
    expect(event.at(-1)!.event_type).toBe('BOOTSTRAPPED');
    stream.cancel();
  });

  it('of one resource takes no bootstrap contents', async () => {
    const { client } = await simulate();
    const stream = client.stream(WATCH, { ...HOSTNAME, id: 'hostname', options: { bootstrap_contents: true } }, WORKER);

    await expect(stream.next()).rejects.toEqual({
      code: 12,
      text: 'bootstrap contents is not implemented for resource watch',
    });
  });

  it('does not continue from a bookmark of the boot before', async () => {
    const { client, clock, simulator } = await simulate();
    const stream = client.stream(WATCH, { ...HOSTNAME, options: { bootstrap_contents: true } }, WORKER);
    await stream.next();
    await stream.next();
    const bookmark = (await stream.next())!.event[0]!.bookmark!;
    stream.cancel();
    await until(() => simulator.calls.at(-1)?.code === 1);

    await client.unary('/machine.MachineService/Reboot', {}, WORKER);
    clock.advance(60_000);

    const again = client.stream(WATCH, { ...HOSTNAME, options: { start_from_bookmark: bookmark } }, WORKER);
    await expect(again.next()).rejects.toEqual({ code: 9, text: 'invalid watch bookmark' });
  });
});
