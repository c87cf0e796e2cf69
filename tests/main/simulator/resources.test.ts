import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { useHarness } from './harness.ts';
import type { TalosStream } from './talos-client.ts';
import { until } from './waiting.ts';

const { start, connect } = useHarness();
const WORKER = { node: 'worker-01' };
const LIST = '/cosi.resource.State/List';
const GET = '/cosi.resource.State/Get';
const WATCH = '/cosi.resource.State/Watch';
const SERVICES = { namespace: 'runtime', type: 'Services.v1alpha1.talos.dev', api_version: 1 };

interface Definition {
  readonly type: string;
  readonly defaultNamespace: string;
  readonly allAliases: readonly string[];
  readonly printColumns: readonly { readonly name: string; readonly jsonPath: string }[];
  readonly sensitivity: string;
}

async function simulate(roles: readonly string[] = ['os:admin']) {
  const clock = new FakeClock();
  const simulator = await start({ clock });
  return { simulator, clock, client: connect(await simulator.talosconfigFor({ roles })) };
}

type Simulated = Awaited<ReturnType<typeof simulate>>;

async function definitions({ client }: Simulated): Promise<readonly Definition[]> {
  const listed = await client.all(LIST, { namespace: 'meta', type: 'ResourceDefinitions.meta.cosi.dev' }, WORKER);
  return listed.map(({ resource }) => parse(resource!.spec!.yaml_spec) as Definition);
}

/** `CREATED kubelet`, one per event; an empty message is one empty text. */
async function nextEvents(
  stream: TalosStream<{
    readonly event: readonly {
      readonly event_type: string | number;
      readonly resource: { readonly metadata: { readonly id: string } | null } | null;
    }[];
  }>,
  count: number,
): Promise<string[]> {
  const texts: string[] = [];
  while (texts.length < count) {
    const { event } = (await stream.next())!;
    texts.push(event.map((each) => `${each.event_type} ${each.resource?.metadata?.id ?? ''}`.trim()).join());
  }
  return texts;
}

describe('the COSI state of a node', () => {
  it('lists every type it defines, and fills those the demo shows', async () => {
    const simulated = await simulate();

    const counts = await Promise.all(
      (await definitions(simulated)).map(async ({ type, defaultNamespace }) => {
        const listed = await simulated.client.all(LIST, { namespace: defaultNamespace, type });
        for (const { resource } of listed) {
          expect(() => parse(resource!.spec!.yaml_spec) as unknown, type).not.toThrow();
        }
        return listed.length;
      }),
    );

    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(30);
  });

  it('gets one resource with its metadata', async () => {
    const { client } = await simulate();

    const { resource } = await client.unary(
      GET,
      { namespace: 'network', type: 'HostnameStatuses.net.talos.dev', id: 'hostname' },
      WORKER,
    );

    expect(resource!.metadata).toMatchObject({
      id: 'hostname',
      phase: 'running',
      owner: 'network.HostnameSpecController',
    });
    expect(parse(resource!.spec!.yaml_spec)).toEqual({ hostname: 'worker-01', domainname: '' });
  });

  it('filters by a pattern of ids', async () => {
    const { client } = await simulate();

    const listed = await client.all(
      LIST,
      { namespace: 'cluster', type: 'Members.cluster.talos.dev', options: { id_query: { regexp: '^cp-' } } },
      WORKER,
    );

    expect(listed.map(({ resource }) => resource!.metadata!.id)).toEqual(['cp-1', 'cp-2', 'cp-3']);
  });

  const refusals = [
    [
      'an unknown type',
      { namespace: 'x', type: 'Nopes.talos.dev', id: 'a' },
      { code: 7, text: 'resource type "Nopes.talos.dev" is not supported' },
    ],
    [
      'an unknown namespace',
      { ...SERVICES, namespace: 'x', id: 'a' },
      { code: 7, text: 'namespace "x" is not supported' },
    ],
    [
      'a missing id',
      { ...SERVICES, id: 'nope' },
      { code: 5, text: "resource Services.v1alpha1.talos.dev(runtime/nope@undefined) doesn't exist" },
    ],
  ] as const;

  it.each(refusals)('refuses %s', async (_title, request, expected) => {
    const { client } = await simulate();
    const { namespace, type, id } = request;

    expect(await client.error(GET, { namespace, type, id }, WORKER)).toEqual(expected);
  });

  it('shows a machine configuration to os:admin only', async () => {
    const config = { namespace: 'config', type: 'MachineConfigs.config.talos.dev', id: 'v1alpha1' };
    const reader = await simulate(['os:reader']);
    const admin = await simulate();

    const { resource } = await admin.client.unary(GET, config, WORKER);

    const document = parse(parse(resource!.spec!.yaml_spec) as string) as { machine: { type: string; token: string } };
    expect(document.machine.type).toBe('worker');
    expect(document.machine.token).toMatch(/^[0-9a-f]{6}\.[0-9a-f]{16}$/);
    expect(await reader.client.error(GET, config, WORKER)).toEqual({ code: 7, text: 'not authorized' });
  });

  it('refuses every write', async () => {
    const { client } = await simulate();
    const refused = { code: 7, text: 'write access is not allowed' };

    for (const name of ['Create', 'Update', 'Destroy', 'Teardown', 'TeardownAndDestroy'] as const) {
      expect(await client.error(`/cosi.resource.State/${name}`, {}, WORKER)).toEqual(refused);
    }
    const reader = await simulate(['os:reader']);
    expect(await reader.client.error('/cosi.resource.State/Create', {}, WORKER)).toEqual({
      code: 7,
      text: 'not authorized',
    });
  });
});

describe('a watch', () => {
  it('says that it stands, tells what is there, then what changes', async () => {
    const { client, clock } = await simulate();
    const stream = client.stream(WATCH, { ...SERVICES, options: { bootstrap_contents: true } }, WORKER);

    const first = await nextEvents(stream, 12);
    await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, WORKER);
    const stopping = await nextEvents(stream, 1);
    clock.advance(2_500);
    const running = await nextEvents(stream, 1);
    clock.advance(2_500);
    const healthy = await nextEvents(stream, 1);

    expect(first[0]).toBe('');
    expect(first.slice(1, -1)).toEqual(expect.arrayContaining(['CREATED kubelet', 'CREATED apid']));
    expect(first.at(-1)).toBe('BOOTSTRAPPED');
    expect([stopping, running, healthy].flat()).toEqual(['UPDATED kubelet', 'UPDATED kubelet', 'UPDATED kubelet']);
    stream.cancel();
    await until(() => clock.active === 0);
  });

  it('of one resource tells its state and its changes alone', async () => {
    const { client } = await simulate();
    const stream = client.stream(WATCH, { ...SERVICES, id: 'kubelet' }, WORKER);
    expect(await nextEvents(stream, 2)).toEqual(['', 'CREATED kubelet']);

    await client.unary('/machine.MachineService/ServiceRestart', { id: 'ext-qemu-guest-agent' }, WORKER);
    await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, WORKER);

    expect(await nextEvents(stream, 1)).toEqual(['UPDATED kubelet']);
    stream.cancel();
  });

  it('of one that is missing tells that it is gone', async () => {
    const { client } = await simulate();
    const stream = client.stream(WATCH, { ...SERVICES, id: 'nope' }, WORKER);

    expect(await nextEvents(stream, 2)).toEqual(['', 'DESTROYED nope']);
    stream.cancel();
  });

  it('resumes from a bookmark with what was missed', async () => {
    const { client, clock } = await simulate();
    const stream = client.stream(WATCH, { ...SERVICES, options: { bootstrap_contents: true } }, WORKER);
    let bookmark: Buffer | undefined;
    for (let messages = 0; messages < 12; messages++) bookmark = (await stream.next())!.event[0]?.bookmark ?? bookmark;
    stream.cancel();
    await client.unary('/machine.MachineService/ServiceRestart', { id: 'kubelet' }, WORKER);
    const other = client.stream(WATCH, SERVICES, WORKER);
    await other.next();
    clock.advance(800);
    other.cancel();

    const resumed = client.stream(WATCH, { ...SERVICES, options: { start_from_bookmark: bookmark! } }, WORKER);

    expect(await nextEvents(resumed, 2)).toEqual(['', 'UPDATED kubelet']);
    resumed.cancel();
  });

  it('refuses a bookmark it does not know', async () => {
    const { client } = await simulate();
    const stream = client.stream(
      WATCH,
      { ...SERVICES, options: { start_from_bookmark: Buffer.alloc(16, 255) } },
      WORKER,
    );

    await expect(stream.next()).rejects.toEqual({ code: 9, text: 'invalid watch bookmark' });
  });
});
