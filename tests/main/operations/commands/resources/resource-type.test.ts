import { serialize } from 'node:v8';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from '../../../../../main/operations/commands/resources/evaluate-template.ts';
import { resourceDetail, resourceRow } from '../../../../../main/operations/commands/resources/resource-rows.ts';
import {
  columnsOf,
  resolveType as resolve,
  type RawDefinition,
} from '../../../../../main/operations/commands/resources/resource-type.ts';
import {
  readDefinition,
  type ResourceType,
} from '../../../../../main/operations/commands/resources/read-definition.ts';
import { ClusterTexts } from '../../../../../main/operations/cluster-text/cluster-texts.ts';
import { yamlValue } from '../../../../../main/operations/commands/resources/yaml-value.ts';
import { testProto } from '../../../../fakes/open-workspace.ts';

const reading = () => new ClusterTexts().reading();
const resolveType = (word: string, definitions: readonly RawDefinition[]): Promise<ResourceType> =>
  resolve(word, { definitions, isCut: false }, reading());

const definition = (type: string, aliases: readonly string[], columns = ''): RawDefinition => ({
  id: type.toLowerCase(),
  yaml: `type: ${type}\ndisplayType: ${type.split('.')[0]?.replace(/s$/, '') ?? ''}\ndefaultNamespace: network\nallAliases: [${aliases.join(', ')}]\nprintColumns: [${columns}]\nsensitivity: ''\n`,
});
const DEFINITIONS = [
  definition(
    'Links.net.talos.dev',
    ['link', 'links'],
    "{name: Kind, jsonPath: '{.kind}'}, {name: Odd, jsonPath: '{.['}",
  ),
  definition('LinkSpecs.net.talos.dev', ['linkspec', 'ls']),
  definition('LinkStatuses.net.talos.dev', ['linkstatus', 'ls']),
];

describe('finding a type', () => {
  it.each(['link', 'LINKS', 'links.net.talos.dev', 'Links.net.talos.dev'])('%s is found', async (word) => {
    expect(await resolveType(word, DEFINITIONS)).toMatchObject({
      ...{ type: 'Links.net.talos.dev', displayType: 'Link', defaultNamespace: 'network', isSensitive: false },
    });
  });

  it('says that a word means several', async () => {
    await expect(resolveType('ls', DEFINITIONS)).rejects.toThrow(
      '"ls" means 2 resource types: LinkSpecs.net.talos.dev, LinkStatuses.net.talos.dev.',
    );
  });

  it.each(['lin', 'kind', ''])('says that "%s" means none', async (word) => {
    await expect(resolveType(word, DEFINITIONS)).rejects.toThrow(`This cluster has no resource type "${word}".`);
  });

  it.each(['', 'a: [', '- 1', 'null', 'type: {a: b}', 'type: 5\nprintColumns: 7\nallAliases: x'])(
    'survives the definition %j',
    async (yaml) => {
      expect(await resolveType('link', [{ id: '', yaml }, ...DEFINITIONS])).toMatchObject({
        type: 'Links.net.talos.dev',
      });
      expect(() => readDefinition('x', yaml)).not.toThrow();
    },
  );
});

/** As it comes over the wire. */
const get = (metadata: object, yaml: string) => {
  const method = testProto().method('/cosi.resource.State/Get');
  const bytes = method.responseSerialize({ resource: { metadata, spec: { yaml_spec: yaml } } } as never);
  const { resource: decoded } = method.responseDeserialize(bytes);
  if (decoded === null) throw new Error('no resource');
  return decoded;
};

describe('a resource', async () => {
  const links = await resolveType('links', DEFINITIONS);
  const metadata = {
    ...{
      namespace: 'network',
      type: 'Links.net.talos.dev',
      id: 'eth0',
      version: '12',
      owner: 'network.LinkController',
    },
    ...{
      phase: 'running',
      created: { seconds: 1_700_000_000 },
      labels: { 'talos.dev/x': 'true' },
      finalizers: ['a.b'],
    },
  };

  it('is a row with the print columns of its type; a template nobody can read leaves its column empty', async () => {
    expect(columnsOf(links).map(({ title }) => title)).toEqual(['NAMESPACE', 'TYPE', 'ID', 'VERSION', 'KIND', 'ODD']);
    expect(await resourceRow(links, get(metadata, 'kind: ether\n'), reading())).toEqual([
      'network',
      'Link',
      'eth0',
      12,
      'ether',
      null,
    ]);
    expect(await resourceRow(links, get({ ...metadata, version: 'undefined' }, 'a: ['), reading())).toEqual([
      'network',
      'Link',
      'eth0',
      'undefined',
      null,
      null,
    ]);
  });

  it.each([
    ['kind: ether\nmtu: 1500\nlist:\n    - a\n    - b: c\n', { kind: 'ether', mtu: 1500, list: ['a', { b: 'c' }] }],
    ['|\n    machine:\n        type: worker\n\n    # end\n', 'machine:\n    type: worker\n\n# end\n'],
    ['"one line"\n', 'one line'],
    ['', {}],
  ])('is YAML that reads back, with the spec %j', (yaml, spec) => {
    const [part] = resourceDetail('1e3', get(metadata, yaml)).parts;

    expect(part?.kind === 'text' && parse(part.text)).toEqual({
      node: '1e3',
      metadata: { ...metadata, version: 12, created: '2023-11-14T22:13:20Z' },
      spec,
    });
  });

  it('has its YAML as detail, cut at 1 Mi characters', () => {
    const detail = resourceDetail('cp-1', get(metadata, `a: ${'x'.repeat(2 * 1024 * 1024)}\n`));

    expect(detail.parts[0]).toMatchObject({ kind: 'text', language: 'yaml', isCut: true });
    expect(detail.parts[0]?.kind === 'text' && detail.parts[0].text.length).toBe(1024 * 1024);
  });
});

describe('YAML of a node', () => {
  it('keeps integers whole and refuses what would explode', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi']
      .map(
        (name, index) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefgh'[index] ?? ''}`)
            .join(',')}]`,
      )
      .join('\n')}\n`;

    expect(yamlValue('a: 18446744073709551615')).toEqual({ a: 18446744073709551615n });
    expect(yamlValue(bomb)).toBeUndefined();
    expect(yamlValue('x'.repeat(2 * 1024 * 1024))).toBeUndefined();
    expect(yamlValue(`${'['.repeat(50_000)}`)).toBeUndefined();
    expect(evaluateTemplate([{ kind: 'path', steps: [] }], yamlValue('!!js/function "x"'))).toBe('x');
  });
});

it('the YAML of a resource stays below a message of 1 MiB also when the sign that makes it wide is not shown', () => {
  const { parts } = resourceDetail('cp-1', get({ id: 'a' }, `a: ${'x'.repeat(1_500_000)}ж`));

  expect(serialize(parts).length).toBeLessThan(1024 * 1024 + 1000);
});
