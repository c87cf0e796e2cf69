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

/** A column that a resource definition asks for. */
export interface PrintColumn {
  readonly name: string;
  /** Missing when the template cannot be read: the column stays empty. */
  readonly template?: readonly TemplatePart[];
}

/* More than any Talos has. What is longer is not a name, and is left out. */
const MAX_COLUMNS = 50;
const MAX_ALIASES = 50;
const MAX_NAME_LENGTH = 253;

/** A definition's spec; undefined when it is not what Talos writes. */
export function readDefinition(id: string, yaml: string): ResourceType | undefined {
  const spec = yamlValue(yaml);
  if (spec === null || typeof spec !== 'object') return undefined;
  const { type, displayType, defaultNamespace, allAliases, printColumns, sensitivity } = spec as Record<
    string,
    unknown
  >;
  const fullType = text(type) ?? id;
  if (fullType === '' || fullType.length > MAX_NAME_LENGTH) return undefined;
  return {
    type: fullType,
    displayType: text(displayType) ?? fullType.split('.')[0] ?? fullType,
    defaultNamespace: text(defaultNamespace) ?? '',
    aliases: list(allAliases, MAX_ALIASES).flatMap((alias) => text(alias) ?? []),
    printColumns: list(printColumns, MAX_COLUMNS).flatMap(readColumn),
    isSensitive: text(sensitivity) === 'sensitive',
  };
}

function readColumn(value: unknown): readonly PrintColumn[] {
  if (value === null || typeof value !== 'object') return [];
  const { name, jsonPath } = value as Record<string, unknown>;
  const title = text(name);
  if (title === undefined) return [];
  try {
    return [{ name: title, template: parseTemplate(typeof jsonPath === 'string' ? jsonPath : '') }];
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    return [{ name: title }];
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= MAX_NAME_LENGTH ? value : undefined;
const list = (value: unknown, most: number): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]).slice(0, most) : [];
