import type { DetailPart, RowDetail } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { wholeCell } from '../cells.ts';
import type { Row } from '../definition.ts';
import { evaluateTemplate } from './evaluate-template.ts';
import type { ResourceType } from './resource-type.ts';
import { yamlValue } from './yaml-value.ts';

/** A resource as the state API sends it. */
export type Resource = NonNullable<MethodReply<'/cosi.resource.State/Get'>['resource']>;

/** Longest text a detail carries. */
export const MAX_TEXT_LENGTH = 1024 * 1024;

/** The line of one resource in a table of its type. */
export function resourceRow(type: ResourceType, resource: Resource): Row {
  const { namespace = '', id = '', version = '' } = resource.metadata ?? {};
  const value = type.printColumns.length === 0 ? undefined : yamlValue(resource.spec?.yaml_spec ?? '');
  return [
    namespace,
    type.displayType,
    id,
    /^\d{1,19}$/.test(version) ? wholeCell(version) : version,
    ...type.printColumns.map(({ template }) =>
      template === undefined || value === undefined ? null : evaluateTemplate(template, value),
    ),
  ];
}

/** The resource as `talosctl get -o yaml` prints it. */
export function resourceYaml(node: string, { metadata, spec }: Resource): string {
  const lines = [`node: ${scalar(node)}`, 'metadata:'];
  if (metadata !== null) {
    lines.push(`    namespace: ${scalar(metadata.namespace)}`, `    type: ${scalar(metadata.type)}`);
    lines.push(`    id: ${scalar(metadata.id)}`, `    version: ${scalar(metadata.version)}`);
    lines.push(`    owner: ${scalar(metadata.owner)}`, `    phase: ${scalar(metadata.phase)}`);
    for (const name of ['created', 'updated'] as const) {
      const stamp = metadata[name];
      if (stamp !== null) lines.push(`    ${name}: ${momentText(stamp.seconds, stamp.nanos)}`);
    }
    lines.push(...mapLines('labels', metadata.labels), ...mapLines('annotations', metadata.annotations));
    if (metadata.finalizers.length > 0) {
      lines.push('    finalizers:', ...metadata.finalizers.map((one) => `        - ${scalar(one)}`));
    }
  }
  const body = (spec?.yaml_spec ?? '').replace(/\n$/, '');
  if (body === '') lines.push('spec: {}');
  else lines.push('spec:', ...body.split('\n').map((line) => (line === '' ? '' : `    ${line}`)));
  return `${lines.join('\n')}\n`;
}

/** The resource as a detail of its row. */
export function resourceDetail(node: string, resource: Resource): RowDetail {
  return { title: resource.metadata?.id ?? '', parts: [yamlPart(resourceYaml(node, resource))] };
}

function yamlPart(text: string): DetailPart {
  const isCut = text.length > MAX_TEXT_LENGTH;
  return { kind: 'text', language: 'yaml', text: isCut ? text.slice(0, MAX_TEXT_LENGTH) : text, isCut };
}

function mapLines(name: string, map: Readonly<Record<string, string>>): readonly string[] {
  const entries = Object.entries(map);
  if (entries.length === 0) return [];
  return [`    ${name}:`, ...entries.map(([key, value]) => `        ${scalar(key)}: ${scalar(value)}`)];
}

/** Words that are themselves in YAML; everything else is quoted as JSON, which YAML reads alike. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_./@-]*$/;
const RESERVED = /^(true|false|yes|no|on|off|null|y|n)$/i;

function scalar(text: string): string {
  return /^\d{1,15}$/.test(text) || (PLAIN.test(text) && !RESERVED.test(text)) ? text : JSON.stringify(text);
}

function momentText(seconds: string, nanos: number): string {
  const at = new Date(Number(seconds) * 1000 + Math.floor(nanos / 1_000_000));
  return Number.isNaN(at.getTime()) ? '""' : at.toISOString().replace('.000Z', 'Z');
}
