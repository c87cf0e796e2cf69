import type { RowDetail } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { wholeCell } from '../kit/cells.ts';
import type { Row } from '../kit/definition.ts';
import type { TextReading } from '../../cluster-text/cluster-texts.ts';
import { LimitedText } from './limited-text.ts';
import type { ResourceType } from './read-definition.ts';

/** A resource as the state API sends it. */
export type Resource = NonNullable<MethodReply<'/cosi.resource.State/Get'>['resource']>;

/** What stands in the first column of a resource whose text is not read. */
const NOT_READ = '(not read: it takes too long or too much memory)';

/** The line of one resource in a table of its type. */
export async function resourceRow(type: ResourceType, resource: Resource, reading: TextReading): Promise<Row> {
  const { namespace = '', id = '', version = '' } = resource.metadata ?? {};
  const { printColumns } = type;
  const before = reading.unread;
  const cells =
    printColumns.length === 0 ? [] : await reading.read('cells', printColumns, resource.spec?.yaml_spec ?? '');
  const isUnread = reading.unread > before;
  return [
    namespace,
    type.displayType,
    id,
    /^\d{1,19}$/.test(version) ? wholeCell(version) : version,
    ...(cells ?? printColumns.map((_column, index) => (isUnread && index === 0 ? NOT_READ : null))),
  ];
}

/** The resource as `talosctl get -o yaml` prints it, as far as it is shown. */
function yamlOf(node: string, { metadata, spec }: Resource): LimitedText {
  const text = new LimitedText();
  text.line(`node: ${scalar(node)}`);
  text.line('metadata:');
  if (metadata !== null) {
    for (const name of ['namespace', 'type', 'id', 'version', 'owner', 'phase'] as const) {
      text.line(`    ${name}: ${scalar(metadata[name])}`);
    }
    for (const name of ['created', 'updated'] as const) {
      const stamp = metadata[name];
      if (stamp !== null) text.line(`    ${name}: ${momentText(stamp.seconds, stamp.nanos)}`);
    }
    addMap(text, 'labels', metadata.labels);
    addMap(text, 'annotations', metadata.annotations);
    if (metadata.finalizers.length > 0) text.line('    finalizers:');
    for (const one of metadata.finalizers) if (!text.line(`        - ${scalar(one)}`)) break;
  }
  const whole = spec?.yaml_spec ?? '';
  const body = whole.endsWith('\n') ? whole.slice(0, -1) : whole;
  if (body === '') text.line('spec: {}');
  else {
    text.line('spec:');
    let at = 0;
    while (at <= body.length) {
      const end = body.indexOf('\n', at);
      const line = body.slice(at, end < 0 ? body.length : end);
      if (!text.line(line === '' ? '' : `    ${line}`) || end < 0) break;
      at = end + 1;
    }
  }
  return text;
}

/** The resource as a detail of its row. */
export function resourceDetail(node: string, resource: Resource): RowDetail {
  const { text, isCut } = yamlOf(node, resource);
  return { title: resource.metadata?.id ?? '', parts: [{ kind: 'text', language: 'yaml', text, isCut }] };
}

function addMap(text: LimitedText, name: string, map: Readonly<Record<string, string>>): void {
  let isFirst = true;
  // Not a list of entries, which would be made whole before the first is written.
  for (const key in map) {
    if (isFirst) text.line(`    ${name}:`);
    isFirst = false;
    if (!text.line(`        ${scalar(key)}: ${scalar(map[key] ?? '')}`)) return;
  }
}

/** Words that are themselves in YAML; everything else is quoted as JSON, which YAML reads alike. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_./@-]*$/;
const RESERVED = /^(true|false|yes|no|on|off|null|y|n)$/i;

/** Longer ones are cut before they are looked at. */
const MAX_SCALAR_LENGTH = 100_000;

function scalar(whole: string): string {
  const text = whole.length > MAX_SCALAR_LENGTH ? `${whole.slice(0, MAX_SCALAR_LENGTH)}…` : whole;
  return /^\d{1,15}$/.test(text) || (PLAIN.test(text) && !RESERVED.test(text)) ? text : JSON.stringify(text);
}

function momentText(seconds: string, nanos: number): string {
  const at = new Date(Number(seconds) * 1000 + Math.floor(nanos / 1_000_000));
  return Number.isNaN(at.getTime()) ? '""' : at.toISOString().replace('.000Z', 'Z');
}
