import { validityOf, type NodesState, type RenewalPlan } from '../../../preload/contract/index.ts';
import type { TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Plans } from '../plans/plans.ts';
import type { ReadContext } from './context-reading.ts';
import type { FileChanges } from './file-changes.ts';
import { issueCertificate, type IssuedCredentials } from './issue-certificate.ts';
import type { OpenFile } from './open-file.ts';

const DEFAULT_HOURS = 8760;

export interface RenewalsOptions {
  readonly changes: FileChanges;
  readonly plans: Plans;
  readonly texts: TextWorkers;
  readonly clock: Clock;
  readonly connection: (context: string) => Caller;
  readonly context: (id: string) => ReadContext;
  readonly file: (path: string) => OpenFile;
  /** The machines of a context as discovery knows them; may be empty. */
  readonly nodes: (context: string) => Pick<NodesState, 'nodes'>;
}

/** Certificates from the cluster (GenerateClientConfiguration, docs/talos-behaviour.md §5.10). */
export class Renewals {
  readonly #options: RenewalsOptions;

  constructor(options: RenewalsOptions) {
    this.#options = options;
  }

  /** A certificate with the same roles; shown before it is written. Failed `credentials` when the old one has expired. */
  async renew(id: string, signal: AbortSignal): Promise<RenewalPlan> {
    const { context, clock, changes, file, plans, texts } = this.#options;
    const { summary, raw } = context(id);
    const before = summary.certificate;
    if (before === undefined) throw nothingToRenew(summary.name);
    if (validityOf(before, clock.now()).state === 'ended') throw expired(summary.name);
    const issued = await this.issue(id, before.roles, DEFAULT_HOURS, signal);
    const { crt, key } = issued.credentials;
    const { certificate: after } = issued;
    const edits: readonly TalosconfigEdit[] = [{ kind: 'set-credentials', name: raw.name, credentials: { crt, key } }];
    const version = await changes.version(summary.file);
    const text = await texts.edit(version.text, edits, summary.file);
    const plan = changes.plan({
      file: () => file(summary.file),
      edits,
      what: `Renewed the certificate of ${summary.name}`,
      basedOn: version.sha256,
    });
    const diff = await texts.diff(version.text, text);
    return { ...plans.keep(plan), context: id, node: issued.node, before, after, diff };
  }

  /**
   * Asks control planes, one after another, for a client certificate with these roles. Failed `invalid` when what one
   * sends is not what was asked for.
   */
  issue(id: string, roles: readonly string[], hours: number, signal: AbortSignal): Promise<IssuedCredentials> {
    const { clock, connection, context, nodes } = this.#options;
    const wish = { roles, hours, signal, now: clock.now, nodes: nodes(id) };
    return issueCertificate({ ...wish, connection: connection(id), context: context(id) });
  }
}

const expired = (name: string): Failed =>
  new Failed({
    code: 'credentials',
    message: `The certificate of ${name} has expired, so the cluster no longer accepts it and it cannot be renewed with it.`,
    hint: 'Make a new talosconfig from the cluster’s secrets (talosctl gen config --with-secrets secrets.yaml), or ask someone whose certificate still works to issue one.',
  });

const nothingToRenew = (name: string): Failed =>
  new Failed({ code: 'precondition', message: `The context ${name} has no client certificate to renew.` });
