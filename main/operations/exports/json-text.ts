import type { ExportedRun } from './exported-run.ts';
import { visibleJson } from '../../lib/visible.ts';
import { nodeParts, runHead } from './run-document.ts';

/** The run as one JSON document, in pieces: nodes are never all in memory as text twice. Unseen signs are escapes. */
export function* jsonText(run: ExportedRun): Generator<string> {
  const head = visibleJson(JSON.stringify(runHead(run), null, 2));
  yield `${head.slice(0, -2)},\n  "results": [`;
  let separator = '\n';
  for (const part of nodeParts(run)) {
    yield `${separator}    ${visibleJson(JSON.stringify(part, null, 2)).replaceAll('\n', '\n    ')}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}
