import type { DiffLine } from '../../components/diff-line.ts';

const RENEWAL = /^Renewed\b/;
const CREDENTIAL = /^\s*(crt|client-certificate-data)\s*:/;

/**
 * Would undoing this change put a certificate back that it replaced? By its difference where that is known: an import may
 * renew as well.
 */
export function bringsOldCertificate(what: string, diff: readonly DiffLine[] = []): boolean {
  const has = (kind: DiffLine['kind']): boolean =>
    diff.some((line) => line.kind === kind && CREDENTIAL.test(line.text));
  return RENEWAL.test(what) || (has('removed') && has('added'));
}

/** A difference the other way round: what undoing it changes. */
export function takenBack(diff: readonly DiffLine[]): readonly DiffLine[] {
  const other = { same: 'same', added: 'removed', removed: 'added' } as const;
  const turned = diff.map(({ kind, old, new: next, text }): DiffLine => ({
    kind: other[kind],
    ...(next === undefined ? {} : { old: next }),
    ...(old === undefined ? {} : { new: old }),
    text,
  }));
  // What goes stands before what comes, as in every difference.
  return runsOf(turned).flatMap((run) => [
    ...run.filter(({ kind }) => kind !== 'added'),
    ...run.filter(({ kind }) => kind === 'added'),
  ]);
}

/** Lines that change, and lines that stay, in turn. */
function runsOf(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const runs: DiffLine[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0] && (last[0].kind === 'same') === (line.kind === 'same')) last.push(line);
    else runs.push([line]);
  }
  return runs;
}
