import type { CellValue } from '../../../preload/contract/index.ts';
import type { ExportedRun } from './exported-run.ts';
import { nodeParts, runHead } from './run-document.ts';

/**
 * The run as one YAML document, in pieces. Texts are written as JSON strings, which YAML 1.2 reads as the same text, so that
 * nothing a node answers (`no`, `1e3`, `<<`, control codes) can turn into something else.
 */
export function* yamlText(run: ExportedRun): Generator<string> {
  yield entries('', runHead(run)).join('');
  if (run.nodes.length === 0) {
    yield 'results: []\n';
    return;
  }
  yield 'results:\n';
  for (const { rows, error, ...facts } of nodeParts(run)) {
    const [first = '', ...rest] = entries('    ', facts);
    yield `  - ${first.trimStart()}${rest.join('')}`;
    yield error === null ? '    error: null\n' : `    error:\n${entries('      ', error).join('')}`;
    if (rows.length === 0) yield '    rows: []\n';
    else yield '    rows:\n';
    for (const row of rows) {
      const [head, ...tail] = entries('        ', row);
      yield head === undefined ? '      - {}\n' : `      - ${head.trimStart()}${tail.join('')}`;
    }
  }
}

function entries(indent: string, map: Readonly<Record<string, CellValue>>): readonly string[] {
  return Object.entries(map).map(([key, value]) => `${indent}${keyText(key)}: ${scalar(value)}\n`);
}

/** Signs that JSON leaves as they are and YAML does not allow. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function scalar(value: CellValue): string {
  return JSON.stringify(value).replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Keys are headers: plain where YAML cannot misread them. */
function keyText(key: string): string {
  return /^[A-Za-z][A-Za-z]*$/.test(key) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(key) ? key : scalar(key);
}
