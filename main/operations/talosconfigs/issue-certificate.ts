import type { CertificateFacts, NodesState } from '../../../preload/contract/index.ts';
import { judgeClosedIssue } from '../../credentials/closed-credentials.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import type { CredentialFields } from '../../talosconfig/talosconfig-edit.ts';
import type { Caller } from '../clusters/caller.ts';
import { askNext } from '../clusters/control-planes/ask-next.ts';
import { controlPlaneCandidates } from '../clusters/control-planes/candidates.ts';
import type { ReadContext } from './context-reading.ts';

const HOUR_S = 3_600;
/** Per machine; the next one is asked then. */
const DEADLINE_MS = 10_000;
const METHOD = '/machine.MachineService/GenerateClientConfiguration';

/** Key material fresh from the cluster, base64 as a talosconfig holds it, judged. */
export interface IssuedCredentials {
  readonly credentials: Required<CredentialFields>;
  readonly certificate: CertificateFacts;
  readonly node: string;
  /** The whole talosconfig the cluster made; not judged. */
  readonly talosconfig: Secret;
}

/** What a certificate is asked for by. */
export interface CertificateWish {
  readonly connection: Caller;
  readonly context: Pick<ReadContext, 'raw' | 'summary'>;
  readonly roles: readonly string[];
  readonly hours: number;
  /** The machines as discovery knows them; may be none. */
  readonly nodes: Pick<NodesState, 'nodes'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * Asks control planes, one after another, for a client certificate with these roles (GenerateClientConfiguration,
 * docs/talos-behaviour.md §5.10). Throws what calls throw, and Failed `invalid` when what one sends is not what was asked for.
 */
export async function issueCertificate(wish: CertificateWish): Promise<IssuedCredentials> {
  const { roles, hours, now } = wish;
  const { summary, raw } = wish.context;
  const answer = await asked(wish);
  const judged = judgeClosedIssue(answer.credentials, { roles, hours, context: raw }, now());
  if ('differs' in judged) throw notAsAsked(summary.name, answer.node, judged.differs);
  return { ...answer, certificate: judged.certificate };
}

async function asked({
  connection,
  roles,
  hours,
  nodes,
  signal,
}: CertificateWish): Promise<Omit<IssuedCredentials, 'certificate'>> {
  const request = { roles: [...roles], crt_ttl: { seconds: String(hours * HOUR_S), nanos: 0 } };
  const { value } = await askNext({
    connection,
    method: METHOD,
    candidates: controlPlaneCandidates(nodes),
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

/** Also used for what comes beside the certificate: the talosconfig a cluster makes. */
export const notAsAsked = (context: string, node: string, differs: string): Failed =>
  new Failed({
    code: 'invalid',
    message: `What ${node} issued for ${context} is not what was asked for: ${differs}.`,
    hint: 'Nothing was written, and the certificate in use stays. If the cluster’s authority was replaced, get a new talosconfig from its owner; else find out who answers at this address.',
    where: { context, node },
  });
