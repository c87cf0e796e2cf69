import type { RunColumn } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { turns } from '../../../lib/turns.ts';
import type { TextReading } from '../../cluster-text/cluster-texts.ts';
import type { Caller } from '../../clusters/caller.ts';
import { collect } from '../kit/collect.ts';
import type { ResourceType } from './read-definition.ts';

/** A definition as it came: its id and the YAML of its spec. */
export interface RawDefinition {
  readonly id: string;
  readonly yaml: string;
}

/** Definitions as they came. */
export interface ListedDefinitions {
  readonly definitions: readonly RawDefinition[];
  /** There were more of them, or larger ones, than are read. */
  readonly isCut: boolean;
}

/** More definitions than any Talos has. */
const MAX_DEFINITIONS = 5000;
/** All of them together; those of Talos have 200 kB. */
const MAX_LENGTH = 4 * 1024 * 1024;
/** Types that a message names. */
const MAX_NAMED = 5;

/** The definitions a node (or the endpoint itself) has. Throws what the call throws. */
export async function listDefinitions(
  connection: Caller,
  options: { readonly node?: string; readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<ListedDefinitions> {
  const request = { namespace: 'meta', type: 'ResourceDefinitions.meta.cosi.dev' };
  let length = 0;
  let isFull = false;
  async function* list(): AsyncGenerator<RawDefinition> {
    length = 0;
    for await (const { resource } of connection.serverStream('/cosi.resource.State/List', request, options)) {
      const raw = { id: resource?.metadata?.id ?? '', yaml: resource?.spec?.yaml_spec ?? '' };
      length += raw.id.length + raw.yaml.length;
      isFull = length > MAX_LENGTH;
      if (isFull) return;
      yield raw;
    }
  }
  const { items, isCut } = await collect(list, MAX_DEFINITIONS);
  return { definitions: items, isCut: isCut || isFull };
}

/**
 * The one type a word means: its id or any alias, in any case (docs/talos-behaviour.md §5.8). Throws Failed `not-found`,
 * `invalid` (ambiguous) or `too-large` (it may be among definitions that are not read).
 */
export async function resolveType(
  word: string,
  { definitions, isCut }: ListedDefinitions,
  reading: TextReading,
): Promise<ResourceType> {
  const wanted = word.toLowerCase();
  const matches: ResourceType[] = [];
  for (const { id, yaml } of definitions) {
    await turns.next();
    // Only definitions that contain the word at all are worth parsing.
    if (id.toLowerCase() !== wanted && !yaml.toLowerCase().includes(wanted)) continue;
    const type = await reading.read('definition', id, yaml);
    if (type === undefined) continue;
    if ([id, type.type, ...type.aliases].some((name) => name.toLowerCase() === wanted)) matches.push(type);
  }
  const [only, ...others] = matches;
  if (only === undefined) throw isCut || reading.unread > 0 ? notRead(word) : noSuchType(word);
  if (others.length > 0) throw ambiguous(word, matches);
  return only;
}

function noSuchType(word: string): Failed {
  return new Failed({
    code: 'not-found',
    message: `This cluster has no resource type "${word}".`,
    hint: 'Type a name such as members, or choose one from the list.',
    where: { field: 'type' },
  });
}

function notRead(word: string): Failed {
  return new Failed({
    code: 'too-large',
    message: `"${word}" is none of the resource types that were read, and this cluster sends more than Minos reads.`,
    hint: 'No Talos has so many or such large ones: look at what answers there.',
    where: { field: 'type' },
  });
}

function ambiguous(word: string, matches: readonly ResourceType[]): Failed {
  const named = matches.slice(0, MAX_NAMED).map(({ type }) => type);
  const more = matches.length > MAX_NAMED ? ', …' : '';
  return new Failed({
    code: 'invalid',
    message: `"${word}" means ${matches.length} resource types: ${named.join(', ')}${more}.`,
    hint: 'Write the whole name of one of them.',
    where: { field: 'type' },
  });
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
