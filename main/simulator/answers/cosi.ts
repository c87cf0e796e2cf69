import { status } from '@grpc/grpc-js';
import { stream, unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { notAuthorized, permissionDenied, Refusal, resourceNotFound } from '../endpoint/errors.ts';
import { NAMESPACES } from '../resources/definitions/meta.ts';
import { NodeState } from '../resources/node-state.ts';
import { allResourceTypes } from '../resources/registry.ts';
import type { SimulatedType } from '../resources/resource-type.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { resourceMessage } from './cosi/messages.ts';
import { watch } from './cosi/watch.ts';

/** A filter of ids from `options.id_query.regexp`. */
function idFilter(regexp: string | undefined): (id: string) => boolean {
  if (regexp === undefined || regexp === '') return () => true;
  try {
    const pattern = new RegExp(regexp);
    return (id) => pattern.test(id);
  } catch {
    throw new Refusal(status.INVALID_ARGUMENT, `error parsing regexp: ${regexp}`);
  }
}

const refuseWrite = (): never => {
  throw permissionDenied('write access is not allowed');
};

/** The state of a node lasts as long as its boot. */
interface BootedState {
  readonly bootId: string;
  readonly state: NodeState;
}

/** The COSI state API: reading and watching, never writing. */
export function cosiAnswers(): readonly AnswerEntry[] {
  const types = allResourceTypes();
  const elsewhere = new Map<string, SimulatedType>();
  const states = new WeakMap<VirtualNode, BootedState>();

  function stateOf({ node, cluster }: AnswerContext): NodeState {
    const known = states.get(node);
    if (known?.bootId === node.bootId) return known.state;
    const state = new NodeState(node, cluster);
    states.set(node, { bootId: node.bootId, state });
    return state;
  }

  /** The type, for a namespace the node knows. A type lives in one namespace; in the others it has no resources. */
  function find(type: string, namespace: string, context: AnswerContext): SimulatedType {
    const found = types.get(type);
    if (found === undefined) throw permissionDenied(`resource type "${type}" is not supported`);
    if (found.sensitive && !context.roles.includes('os:admin')) throw notAuthorized();
    if (!Object.hasOwn(NAMESPACES, namespace)) throw permissionDenied(`namespace "${namespace}" is not supported`);
    if (found.namespace === namespace) return found;
    const key = `${namespace}/${type}`;
    const empty = elsewhere.get(key) ?? { ...found, namespace, drafts: () => [] };
    elsewhere.set(key, empty);
    return empty;
  }

  return [
    unary('/cosi.resource.State/Get', (request, context) => {
      const type = find(request.type, request.namespace, context);
      const resource = stateOf(context).get(type, request.id);
      if (resource === undefined) throw resourceNotFound(request.type, request.namespace, request.id);
      return { resource: resourceMessage(resource) };
    }),
    stream('/cosi.resource.State/List', async function* (request, context) {
      const type = find(request.type, request.namespace, context);
      const { node, cluster } = context;
      if (request.namespace === 'secrets')
        await cluster.certificates.keepFor(node.name, node.address, node.ills.etcdCertificateEndsMs);
      const wanted = idFilter(request.options?.id_query?.regexp);
      for (const resource of stateOf(context).list(type)) {
        if (wanted(resource.draft.id)) yield { resource: resourceMessage(resource) };
      }
    }),
    stream('/cosi.resource.State/Watch', (request, context) => {
      const type = find(request.type, request.namespace, context);
      return watch(request, type, stateOf(context), idFilter(request.options?.id_query?.regexp), context);
    }),
    unary('/cosi.resource.State/Create', refuseWrite),
    unary('/cosi.resource.State/Update', refuseWrite),
    unary('/cosi.resource.State/Destroy', refuseWrite),
    unary('/cosi.resource.State/Teardown', refuseWrite),
    unary('/cosi.resource.State/TeardownAndDestroy', refuseWrite),
  ];
}
