import type { RunColumn } from '../../../../preload/contract/index.ts';
import type { Caller } from '../../clusters/caller.ts';
import { isCancelled } from '../../../lib/failed.ts';
import type { AskOptions, PreparedCommand, Row, RowsCommand, CommandParams } from '../kit/definition.ts';
import { textParam } from '../kit/params.ts';
import { plainGroups, readCgroups, treeOf, walkCgroups, type Cgroup, type PlainGroup } from './cgroup.ts';
import { PRESETS, sharesAmong, type CgroupColumn, type NodeNames, type Preset } from './presets.ts';
import { nameGroups, programName } from './resolve-names.ts';
import { readCgroupSchema } from './schema.ts';
import { smallFiles, type SmallEntry } from './small-files.ts';

interface Answer {
  readonly groups: readonly PlainGroup[];
  readonly devices: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

const DEFAULT_PRESET = 'memory';

/** The table the parameters ask for. Throws Failed `invalid` for a schema that is none. */
function tableOf(params: CommandParams): Preset {
  const schema = textParam(params, 'schema');
  const preset = PRESETS[textParam(params, 'preset') || DEFAULT_PRESET] as Preset;
  return schema === '' ? preset : { columns: readCgroupSchema(schema), taken: () => undefined };
}

function columnsFor(columns: readonly CgroupColumn[]): readonly RunColumn[] {
  return [
    { id: 'name', title: 'NAME', kind: 'text' },
    { id: 'share', title: 'SHARE', kind: 'percent', isExtra: true },
    ...columns.map(({ title, kind }, index): RunColumn => ({ id: `value-${index}`, title, kind })),
    { id: 'path', title: 'PATH', kind: 'text', isExtra: true },
    { id: 'folder', title: 'FOLDER', kind: 'text', isExtra: true },
  ];
}

/** The groups as rows, from the top; the root lies in a folder that is none. */
export function* cgroupRows(root: Cgroup, preset: Preset, names: NodeNames): Generator<Row> {
  const share = sharesAmong(preset.taken);
  for (const group of walkCgroups(root)) {
    const cells = preset.columns.map((column) => column.cell(group, names));
    yield [group.name, share(group), ...cells, group.path, group.parent?.path ?? ''];
  }
}

/** `talosctl cgroups` (docs/talos-behaviour.md §6.12): what each control group of a node takes and may take, as a tree. */
export const cgroups: RowsCommand = {
  shape: 'rows',
  id: 'cgroups',
  title: 'Control groups',
  about: 'What services, pods and containers of each node take of memory, processors and disks, and what they may.',
  method: '/machine.MachineService/Copy',
  syntax: {
    names: ['cgroups', 'cg'],
    // talosctl takes exactly one of the two.
    written: (params) => (textParam(params, 'schema') === '' ? params : { ...params, preset: '' }),
    flags: [
      { long: 'preset', takesValue: true, param: 'preset', isAlwaysWritten: true },
      {
        ...{ long: 'schema-file', takesValue: true, param: 'schema', writtenAs: 'schema.yaml' },
        note: 'a run reads no file of this computer. Put the text of the schema into the form.',
      },
      { long: 'skip-cri-resolve', takesValue: false, param: 'skip' },
    ],
  },
  params: [
    {
      ...{ id: 'preset', title: 'Table', kind: 'choice', required: false },
      ...{ choices: Object.keys(PRESETS), initial: DEFAULT_PRESET },
    },
    { id: 'schema', title: 'Schema of your own instead (YAML)', kind: 'lines', required: false },
    { id: 'skip', title: 'Names as the kernel has them', kind: 'flag', required: false, initial: false },
  ],
  columns: columnsFor(PRESETS[DEFAULT_PRESET]?.columns ?? []),
  picture: { kind: 'tree', id: 'path', parent: 'folder', isOpen: true, share: 'share' },
  hasDetail: true,
  check: (params) => void tableOf(params),

  prepare: async ({ connection, params }): Promise<PreparedCommand> => {
    const table = tableOf(params);
    return {
      columns: columnsFor(table.columns),
      ask: async (node, options): Promise<Answer> => {
        const root = await readCgroups(copied(connection, '/sys/fs/cgroup', node, options), options.beforeLarge);
        const notes: string[] = [];
        const names = await namesOf(connection, node, options, notes);
        if (params['skip'] !== true) await resolveContainers(connection, node, options, root, notes);
        return { groups: plainGroups(root), ...names, notes };
      },
      // What `ask` resolved with.
      rows: (answer) => {
        const { groups, devices, programs } = answer as Answer;
        const names = { devices: new Map(Object.entries(devices)), programs: new Map(Object.entries(programs)) };
        return cgroupRows(treeOf(groups), table, names);
      },
      notes: (answer) => (answer as Answer).notes,
      detail: (answer, row) => {
        const group = (answer as Answer).groups[row];
        if (group === undefined) return undefined;
        const files = Object.entries(group.files).sort(([a], [b]) => (a < b ? -1 : 1));
        const fields = [['PATH', group.path] as const, ...files].map(([name, value]) => ({
          ...{ name, kind: 'text' as const },
          value: value.slice(0, MOST_OF_FILE),
        }));
        return { title: group.name, parts: [{ kind: 'fields', fields }] };
      },
    };
  },
};

/** Of one file in the detail of a group. */
const MOST_OF_FILE = 2_000;

async function* copied(
  connection: Caller,
  path: string,
  node: string,
  options: AskOptions,
): AsyncGenerator<SmallEntry> {
  const { deadlineMs, signal, onEndpoint } = options;
  const call = { node, deadlineMs, signal, onEndpoint };
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const { bytes } of connection.serverStream('/machine.MachineService/Copy', { root_path: path }, call)) {
      yield Buffer.from(bytes);
    }
  };
  yield* smallFiles(pieces());
}

/** Names of programs and disks. What cannot be had is noted, and numbers stand in its place. */
async function namesOf(
  connection: Caller,
  node: string,
  options: AskOptions,
  notes: string[],
): Promise<Pick<Answer, 'devices' | 'programs'>> {
  const programs: Record<string, string> = {};
  const devices: Record<string, string> = {};
  await orNote(connection, node, 'names of processes', notes, async () => {
    const { value } = await connection.unary('/machine.MachineService/Processes', {}, { node, ...options });
    for (const one of value.messages.flatMap(({ processes }) => processes)) programs[one.pid] = programName(one);
  });
  await orNote(connection, node, 'names of disks', notes, async () => {
    for await (const { path, kind, text } of copied(connection, '/sys/dev/block', node, options)) {
      if (kind === 'link') devices[path] = text.slice(text.lastIndexOf('/') + 1);
    }
  });
  return { programs, devices };
}

async function resolveContainers(
  connection: Caller,
  node: string,
  options: AskOptions,
  root: Cgroup,
  notes: string[],
): Promise<void> {
  await orNote(connection, node, 'names of pods', notes, async () => {
    const request = { namespace: 'k8s.io', driver: 'CRI' } as const;
    const { value } = await connection.unary('/machine.MachineService/Containers', request, { node, ...options });
    nameGroups(
      root,
      value.messages.flatMap(({ containers }) => containers),
    );
  });
}

async function orNote(
  connection: Caller,
  node: string,
  what: string,
  notes: string[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isCancelled(error)) throw error;
    notes.push(`Without the ${what}: ${connection.explain(error, { node }).message}`);
  }
}
