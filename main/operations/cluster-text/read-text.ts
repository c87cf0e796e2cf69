import type { CellValue } from '../../../preload/contract/index.ts';
import { readDefinition, type PrintColumn } from '../commands/resources/read-definition.ts';
import { RowEvaluation } from '../commands/resources/evaluate-template.ts';
import { heldCertificates } from './certificates.ts';
import { readMember } from './member.ts';
import { yamlValue } from '../commands/resources/yaml-value.ts';

/** What is read from text that a cluster sends. Pure, the last argument but for `cells` is the text. */
export const READ = {
  member: readMember,
  definition: readDefinition,
  cells: readCells,
  certificates: heldCertificates,
  spec: readSpec,
} as const;

/** Everything that can be read from a text of a cluster, by name. */
export type Read = typeof READ;

/** Name of a job for the thread that reads texts of a cluster. */
export type ReadName = keyof Read;

/** The spec of a resource with every scalar as its text; undefined for what is no YAML. */
function readSpec(yaml: string): unknown {
  return yamlValue(yaml, 'failsafe');
}

/** The print columns of a resource, from the YAML of its spec; null where there is nothing. */
function readCells(columns: readonly PrintColumn[], yaml: string): readonly CellValue[] {
  const value = yamlValue(yaml);
  const evaluation = new RowEvaluation();
  return columns.map(({ template }) =>
    template === undefined || value === undefined ? null : evaluation.template(template, value),
  );
}
