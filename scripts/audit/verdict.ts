/** What `npm audit --json` left behind. */
export interface AuditRun {
  readonly stdout: string | null;
  /** Exit code: 0 without and 1 with vulnerabilities; null when it was ended. */
  readonly status: number | null;
  readonly error?: Error | undefined;
}

interface Report {
  readonly metadata?: {
    readonly vulnerabilities?: { readonly total?: unknown };
    readonly dependencies?: { readonly prod?: unknown };
  };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity?: unknown; readonly range?: unknown }>>;
  readonly message?: unknown;
  readonly error?: { readonly summary?: unknown };
}

/** Lines for the person at the terminal, and the exit code: 0 fine, 1 vulnerabilities, 2 nothing was audited. */
export function auditVerdict(
  run: AuditRun,
  mayBeMissing: boolean,
): { readonly lines: readonly string[]; readonly exitCode: 0 | 1 | 2 } {
  const report = reportOf(run.stdout ?? '');
  const total = report.metadata?.vulnerabilities?.total;
  const packages = report.metadata?.dependencies?.prod;
  if (typeof total === 'number' && total > 0) {
    const lines = Object.entries(report.vulnerabilities ?? {}).map(
      ([name, { severity, range }]) => `audit: ${name} ${String(range)}: ${String(severity)}`,
    );
    return { lines: [...lines, `audit: ${total} known vulnerabilities in what is shipped.`], exitCode: 1 };
  }
  if (total === 0 && run.status === 0 && typeof packages === 'number' && packages > 0) {
    return { lines: [`audit: no known vulnerability in what is shipped (${packages} packages).`], exitCode: 0 };
  }
  const told = [run.error?.message, report.error?.summary, report.message].find(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const missing = `audit: NOTHING WAS AUDITED: ${told ?? 'the registry gave no report'}.`;
  if (mayBeMissing) return { lines: [missing, 'audit: MINOS_NO_AUDIT=1 lets this pass here.'], exitCode: 0 };
  return { lines: [missing, 'audit: run it where the registry answers; MINOS_NO_AUDIT=1 lets it pass.'], exitCode: 2 };
}

function reportOf(stdout: string): Report {
  try {
    const value: unknown = JSON.parse(stdout);
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}
