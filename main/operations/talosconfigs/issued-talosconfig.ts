import { differentField } from '../../credentials/closed-credentials.ts';
import { nameFlaw, printable } from '../../kubeconfig/handed-out-text.ts';
import type { RawContext } from '../../talosconfig/raw-context.ts';
import { contextContent, EMPTY_TALOSCONFIG, type TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import { notAsAsked, type IssuedCredentials } from './issue-certificate.ts';

/**
 * The talosconfig to save for issued credentials: one context, called as the cluster calls it, with these endpoints. It is
 * written anew; of the cluster's own text only the name is taken, and only when it holds nothing else than was issued.
 * Throws Failed `invalid` that says what differs.
 */
export async function issuedTalosconfig(
  issued: IssuedCredentials,
  place: { readonly context: string; readonly endpoints: readonly string[] },
  texts: Pick<TextWorkers, 'parse' | 'edit'>,
): Promise<string> {
  const { credentials, node, talosconfig } = issued;
  const { contexts, current } = await texts.parse(talosconfig);
  const [context] = contexts;
  const differs =
    contexts.length !== 1
      ? `the talosconfig in the answer has ${contexts.length} contexts instead of one`
      : context && contextDiffers(context, current, credentials);
  if (!context || differs !== undefined) throw notAsAsked(place.context, node, differs ?? 'it holds no context');
  const content = contextContent({ endpoints: place.endpoints, ...credentials });
  const edits: readonly TalosconfigEdit[] = [
    { kind: 'add', name: context.name, content },
    { kind: 'select', name: context.name },
  ];
  return texts.edit(EMPTY_TALOSCONFIG, edits);
}

function contextDiffers(
  context: RawContext,
  current: string,
  credentials: IssuedCredentials['credentials'],
): string | undefined {
  const flaw = nameFlaw(context.name);
  if (flaw !== undefined) return `the name of the context in the answer ${flaw}`;
  if (current !== context.name) return 'the current context in the answer is not the one it holds';
  const field = differentField(context, credentials);
  if (field !== undefined) return `${field} in the answer’s talosconfig is not the one beside it`;
  const extra = [
    ...(context.proxyUrl === undefined ? [] : ['proxy-url']),
    ...(context.cluster === undefined ? [] : ['cluster']),
    ...(context.auth.basic || context.auth.siderov1 ? ['auth'] : []),
    ...context.unknownFields,
  ];
  return extra[0] === undefined ? undefined : `the talosconfig in the answer has ${printable(extra[0])}`;
}
