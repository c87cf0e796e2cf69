import { createTwoFilesPatch } from 'diff';
import { isMap, parseAllDocuments, type Document } from 'yaml';
import { machineConfigText } from '../cluster/machine-config-text.ts';
import { unary, type AnswerEntry } from '../endpoint/answer.ts';
import { invalidArgument, notAuthorized, notImplemented } from '../endpoint/errors.ts';
import type { AppliedAs } from '../node/config-store.ts';
import type { MachineType } from '../node/node-facts.ts';

const DIRECT = 'Applied configuration without a reboot';

const TEXTS: Readonly<Record<AppliedAs, string>> = {
  AUTO: DIRECT,
  NO_REBOOT: DIRECT,
  STAGED: 'Staged configuration to be applied after the next reboot',
  TRY: DIRECT,
};

/** What a machine is told of its config: a new one, or with `dry_run` only what that would change. */
export const machineConfigAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/ApplyConfiguration', (request, { node, cluster, roles }) => {
    // For os:reader it is open in maintenance mode alone.
    if (!roles.includes('os:admin')) throw notAuthorized();
    const { mode } = request;
    if (mode === 'REBOOT')
      throw notImplemented('the REBOOT mode is not supported, please use AUTO or NO_REBOOT modes instead');
    const text = request.data.toString('utf8');
    refuseInvalid(text, node.role);
    const details = TEXTS[mode];
    // The mode that is answered is the one it came to.
    const answered = mode === 'AUTO' ? 'NO_REBOOT' : mode;
    if (request.dry_run) {
      const diff = unifiedDiff(machineConfigText(node, cluster), text);
      const summary = `Dry run summary:\n${details} (skipped in dry-run).\nConfig diff:\n\n${diff}`;
      return { messages: [{ mode: answered, mode_details: summary }] };
    }
    const { seconds = '60', nanos = 0 } = request.try_mode_timeout ?? {};
    const tryMs = Number(seconds) * 1000 + nanos / 1_000_000;
    node.machine.configs.apply(text, mode, tryMs);
    const reverts = `The config is applied in 'try' mode and will be automatically reverted back in ${goDuration(tryMs)}`;
    return { messages: [{ mode: answered, mode_details: mode === 'TRY' ? `${details}\n${reverts}` : details }] };
  }),
];

/** The rules of Talos that the tests meet, in its words (SPEC-2 F1, F7, F8). */
function refuseInvalid(text: string, role: MachineType): void {
  const parsed = parseAllDocuments(text);
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const [broken] = documents.flatMap(({ errors }) => errors);
  // The words behind the colon are those of another decoder than Talos's.
  if (broken) throw invalidArgument(`decode error: ${broken.message.split('\n')[0] ?? ''}`);
  const old = documents.find(({ contents }) => isMap(contents) && !contents.has('kind'));
  if (!old)
    throw invalidArgument(
      "the applied machine configuration doesn't contain v1alpha1 config, did you mean to patch the machine config instead?",
    );
  const errors = [
    ...(old.has('machine') ? [] : ['machine instructions are required']),
    ...(old.has('cluster') ? [] : ['cluster instructions are required']),
    ...(role === 'worker' && old.hasIn(['cluster', 'etcd'])
      ? ['etcd config is only allowed on control plane machines']
      : []),
  ];
  if (errors.length > 0) throw invalidArgument(multiError([`v1alpha1.Config: ${multiError(errors)}`]));
}

/** As go-multierror prints. */
const multiError = (errors: readonly string[]): string =>
  `${errors.length === 1 ? '1 error occurred:' : `${errors.length} errors occurred:`}\n${errors.map((error) => `\t* ${error}\n`).join('')}\n`;

/** Both without their comments, as Talos compares them. */
function unifiedDiff(before: string, after: string): string {
  const bare = (text: string): string =>
    text
      .split('\n')
      .filter((line) => !/^\s*#/.test(line))
      .join('\n');
  const [from, to] = [bare(before), bare(after)];
  if (from === to) return 'No changes.';
  return createTwoFilesPatch('a', 'b', from, to, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
}

/** `1m0s`, `400ms`. */
function goDuration(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const [hours, minutes, rest] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms % 60_000) / 1000];
  return `${hours > 0 ? `${hours}h` : ''}${ms >= 60_000 ? `${minutes}m` : ''}${rest}s`;
}
