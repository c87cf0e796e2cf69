import type { ExportedRun } from './exported-run.ts';
import { nodeParts, runHead } from './run-document.ts';

/** The run as one JSON document, in pieces: nodes are never all in memory as text twice. */
export function* jsonText(run: ExportedRun): Generator<string> {
  const head = JSON.stringify(runHead(run), null, 2);
  yield `${head.slice(0, -2)},\n  "results": [`;
  let separator = '\n';
  for (const part of nodeParts(run)) {
    yield `${separator}    ${JSON.stringify(part, null, 2).replaceAll('\n', '\n    ')}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}
