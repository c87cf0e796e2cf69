import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { wronglySigned } from './package-failures.ts';
import { isSubjectOf } from './publisher-name.ts';

/** Longest wait for Windows to look at a signature; it may ask who revoked it. */
const LIMIT_MS = 60_000;

/**
 * What Windows says of the signature of a file: `Status` 0 is valid. The path travels in a variable, so nothing of it is read as code, and
 * comes back, so that it is known what was looked at.
 */
const COMMAND = `
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
$found = Get-AuthenticodeSignature -LiteralPath $env:MINOS_PACKAGE
@{ status = [int]$found.Status; path = $found.Path; subject = $found.SignerCertificate.Subject } | ConvertTo-Json -Compress
`;

/** Runs PowerShell's own text on a path; resolves with what it printed. Rejects when it fails. */
export type RunPowerShell = (command: string, path: string) => Promise<string>;

/**
 * Throws Failed `untrusted` unless Windows says that a file is validly signed and the certificate has a name of the publisher. Where that cannot be
 * found out, for whatever reason, the file is not accepted.
 */
export async function expectSignedBy(
  publisher: readonly string[],
  path: string,
  run: RunPowerShell = powerShell,
): Promise<void> {
  const said = await run(COMMAND, path)
    .then(readAnswer)
    .catch(() => undefined);
  if (said?.path !== path) throw wronglySigned('Windows could not say who signed it');
  if (said.status !== 0) throw wronglySigned('Windows says that its signature is missing or not valid');
  if (!publisher.some((name) => isSubjectOf(name, said.subject))) {
    throw wronglySigned('somebody else signed it than the publisher of this Minos');
  }
}

interface Answer {
  readonly status: number;
  readonly path: string;
  readonly subject: string;
}

function readAnswer(text: string): Answer | undefined {
  const { status, path, subject } = JSON.parse(text) as { readonly [K in keyof Answer]?: unknown };
  if (typeof status !== 'number' || typeof path !== 'string') return undefined;
  return { status, path, subject: typeof subject === 'string' ? subject : '' };
}

/** The PowerShell of the system, by its full path: no folder of the user's is searched for it, and no module of theirs loaded. */
const powerShell: RunPowerShell = async (command, path) => {
  const { SystemRoot = String.raw`C:\Windows` } = process.env;
  const program = join(SystemRoot, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const env = { SystemRoot, MINOS_PACKAGE: path };
  const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', command];
  const limits = { timeout: LIMIT_MS, windowsHide: true, maxBuffer: 64 * 1024 };
  const { stdout } = await promisify(execFile)(program, args, { env, ...limits });
  return stdout;
};
