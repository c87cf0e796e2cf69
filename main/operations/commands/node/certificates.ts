import type { RunNote } from '../../../../preload/contract/index.ts';
import { readMachineCertificates, type MachineCertificates } from '../../certificates/read-certificates.ts';
import { finite } from '../kit/cells.ts';
import type { PreparedCommand, Row, RowsCommand } from '../kit/definition.ts';

const DAY_MS = 86_400_000;
/** Less is worth saying. */
const NOTABLE_DAYS = 30;
const DAYS_COLUMN = 5;

function* rowsOf({ certificates, atMs }: MachineCertificates): Generator<Row> {
  const sorted = [...certificates].sort((a, b) => a.notAfterMs - b.notAfterMs);
  for (const { purpose, place, subject, issuer, notBeforeMs, notAfterMs, isAuthority } of sorted) {
    const days = Math.floor((notAfterMs - atMs) / DAY_MS);
    yield [purpose, place, subject, finite(notBeforeMs), finite(notAfterMs), finite(days), issuer, isAuthority];
  }
}

/**
 * Certificates a node keeps, the first to end first. The resources hold their keys as well, so they are for os:admin; only the
 * certificates leave the reader of their text.
 */
export const certificates: RowsCommand = {
  shape: 'rows',
  id: 'certificates',
  title: 'Certificates',
  about:
    'Certificates each node keeps and when they end, the first to end first. Needs the role os:admin; no key is shown.',
  method: '/cosi.resource.State/List',
  syntax: { names: [], like: 'get apicertificates -o yaml' },
  params: [],
  columns: [
    { id: 'purpose', title: 'FOR', kind: 'text' },
    { id: 'place', title: 'CERTIFICATE', kind: 'text' },
    { id: 'subject', title: 'SUBJECT', kind: 'text' },
    { id: 'from', title: 'VALID FROM', kind: 'time' },
    { id: 'until', title: 'ENDS', kind: 'time' },
    { id: 'days', title: 'LEFT', kind: 'number', unit: 'days' },
    { id: 'issuer', title: 'ISSUER', kind: 'text', isExtra: true },
    { id: 'authority', title: 'AUTHORITY', kind: 'state', isExtra: true },
  ],
  hasDetail: false,

  prepare: async ({ connection }): Promise<PreparedCommand> => ({
    columns: certificates.columns,
    ask: (node, options): Promise<MachineCertificates> => readMachineCertificates(connection, node, options),
    // What `ask` resolved with.
    rows: (answer) => rowsOf(answer as MachineCertificates),
    notes: (answer) => {
      const { unread } = answer as MachineCertificates;
      return unread === 0 ? [] : [`Not all: ${unread} of the resources could not be read.`];
    },
  }),

  conclude: (answers): readonly RunNote[] => {
    const all = [...answers].flatMap(([node, rows]) =>
      rows.flatMap((row) => {
        const days = row[DAYS_COLUMN];
        return typeof days === 'number' ? [{ node, days, name: `${String(row[0])} ${String(row[1])}` }] : [];
      }),
    );
    // The Talos API renews its own each day: those that end tomorrow are as they should be.
    const ending = all.filter(({ days, name }) => days < NOTABLE_DAYS && !name.startsWith('Talos API'));
    const [first] = ending.sort((a, b) => a.days - b.days);
    if (first === undefined)
      return all.length === 0
        ? []
        : [{ severity: 'info', message: 'None of these ends within 30 days but those Talos renews each day.' }];
    const when = first.days < 0 ? 'has ended' : `ends in ${first.days === 1 ? '1 day' : `${first.days} days`}`;
    const nodes = [...new Set(ending.map(({ node }) => node))];
    return [
      {
        severity: 'warning',
        message: `The certificate of ${first.name.slice(0, 80)} on ${first.node} ${when}.`,
        nodes,
      },
    ];
  },
};
