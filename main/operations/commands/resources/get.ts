import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import { quoted } from '../../quoted.ts';
import { collect, cutNote, MAX_MESSAGES, type Collected } from '../kit/collect.ts';
import type { AskedCommand, Row, RowsCommand } from '../kit/definition.ts';
import { textParam } from '../kit/params.ts';
import { findType } from './find-type.ts';
import { resourceDetail, resourceRow, type Resource } from './resource-rows.ts';
import { columnsOf } from './resource-type.ts';
import type { TextReading } from '../../cluster-text/cluster-texts.ts';

type Answer = Collected<Resource>;

/**
 * `talosctl get` (docs/talos-behaviour.md §5.8): resources of any type the cluster has. The type is found before the first
 * node is asked, because its definition says the columns.
 */
export const get: RowsCommand = {
  id: 'get',
  shape: 'rows',
  title: 'Resources',
  about: 'Resources of any type that Talos keeps, such as members, links or volumes.',
  method: '/cosi.resource.State/List',
  syntax: {
    names: ['get', 'g'],
    positionals: ['type', 'id'],
    flags: [
      { long: 'namespace', takesValue: true, param: 'namespace' },
      { long: 'output', short: 'o', takesValue: true, note: 'a run shows a table; open a row to see its YAML.' },
      { long: 'watch', short: 'w', takesValue: false, note: 'a run reads once; Explore follows changes.' },
    ],
  },
  params: [
    { id: 'type', title: 'Type', kind: 'text', required: true, suggest: 'resource-types' },
    { id: 'id', title: 'ID', kind: 'text', required: false },
    { id: 'namespace', title: 'Namespace', kind: 'text', required: false },
  ],
  columns: [
    { id: 'namespace', title: 'NAMESPACE', kind: 'text' },
    { id: 'type', title: 'TYPE', kind: 'text' },
    { id: 'id', title: 'ID', kind: 'text' },
    { id: 'version', title: 'VERSION', kind: 'id' },
  ],
  hasDetail: true,
  wanted: (params) => {
    const id = textParam(params, 'id');
    return id === '' ? undefined : `${textParam(params, 'type')} ${quoted(id)}`;
  },

  async prepare({ connection, params, ...options }): Promise<AskedCommand> {
    const found = await findType(connection, textParam(params, 'type'), options);
    const { type } = found;
    const namespace = textParam(params, 'namespace') || found.defaultNamespace;
    const id = textParam(params, 'id');

    /** What was read of each answer. */
    const readings = new WeakMap<Answer, TextReading>();
    async function* rows(answer: Answer): AsyncGenerator<Row> {
      const reading = connection.texts.reading(options.signal);
      readings.set(answer, reading);
      for (const item of answer.items) yield resourceRow(found, item, reading);
    }
    async function* resources(node: string, call: Parameters<AskedCommand['ask']>[1]): AsyncGenerator<Resource> {
      const request = { namespace, type };
      for await (const { resource } of connection.serverStream('/cosi.resource.State/List', request, {
        node,
        ...call,
      })) {
        if (resource !== null) yield resource;
      }
    }

    return {
      columns: columnsOf(found),
      async ask(node, call): Promise<Answer> {
        if (id === '') return collect(() => resources(node, call), MAX_MESSAGES, call.share);
        const { value } = await connection.unary(
          '/cosi.resource.State/Get',
          { namespace, type, id },
          { node, ...call },
        );
        return { items: value.resource === null ? [] : [value.resource], isCut: false };
      },
      // What `ask` resolved with.
      rows: (answer) => rows(answer as Answer),
      notes: (answer) => [...cutNote(answer as Answer), ...unreadNote(readings.get(answer as Answer))],
      detail: (answer, row, node) => {
        const resource = (answer as Answer).items[row];
        if (resource === undefined) return undefined;
        const shown = resourceDetail(node, resource);
        return found.isSensitive ? { ...shown, isSensitive: true } : shown;
      },
    };
  },
};

function unreadNote(reading: TextReading | undefined): readonly string[] {
  if (reading === undefined || reading.unread === 0) return [];
  const what = reading.unread === 1 ? '1 resource has' : `${formatNumber(reading.unread)} resources have`;
  return [
    `${what} empty columns: reading what the node sent takes too long or too much memory. Open one to see its text.`,
  ];
}
