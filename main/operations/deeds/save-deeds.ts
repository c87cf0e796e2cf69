import type { CallInput, DeedRecord } from '../../../preload/contract/index.ts';
import { csvPiece, ROWS_PER_PIECE } from '../work/sinks/csv-text.ts';

const HEADERS = [
  ...[
    'DEED',
    'BEGUN',
    'CONTEXT',
    'FILE',
    'CERTIFICATE SHA-256',
    'MACHINE',
    'NODE',
    'OUTCOME',
    'AT',
    'WORDS',
    'TALOSCTL',
  ],
];

/** Deeds as text in pieces, with the outcome of each machine; what is not over says so. They hold no key material and no written value. */
export async function* deedsText(
  deeds: readonly DeedRecord[],
  format: CallInput<'deeds.save'>['format'],
): AsyncGenerator<string> {
  if (format === 'csv') yield csvPiece([HEADERS]);
  for (let at = 0; at < deeds.length; at += ROWS_PER_PIECE) {
    const some = deeds.slice(at, at + ROWS_PER_PIECE);
    yield format === 'csv'
      ? csvPiece(some.flatMap(csvLines))
      : some.map((deed) => `${JSON.stringify(deed)}\n`).join('');
  }
}

const moment = (atMs: number): string => new Date(atMs).toISOString();

function csvLines({ deed, atMs, context, file, certificate, talosctl, steps }: DeedRecord): readonly string[][] {
  return steps.map((step) => [
    ...[deed, moment(atMs), context, file, certificate ?? '', step.name, step.node],
    ...[step.stage, moment(step.atMs), step.text ?? '', talosctl],
  ]);
}
