import type { CellValue } from '../../../../preload/contract/index.ts';
import type { ExportedRun } from './exported-run.ts';
import { visibleJson } from '../../../lib/visible.ts';
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
  for (const { rows, rowCount, error, ...facts } of nodeParts(run)) {
    const [first = '', ...rest] = entries('    ', facts);
    yield `  - ${first.trimStart()}${rest.join('')}`;
    yield error === null ? '    error: null\n' : `    error:\n${entries('      ', error).join('')}`;
    if (rowCount === 0) yield '    rows: []\n';
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

/** Pairs of escapes that JSON knows for what YAML writes as one. */
const PAIR = /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/g;

function scalar(value: CellValue): string {
  return visibleJson(JSON.stringify(value)).replace(PAIR, (_all, high: string, low: string) => {
    const code = (parseInt(high, 16) - 0xd800) * 0x400 + (parseInt(low, 16) - 0xdc00) + 0x10000;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

/** Keys are headers: plain where YAML cannot misread them. */
function keyText(key: string): string {
  return /^[A-Za-z][A-Za-z]*$/.test(key) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(key) ? key : scalar(key);
}
