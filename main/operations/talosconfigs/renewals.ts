import {
  validityOf,
  type CertificateFacts,
  type NodesState,
  type RenewalPlan,
} from '../../../preload/contract/index.ts';
import type { CredentialFields, TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import { judgeClosedIssue } from '../../credentials/closed-credentials.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import type { Caller } from '../clusters/caller.ts';
import { askNext } from '../clusters/control-planes/ask-next.ts';
import { controlPlaneCandidates } from '../clusters/control-planes/candidates.ts';
import type { Plans } from '../plans/plans.ts';
import type { ReadContext } from './context-reading.ts';
import type { FileChanges } from './file-changes.ts';
import type { OpenFile } from './open-file.ts';

const HOUR_MS = 3_600_000;
/** Per machine; the next one is asked then. */
const DEADLINE_MS = 10_000;
const METHOD = '/machine.MachineService/GenerateClientConfiguration';
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

/** Key material fresh from the cluster, base64 as a talosconfig holds it, judged. */
export interface IssuedCredentials {
  readonly credentials: Required<CredentialFields>;
  readonly certificate: CertificateFacts;
  readonly node: string;
  /** The whole talosconfig the cluster made; not judged. */
  readonly talosconfig: Secret;
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
  async issue(id: string, roles: readonly string[], hours: number, signal: AbortSignal): Promise<IssuedCredentials> {
    const { clock, context } = this.#options;
    const { summary, raw } = context(id);
    const answer = await this.#ask(id, roles, hours, signal);
    const judged = judgeClosedIssue(answer.credentials, { roles, hours, context: raw }, clock.now());
    if ('differs' in judged) throw notAsAsked(summary.name, answer.node, judged.differs);
    return { ...answer, certificate: judged.certificate };
  }

  async #ask(
    id: string,
    roles: readonly string[],
    hours: number,
    signal: AbortSignal,
  ): Promise<Omit<IssuedCredentials, 'certificate'>> {
    const connection = this.#options.connection(id);
    const request = { roles: [...roles], crt_ttl: { seconds: String(hours * (HOUR_MS / 1000)), nanos: 0 } };
    const { value } = await askNext({
      connection,
      method: METHOD,
      candidates: controlPlaneCandidates(this.#options.nodes(id)),
      signal,
      ask: async (node) => {
        const options = { ...(node !== undefined && { node }), deadlineMs: DEADLINE_MS, signal };
        const { value: reply, endpoint } = await connection.unary(METHOD, request, options);
        const [message] = reply.messages;
        if (message === undefined) throw new Failed({ code: 'invalid', message: 'The cluster sent no certificate.' });
        return { message, by: node ?? endpoint };
      },
    });
    const { message, by } = value;
    const base64 = (bytes: Uint8Array): Secret => new Secret(Buffer.from(bytes).toString('base64'));
    return {
      node: by,
      credentials: { ca: base64(message.ca), crt: base64(message.crt), key: base64(message.key) },
      talosconfig: new Secret(Buffer.from(message.talosconfig).toString('utf8')),
    };
  }
}

/** Also used for what comes beside the certificate: the talosconfig a cluster makes. */
export const notAsAsked = (context: string, node: string, differs: string): Failed =>
  new Failed({
    code: 'invalid',
    message: `What ${node} issued for ${context} is not what was asked for: ${differs}.`,
    hint: 'Nothing was written, and the certificate in use stays. If the cluster’s authority was replaced, get a new talosconfig from its owner; else find out who answers at this address.',
    where: { context, node },
  });

const expired = (name: string): Failed =>
  new Failed({
    code: 'credentials',
    message: `The certificate of ${name} has expired, so the cluster no longer accepts it and it cannot be renewed with it.`,
    hint: 'Make a new talosconfig from the cluster’s secrets (talosctl gen config --with-secrets secrets.yaml), or ask someone whose certificate still works to issue one.',
  });

const nothingToRenew = (name: string): Failed =>
  new Failed({ code: 'precondition', message: `The context ${name} has no client certificate to renew.` });
