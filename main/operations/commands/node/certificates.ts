import type { RunNote } from '../../../../preload/contract/index.ts';
import { Failed, isCancelled } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { TextReading } from '../../cluster-text/cluster-texts.ts';
import type { HeldCertificate } from '../../cluster-text/certificates.ts';
import { finite } from '../kit/cells.ts';
import type { AskOptions, PreparedCommand, Row, RowsCommand } from '../kit/definition.ts';

/** Types of resources that hold certificates, and what they are for. All of them hold keys as well. */
const TYPES = [
  ['ApiCertificates.secrets.talos.dev', 'Talos API'],
  ['TrustdCertificates.secrets.talos.dev', 'trustd'],
  ['OSRootSecrets.secrets.talos.dev', 'Talos authority'],
  ['EtcdSecrets.secrets.talos.dev', 'etcd'],
  ['EtcdRootSecrets.secrets.talos.dev', 'etcd authority'],
  ['KubernetesDynamicCerts.secrets.talos.dev', 'Kubernetes'],
  ['KubernetesSecrets.secrets.talos.dev', 'Kubernetes'],
  ['KubernetesRootSecrets.secrets.talos.dev', 'Kubernetes authority'],
  ['KubeletSecrets.secrets.talos.dev', 'kubelet'],
] as const;

interface Held extends HeldCertificate {
  readonly purpose: string;
}

interface Answer {
  readonly certificates: readonly Held[];
  /** When it was read, epoch milliseconds. */
  readonly atMs: number;
  /** Resources, or kinds of them, that are not among these. */
  readonly unread: number;
}

/** Resources of one type: Talos has one or a few. */
const MOST_RESOURCES = 64;

const DAY_MS = 86_400_000;
/** Less is worth saying. */
const NOTABLE_DAYS = 30;
const DAYS_COLUMN = 5;

function* rowsOf({ certificates, atMs }: Answer): Generator<Row> {
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
    ask: (node, options): Promise<Answer> => read(connection, node, options),
    // What `ask` resolved with.
    rows: (answer) => rowsOf(answer as Answer),
    notes: (answer) => {
      const { unread } = answer as Answer;
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

async function read(connection: Caller, node: string, options: AskOptions): Promise<Answer> {
  const reading = connection.texts.reading(options.signal);
  // Side by side: a slow node would be asked for as many times as there are types.
  const answers = await Promise.all(TYPES.map((type) => readType(connection, node, options, reading, type)));
  if (answers.every((answer) => answer === 'refused')) {
    throw new Failed({
      code: 'denied',
      message: `${node} tells of its certificates only to os:admin: the resources hold their keys as well.`,
      hint: 'Endpoints shows the certificate of each endpoint to everybody.',
      where: { node },
    });
  }
  const told = answers.filter((answer) => answer !== 'refused');
  const left = answers.length - told.length + told.filter(({ isCut }) => isCut).length;
  return { certificates: told.flatMap(({ held }) => held), atMs: Date.now(), unread: reading.unread + left };
}

async function readType(
  connection: Caller,
  node: string,
  { deadlineMs, signal, onEndpoint }: AskOptions,
  reading: TextReading,
  [type, purpose]: (typeof TYPES)[number],
): Promise<{ readonly held: readonly Held[]; readonly isCut: boolean } | 'refused'> {
  const held: Held[] = [];
  let count = 0;
  try {
    const place = { namespace: 'secrets', type };
    const call = { node, deadlineMs, signal, ...(type === TYPES[0][0] && { onEndpoint }) };
    for await (const { resource } of connection.serverStream('/cosi.resource.State/List', place, call)) {
      if (count === MOST_RESOURCES) return { held, isCut: true };
      count += 1;
      const found = await reading.read('certificates', resource?.spec?.yaml_spec ?? '');
      held.push(...(found ?? []).map((one) => ({ ...one, purpose })));
    }
  } catch (error) {
    if (isCancelled(error)) throw error;
    const why = connection.explain(error, { node });
    if (why.code === 'denied') return 'refused';
    // An older Talos, or a worker, has not all of them.
    if (why.code !== 'not-found') throw error;
  }
  return { held, isCut: false };
}
