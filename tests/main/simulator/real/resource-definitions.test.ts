import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bytesOf, numberOf, readFields, stringOf } from '../../../../main/simulator/wire/protobuf-reader.ts';
import { useHarness } from '../harness.ts';

const { start, connect } = useHarness();
const LIST = '/cosi.resource.State/List';
const META = { namespace: 'meta', type: 'ResourceDefinitions.meta.cosi.dev' };

interface Definition {
  readonly type: string;
  readonly displayType: string;
  readonly defaultNamespace: string;
  readonly aliases: readonly string[];
  readonly allAliases: readonly string[];
  readonly printColumns: readonly { readonly name: string; readonly jsonPath: string }[];
  readonly sensitivity?: string;
}

async function definitions() {
  const client = connect((await start({ controlPlanes: 1, workers: 0 })).talosconfig);
  const listed = await client.all(LIST, META);
  return {
    client,
    listed,
    byId: new Map(listed.map(({ resource }) => [resource!.metadata!.id, resource!] as const)),
    specs: listed.map(({ resource }) => parse(resource!.spec!.yaml_spec) as Definition),
  };
}

describe('a real node', () => {
  it('defines 198 types of Talos, and the two that describe types', async () => {
    const { specs } = await definitions();

    expect(specs).toHaveLength(200);
    expect(new Set(specs.map(({ type }) => type)).size).toBe(200);
    expect(specs.filter(({ type }) => type.endsWith('.meta.cosi.dev'))).toHaveLength(2);
  });

  it.each([
    ['Members.cluster.talos.dev', 'cluster', 'Member', ['Hostname', 'Machine Type', 'OS', 'Addresses']],
    ['StaticPods.kubernetes.talos.dev', 'k8s', 'StaticPod', []],
    ['LinkRefreshes.net.talos.dev', 'network', 'LinkRefresh', []],
    ['BootedEntries.talos.dev', 'runtime', 'BootedEntry', ['Booted Entry']],
    ['LVMVolumeGroupStatuses.storage.talos.dev', 'storage', 'LVMVolumeGroupStatus', undefined],
    ['Endpoints.kubernetes.talos.dev', 'controlplane', 'Endpoint', ['Addresses', 'Hosts']],
  ])('has %s in namespace %s, one of them called %s', async (type, namespace, displayType, columns) => {
    const found = (await definitions()).specs.find((spec) => spec.type === type)!;

    expect(found).toMatchObject({ defaultNamespace: namespace, displayType });
    if (columns !== undefined) expect(found.printColumns.map(({ name }) => name)).toEqual(columns);
  });

  it('makes aliases from the name alone: the singular, the plural, its capitals, and parts of the suffix', async () => {
    const { specs } = await definitions();
    const aliases = (type: string) => specs.find((spec) => spec.type === type)!.allAliases;

    expect(aliases('ResourceDefinitions.meta.cosi.dev')).toEqual([
      ...['resourcedefinitions', 'resourcedefinitions.meta', 'resourcedefinitions.meta.cosi'],
      ...['api-resources', 'resourcedefinition', 'rd', 'rds'],
    ]);
    expect(aliases('MachineStatuses.runtime.talos.dev')).toEqual([
      ...['machinestatuses', 'machinestatuses.runtime', 'machinestatuses.runtime.talos', 'machinestatus', 'ms'],
    ]);
    // Nothing in a short form is unique by itself: `ms` are several types, and talosctl says so.
    expect(specs.filter(({ allAliases }) => allAliases.includes('ms')).length).toBeGreaterThan(1);
  });

  it('marks what needs os:admin as sensitive, and nothing else', async () => {
    const { specs } = await definitions();
    const sensitive = specs.filter(({ sensitivity }) => sensitivity === 'sensitive').map(({ type }) => type);

    expect(sensitive).toHaveLength(specs.filter(({ sensitivity }) => sensitivity !== undefined).length);
    expect(sensitive).toEqual(
      expect.arrayContaining(['MachineConfigs.config.talos.dev', 'OSRootSecrets.secrets.talos.dev']),
    );
    expect(sensitive).not.toContain('Members.cluster.talos.dev');
  });

  it('sends each definition as a message too, which is all that talosctl reads', async () => {
    const { byId, specs } = await definitions();

    for (const spec of specs) {
      const fields = readFields(Buffer.from(byId.get(spec.type.toLowerCase())!.spec!.proto_spec));
      const texts = (number: number) => bytesOf(fields, number).map(String);
      const columns = bytesOf(fields, 6).map(readFields);
      expect([stringOf(fields, 1), stringOf(fields, 2), stringOf(fields, 3)], spec.type).toEqual([
        ...[spec.type, spec.displayType, spec.defaultNamespace],
      ]);
      expect([texts(4), texts(5)], spec.type).toEqual([spec.aliases, spec.allAliases]);
      expect(columns.map((column) => ({ name: stringOf(column, 1), jsonPath: stringOf(column, 2) }))).toEqual(
        spec.printColumns,
      );
      expect(numberOf(fields, 7), spec.type).toBe(spec.sensitivity === undefined ? 0 : 1);
    }
  });

  it('answers an empty list for a type it has no resources of', async () => {
    const { client } = await definitions();

    expect(await client.all(LIST, { namespace: 'storage', type: 'MDArrayStatuses.storage.talos.dev' })).toEqual([]);
  });

  it('knows its namespaces; a type asked for in another one has no resources there', async () => {
    const { client } = await definitions();
    const members = { namespace: 'network-config', type: 'Members.cluster.talos.dev' };

    const namespaces = await client.all(LIST, { namespace: 'meta', type: 'Namespaces.meta.cosi.dev' });

    expect(namespaces.map(({ resource }) => resource!.metadata!.id)).toContain('network-config');
    expect(await client.all(LIST, members)).toEqual([]);
    expect(await client.error('/cosi.resource.State/Get', { ...members, id: 'cp-1' })).toEqual({
      code: 5,
      text: "resource Members.cluster.talos.dev(network-config/cp-1@undefined) doesn't exist",
    });
  });

  it('says the port of the API server in a member’s `controlPlane.port`', async () => {
    const { client } = await definitions();

    const [member] = await client.all(LIST, { namespace: 'cluster', type: 'Members.cluster.talos.dev' });

    expect((parse(member!.resource!.spec!.yaml_spec) as { controlPlane: unknown }).controlPlane).toEqual({
      port: 6443,
    });
  });
});
