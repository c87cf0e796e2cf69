/** Writes docs/ipc.md from the contract, so that the list a reviewer sees is the list that is served. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import type * as v from 'valibot';
import { contractEntry, type ContractEntry } from './exports/contract-entry.ts';

const CONTRACT = new URL('../preload/contract/', import.meta.url);
const TARGET = new URL('../docs/ipc.md', import.meta.url);

interface Entry extends ContractEntry {
  readonly name: string;
  readonly schema: v.GenericSchema;
}

type Table = Readonly<Record<string, { readonly input: v.GenericSchema }>>;

/** The comment and the result type stand in the sources, one per subject; the schema is read from the table itself. */
function entriesOf(file: string, table: Table): readonly Entry[] {
  const sources = globSync(`*/${file}`, { cwd: CONTRACT }).map((path) => readFileSync(new URL(path, CONTRACT), 'utf8'));
  return Object.entries(table).map(([name, { input }]) => ({ name, ...contractEntry(sources, name), schema: input }));
}

/** A schema in words: field: kind, limits. */
function inWords(schema: v.GenericSchema): string {
  const node = schema as unknown as {
    type: string;
    pipe?: readonly { kind: string; type: string; requirement?: unknown }[];
    entries?: Record<string, v.GenericSchema>;
    item?: v.GenericSchema;
    value?: v.GenericSchema;
    wrapped?: v.GenericSchema;
    options?: readonly unknown[];
  };
  const limits = (node.pipe ?? [])
    .filter(({ kind }) => kind === 'validation')
    .map(
      ({ type, requirement }) => `${type.replace('_', ' ')}${typeof requirement === 'number' ? ` ${requirement}` : ''}`,
    );
  const suffix = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
  if (node.entries) {
    const fields = Object.entries(node.entries).map(([key, field]) => `${key}: ${inWords(field)}`);
    return fields.length === 0 ? 'nothing' : `{ ${fields.join('; ')} }`;
  }
  if (node.item) return `list of ${inWords(node.item)}${suffix}`;
  if (node.type === 'record' && node.value) return `map of ${inWords(node.value)}${suffix}`;
  if (node.wrapped) return `${node.type} ${inWords(node.wrapped)}`;
  if (node.options) {
    const options = node.options.map((option) =>
      typeof option === 'object' ? inWords(option as v.GenericSchema) : JSON.stringify(option),
    );
    return options.join(' or ') + suffix;
  }
  return node.type + suffix;
}

function section(title: string, says: string, entries: readonly Entry[]): string {
  const rows = entries.map(
    ({ name, says, answers, schema }) =>
      `### \`${name}\`\n\n${says}\n\n- input: \`${inWords(schema)}\`\n- answers: \`${answers}\`\n`,
  );
  return `## ${title}\n\n${says}\n\n${rows.join('\n')}`;
}

async function ipcDocument(): Promise<string> {
  const { CALLS } = await import('../preload/contract/calls.ts');
  const { TOPICS } = await import('../preload/contract/topics.ts');
  const { STREAMS } = await import('../preload/contract/streams.ts');
  return [
    '# The bridge between page and main',
    'Generated from `preload/contract` by `node scripts/ipc-document.ts`. Do not edit.',
    section('Calls', 'Asked once, answered once with a value or a failure.', entriesOf('calls.ts', CALLS)),
    section('Topics', 'A full snapshot first, then again at most ten times a second.', entriesOf('topics.ts', TOPICS)),
    section('Streams', 'Batches of items, sent only on credit. Closing cancels.', entriesOf('streams.ts', STREAMS)),
  ].join('\n\n');
}

void ipcDocument().then((text) => {
  if (!process.argv.includes('--check')) {
    writeFileSync(TARGET, text);
    return;
  }
  if (readFileSync(TARGET, 'utf8') === text) return;
  console.error('docs/ipc.md is stale: run `node scripts/ipc-document.ts`.');
  process.exitCode = 1;
});
