import { status } from '@grpc/grpc-js';
import type { ServedReply } from '../../talos/method-types.ts';
import { stream, unary, type AnswerContext, type AnswerEntry } from '../answer.ts';
import { failedPrecondition, notAuthorized, notFound, permissionDenied, Refusal } from '../errors.ts';
import { NodeState, type ResourceChange, type StoredResource } from '../resources/node-state.ts';
import { allResourceTypes } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { timestamp } from '../timestamp.ts';
import type { VirtualNode } from '../virtual-node.ts';

type WatchReply = ServedReply<'/cosi.resource.State/Watch'>;

const BOOKMARK_BYTES = 8;

function bookmark(position: number): Buffer {
  const bytes = Buffer.alloc(BOOKMARK_BYTES);
  bytes.writeBigUInt64BE(BigInt(position));
  return bytes;
}

function positionOf(bytes: Uint8Array): number {
  if (bytes.length !== BOOKMARK_BYTES) throw failedPrecondition('invalid watch bookmark');
  return Number(Buffer.from(bytes).readBigUInt64BE());
}

const message = (resource: StoredResource) => ({
  metadata: {
    namespace: resource.type.namespace,
    type: resource.type.type,
    id: resource.draft.id,
    version: String(resource.version),
    owner: resource.type.owner,
    phase: 'running',
    created: timestamp(resource.createdAtMs),
    updated: timestamp(resource.updatedAtMs),
    labels: resource.draft.labels ?? {},
    annotations: resource.draft.annotations ?? {},
  },
  spec: { yaml_spec: resource.yaml },
});

const event = (change: ResourceChange) => ({
  resource: message(change.resource),
  ...(change.kind === 'UPDATED' && change.old !== null ? { old: message(change.old) } : {}),
  event_type: change.kind,
  bookmark: bookmark(change.position),
});

/** Bytes may come as text of another encoding by the loader's types; here they are always a Buffer. */
const asBytes = (value: unknown): Uint8Array | null => (value instanceof Uint8Array && value.length > 0 ? value : null);

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

/** The COSI state API: reading and watching, never writing. */
export function cosiAnswers(): readonly AnswerEntry[] {
  const types = allResourceTypes();
  const states = new WeakMap<VirtualNode, NodeState>();

  function stateOf(context: AnswerContext): NodeState {
    const known = states.get(context.node);
    if (known !== undefined) return known;
    const state = new NodeState(context.node, context.cluster);
    states.set(context.node, state);
    return state;
  }

  function find(type: string, namespace: string, context: AnswerContext): ResourceType {
    const found = types.get(type);
    if (found === undefined) throw permissionDenied(`resource type "${type}" is not supported`);
    if (namespace !== found.namespace) throw permissionDenied(`namespace "${namespace}" is not supported`);
    if (found.sensitive === true && !context.roles.includes('os:admin')) throw notAuthorized();
    return found;
  }

  return [
    unary('/cosi.resource.State/Get', (request, context) => {
      const type = find(request.type, request.namespace, context);
      const resource = stateOf(context).get(type, request.id);
      if (resource === undefined) {
        throw notFound(`resource ${request.type}(${request.namespace}/${request.id}) doesn't exist`);
      }
      return { resource: message(resource) };
    }),
    stream('/cosi.resource.State/List', function* (request, context) {
      const type = find(request.type, request.namespace, context);
      const wanted = idFilter(request.options?.id_query?.regexp);
      for (const resource of stateOf(context).list(type)) {
        if (wanted(resource.draft.id)) yield { resource: message(resource) };
      }
    }),
    stream('/cosi.resource.State/Watch', async function* (request, context): AsyncGenerator<WatchReply> {
      const type = find(request.type, request.namespace, context);
      const state = stateOf(context);
      const byRegexp = idFilter(request.options?.id_query?.regexp);
      const wanted = (id: string): boolean => (request.id ? id === request.id : byRegexp(id));
      const from = asBytes(request.options?.start_from_bookmark);
      let position = from === null ? state.position(type) : positionOf(from);
      if (state.changesAfter(type, position) === null) throw failedPrecondition('invalid watch bookmark');

      // The first message is empty and says that the watch stands.
      yield { event: [] };
      const created = (resource: StoredResource): ResourceChange => ({
        position,
        kind: 'CREATED',
        resource,
        old: null,
      });
      if (request.id && from === null) {
        const resource = state.get(type, request.id);
        if (resource !== undefined) yield { event: [event(created(resource))] };
        else {
          const metadata = { namespace: type.namespace, type: type.type, id: request.id, version: 'undefined' };
          yield {
            event: [{ event_type: 'DESTROYED', resource: { metadata, spec: {} }, bookmark: bookmark(position) }],
          };
        }
      } else if (request.options?.bootstrap_contents === true && from === null) {
        const resources = state.list(type).filter((resource) => wanted(resource.draft.id));
        for (const resource of resources) yield { event: [event(created(resource))] };
        const metadata = { namespace: type.namespace, type: type.type };
        yield {
          event: [{ event_type: 'BOOTSTRAPPED', resource: { metadata, spec: {} }, bookmark: bookmark(position) }],
        };
      }

      // What nodes know of each other changes with each of them.
      const heard = type.namespace === 'cluster' ? context.cluster.nodes : [context.node];
      const wake = context.wakeOn((listener) => {
        const stops = heard.map((node) => node.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      });
      for (;;) {
        const changes = state.changesAfter(type, position);
        if (changes === null) throw failedPrecondition('watch buffer overrun');
        for (const change of changes) {
          position = change.position;
          if (wanted(change.resource.draft.id)) yield { event: [event(change)] };
        }
        await wake();
      }
    }),
    unary('/cosi.resource.State/Create', refuseWrite),
    unary('/cosi.resource.State/Update', refuseWrite),
    unary('/cosi.resource.State/Destroy', refuseWrite),
    unary('/cosi.resource.State/Teardown', refuseWrite),
    unary('/cosi.resource.State/TeardownAndDestroy', refuseWrite),
  ];
}
