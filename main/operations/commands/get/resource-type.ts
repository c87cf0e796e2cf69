import type { RunColumn } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Connection } from '../../connections.ts';
import { collect } from '../collect.ts';
import { JsonPathError, parseTemplate, type TemplatePart } from './json-path.ts';
import { yamlValue } from './yaml-value.ts';

/** A resource type as a cluster defines it (`ResourceDefinitions.meta.cosi.dev`). */
export interface ResourceType {
  /** `Members.cluster.talos.dev`. */
  readonly type: string;
  /** As tables name one of them: `Member`. */
  readonly displayType: string;
  readonly defaultNamespace: string;
  readonly aliases: readonly string[];
  readonly printColumns: readonly PrintColumn[];
  /** Needs the role os:admin. */
  readonly isSensitive: boolean;
}

export interface PrintColumn {
  readonly name: string;
  /** Missing when the template cannot be read: the column stays empty. */
  readonly template?: readonly TemplatePart[];
}

/** A definition as it came: its id and the YAML of its spec. */
export interface RawDefinition {
  readonly id: string;
  readonly yaml: string;
}

/** More definitions than any Talos has. */
const MAX_DEFINITIONS = 5000;
const MAX_COLUMNS = 50;

/** Every definition a node (or the endpoint itself) has. Throws what the call throws. */
export async function listDefinitions(
  connection: Connection,
  options: { readonly node?: string; readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<readonly RawDefinition[]> {
  const request = { namespace: 'meta', type: 'ResourceDefinitions.meta.cosi.dev' };
  const list = () => connection.serverStream('/cosi.resource.State/List', request, options);
  const { items } = await collect(list, MAX_DEFINITIONS);
  return items.map(({ resource }) => ({ id: resource?.metadata?.id ?? '', yaml: resource?.spec?.yaml_spec ?? '' }));
}

/**
 * The one type a word means: its id or any alias, in any case (docs/talos-behaviour.md §5.8). Throws Failed `not-found` or
 * `invalid` (ambiguous).
 */
export function resolveType(word: string, definitions: readonly RawDefinition[]): ResourceType {
  const wanted = word.toLowerCase();
  const matches = definitions.flatMap(({ id, yaml }) => {
    // Only definitions that contain the word at all are worth parsing.
    if (id.toLowerCase() !== wanted && !yaml.toLowerCase().includes(wanted)) return [];
    const type = readDefinition(id, yaml);
    if (type === undefined) return [];
    return [id, type.type, ...type.aliases].some((name) => name.toLowerCase() === wanted) ? [type] : [];
  });
  const [only, ...others] = matches;
  if (only === undefined) {
    throw new Failed({
      code: 'not-found',
      message: `This cluster has no resource type "${word}".`,
      hint: 'Type a name such as members, or choose one from the list.',
      where: { field: 'type' },
    });
  }
  if (others.length > 0) {
    throw new Failed({
      code: 'invalid',
      message: `"${word}" means ${matches.length} resource types: ${matches.map(({ type }) => type).join(', ')}.`,
      hint: 'Write the whole name of one of them.',
      where: { field: 'type' },
    });
  }
  return only;
}

/** A definition's spec; undefined when it is not what Talos writes. */
export function readDefinition(id: string, yaml: string): ResourceType | undefined {
  const spec = yamlValue(yaml);
  if (spec === null || typeof spec !== 'object') return undefined;
  const { type, displayType, defaultNamespace, allAliases, printColumns, sensitivity } = spec as Record<
    string,
    unknown
  >;
  const fullType = text(type) ?? id;
  if (fullType === '') return undefined;
  return {
    type: fullType,
    displayType: text(displayType) ?? fullType.split('.')[0] ?? fullType,
    defaultNamespace: text(defaultNamespace) ?? '',
    aliases: list(allAliases).flatMap((alias) => text(alias) ?? []),
    printColumns: list(printColumns).slice(0, MAX_COLUMNS).flatMap(readColumn),
    isSensitive: text(sensitivity) === 'sensitive',
  };
}

function readColumn(value: unknown): readonly PrintColumn[] {
  if (value === null || typeof value !== 'object') return [];
  const { name, jsonPath } = value as Record<string, unknown>;
  if (text(name) === undefined) return [];
  try {
    return [{ name: text(name) ?? '', template: parseTemplate(text(jsonPath) ?? '') }];
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    return [{ name: text(name) ?? '' }];
  }
}

/** Columns of a table of this type, as talosctl prints them. */
export function columnsOf({ printColumns }: ResourceType): readonly RunColumn[] {
  return [
    { id: 'namespace', title: 'NAMESPACE', kind: 'text' },
    { id: 'type', title: 'TYPE', kind: 'text' },
    { id: 'id', title: 'ID', kind: 'text' },
    { id: 'version', title: 'VERSION', kind: 'id' },
    ...printColumns.map(({ name }, index): RunColumn => ({
      id: `print-${index}`,
      title: name.toUpperCase(),
      kind: 'text',
    })),
  ];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
