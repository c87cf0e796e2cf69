import type { ConfigFieldHelp, ConfigHelp } from '../../../../preload/contract/index.ts';
import type { YamlPlace } from './yaml-place.ts';

/** Fields of a type by their names. */
type FieldsHelp = Readonly<Record<string, ConfigFieldHelp>>;

/** Keys that every document with a kind has beside its own. */
const HEAD: FieldsHelp = { apiVersion: { type: 'string', words: ['v1alpha1'] }, kind: { type: 'string' } };

/** The fields that may stand at a place; undefined where anything may, or nothing is known. */
export function fieldsAt(help: ConfigHelp, { kind, path }: Pick<YamlPlace, 'kind' | 'path'>): FieldsHelp | undefined {
  const root = help.kinds[kind];
  if (root === undefined) return path.length === 0 ? HEAD : undefined;
  const own = help.types[root.type] ?? {};
  let fields: FieldsHelp | undefined =
    root.apiVersion === '' ? own : { ...HEAD, kind: { type: 'string', words: Object.keys(help.kinds) }, ...own };
  let type = '';
  for (const key of path) {
    if (key !== '[]' && fields !== undefined) type = fields[key]?.type ?? '';
    else type = innerOf(type);
    fields = help.types[type];
  }
  return fields;
}

/** What is known of the key of a place. */
export const helpAt = (help: ConfigHelp, place: YamlPlace): ConfigFieldHelp | undefined =>
  fieldsAt(help, place)?.[place.key];

/** What a list or map holds. */
const innerOf = (type: string): string => /^(?:list|map)<(.+)>$/.exec(type)?.[1] ?? '';

/** What a field takes, in words. */
export function typeWords({ type, words }: ConfigFieldHelp): string {
  if (words !== undefined && words.length <= 8) return `one of ${words.join(', ')}`;
  const inner = innerOf(type);
  if (type.startsWith('list<')) return `a list of ${/[.:]/.test(inner) ? 'mappings' : inner}`;
  if (type.startsWith('map<')) return 'a mapping';
  if (type.startsWith('enum:')) return 'one word of a list';
  return /\./.test(type) || type === 'object' ? 'a mapping' : type;
}

/** What a field is for, and what newer configs have for it; empty where nothing is known. */
export const helpWords = (field: ConfigFieldHelp): string =>
  [field.about ?? '', oldWords(field) ?? ''].join(' ').trim();

/** What is said beside a field that is not written any more in new configs; undefined for any other. */
function oldWords({ isDeprecated, successors }: ConfigFieldHelp): string | undefined {
  if (successors !== undefined) return `Newer configs have ${successors.join(', ')} for it, documents of their own.`;
  return isDeprecated === true ? 'Newer versions of Talos call it deprecated, or do not show it.' : undefined;
}
