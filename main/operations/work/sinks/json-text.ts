import type { ExportedRun } from './exported-run.ts';
import { visibleJson } from '../../../lib/visible.ts';
import { nodeParts, runHead } from './run-document.ts';

/** The run as one JSON document, in pieces of a row. Unseen signs are escapes. */
export function* jsonText(run: ExportedRun): Generator<string> {
  const head = visibleJson(JSON.stringify(runHead(run), null, 2));
  yield `${head.slice(0, -2)},\n  "results": [`;
  let separator = '\n';
  for (const { rows, rowCount, ...facts } of nodeParts(run)) {
    // The facts with their last line, the closing brace, left off.
    yield `${separator}${indented(facts, '    ').slice(0, -6)},\n      "rows": [`;
    let before = '\n';
    for (const row of rows) {
      yield `${before}${indented(row, '        ')}`;
      before = ',\n';
    }
    yield rowCount === 0 ? ']\n    }' : '\n      ]\n    }';
    separator = ',\n';
  }
  yield separator === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}

const indented = (value: object, indent: string): string =>
  `${indent}${visibleJson(JSON.stringify(value, null, 2)).replaceAll('\n', `\n${indent}`)}`;
