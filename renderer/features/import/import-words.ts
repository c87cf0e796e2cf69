import type { ImportClass, ImportPlan, ImportRow, ImportStep } from '../../../preload/contract/index.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { formatDate, plural } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';

/** How a class of incoming context is called and drawn. */
export interface ClassWords {
  readonly word: string;
  /** A shape, so that the class does not hang on its colour. */
  readonly sign: string;
  readonly tone: 'info' | 'ok' | 'muted' | 'warn' | 'bad';
}

const WORDS: Readonly<Record<ImportClass, ClassWords>> = {
  'name-taken': { word: 'Name taken', sign: '▲', tone: 'warn' },
  'same-cluster-other-role': { word: 'Other role', sign: '◇', tone: 'info' },
  renewed: { word: 'Renewed', sign: '↑', tone: 'ok' },
  new: { word: 'New', sign: '+', tone: 'info' },
  'same-cluster': { word: 'Same cluster', sign: '≈', tone: 'muted' },
  identical: { word: 'Identical', sign: '=', tone: 'muted' },
  broken: { word: 'Broken', sign: '✕', tone: 'bad' },
};

/** The order in which rows are shown: what needs a decision first. */
export const CLASS_ORDER = Object.keys(WORDS) as readonly ImportClass[];

export function classWords(kind: ImportClass): ClassWords {
  return WORDS[kind];
}

/** One sentence: what was found out about an incoming context. */
export function classReason(row: ImportRow): string {
  const { incoming, existing } = row;
  const other = quoted(existing?.name ?? incoming.name);
  switch (row.class) {
    case 'new':
      return 'Nothing in the file belongs to this cluster, and the name is free.';
    case 'identical':
      return existing === undefined
        ? 'Another incoming context has the same content.'
        : existing.name === incoming.name
          ? 'The file has exactly this context already.'
          : `The file has the same content under the name ${other}.`;
    case 'renewed':
      return existing?.certificate && incoming.certificate
        ? `The same cluster and roles as ${other}, with a certificate until ${formatDate(incoming.certificate.notAfterMs)} instead of ${formatDate(existing.certificate.notAfterMs)}. Only certificate and key are replaced; endpoints and nodes stay.`
        : `The same cluster and roles as ${other}, with a newer certificate. Endpoints and nodes stay.`;
    case 'same-cluster':
      return `The same cluster and roles as ${other}, whose certificate lasts at least as long.`;
    case 'same-cluster-other-role':
      return `The same cluster as ${other}, with other roles.`;
    case 'name-taken':
      return `${quoted(incoming.name)} in the file belongs to another cluster.`;
    case 'broken':
      return incoming.broken ?? 'It cannot be used.';
    default:
      return assertNever(row.class);
  }
}

/** What a step of the plan does, in a few words. */
export function stepWords(step: ImportStep): string {
  const name = step.name === undefined ? '' : quoted(step.name);
  switch (step.action) {
    case 'add':
      return `is added as ${name}`;
    case 'overwrite':
      return step.onlyCredentials ? `replaces certificate and key of ${name}` : `replaces ${name} whole`;
    case 'skip':
      return 'is left out';
    default:
      return assertNever(step.action);
  }
}

/** How many contexts a plan writes. */
export function writtenCount(plan: ImportPlan): number {
  return plan.steps.filter(({ action }) => action !== 'skip').length;
}

/** `Adds 2 contexts, replaces 1, leaves out 3.` */
export function planWords(plan: ImportPlan): string {
  const count = (action: ImportStep['action']): number => plan.steps.filter((step) => step.action === action).length;
  const parts = [
    ...(count('add') > 0 ? [`adds ${plural(count('add'), 'context')}`] : []),
    ...(count('overwrite') > 0 ? [`replaces ${plural(count('overwrite'), 'context')}`] : []),
    ...(count('skip') > 0 ? [`leaves out ${plural(count('skip'), 'context')}`] : []),
  ];
  const text = parts.join(', ');
  return text === '' ? 'Changes nothing.' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export const quoted = (name: string): string => `“${showUnseen(name)}”`;
