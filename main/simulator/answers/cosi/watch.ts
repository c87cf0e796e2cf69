import { status } from '@grpc/grpc-js';
import type { ServedReply, ServedRequest } from '../../../talos/method-types.ts';
import type { AnswerContext } from '../../endpoint/answer.ts';
import { untilOver } from '../../endpoint/call-waiting.ts';
import { failedPrecondition, Refusal } from '../../endpoint/errors.ts';
import { JOURNAL_KEPT, type NodeState } from '../../resources/node-state.ts';
import type { SimulatedType } from '../../resources/resource-type.ts';
import { changeEvent, resourceMessage, tombstone } from './messages.ts';

type WatchRequest = ServedRequest<'/cosi.resource.State/Watch'>;
type WatchReply = ServedReply<'/cosi.resource.State/Watch'>;
type WatchEvent = NonNullable<WatchReply['event']>[number];

/** Bytes may come as text of another encoding by the loader's types; here they are always a Buffer. */
const asBytes = (value: unknown): Uint8Array | null => (value instanceof Uint8Array && value.length > 0 ? value : null);

/** The position after which a watch goes on. */
function startOf(request: WatchRequest, type: SimulatedType, state: NodeState): number {
  const from = asBytes(request.options?.start_from_bookmark);
  if (from === null) return state.position(type);
  const position = state.positionOf(from);
  if (position === null || state.changesAfter(type, position) === null) {
    throw failedPrecondition('invalid watch bookmark');
  }
  return position;
}

/** What a watch tells before anything happens. None of it but the last event has a bookmark. */
function firstEvents(
  request: WatchRequest,
  type: SimulatedType,
  state: NodeState,
  wanted: (id: string) => boolean,
  nowMs: number,
): readonly WatchEvent[] {
  const { options } = request;
  if (asBytes(options?.start_from_bookmark) !== null) return [];
  if (request.id) {
    const resource = state.get(type, request.id);
    if (resource !== undefined) return [{ event_type: 'CREATED', resource: resourceMessage(resource) }];
    return [{ event_type: 'DESTROYED', resource: tombstone(type, request.id, nowMs) }];
  }
  const mark = (kind: 'BOOTSTRAPPED' | 'NOOP'): WatchEvent => ({
    event_type: kind,
    resource: tombstone(type, '', nowMs),
    bookmark: state.bookmark(state.position(type)),
  });
  const isNew = (request.api_version ?? 0) >= 1;
  const contents = state.list(type).filter((resource) => wanted(resource.draft.id));
  return [
    ...(options?.bootstrap_contents === true
      ? contents.map((resource): WatchEvent => ({ event_type: 'CREATED', resource: resourceMessage(resource) }))
      : []),
    ...(options?.bootstrap_contents === true && isNew ? [mark('BOOTSTRAPPED')] : []),
    ...(options?.bootstrap_bookmark === true ? [mark('NOOP')] : []),
  ];
}

/** Events one by one, or all in one message for a reader who asked for that. */
function messagesOf(request: WatchRequest, events: readonly WatchEvent[]): readonly WatchReply[] {
  if (events.length === 0) return [];
  return request.options?.aggregated === true ? [{ event: [...events] }] : events.map((event) => ({ event: [event] }));
}

/**
 * A watch of one type or one resource, from now or from a bookmark on, until the call ends. A reader so slow that the
 * journal has lost what comes next gets an ERRORED event, and nothing more.
 */
export async function* watch(
  request: WatchRequest,
  type: SimulatedType,
  state: NodeState,
  byRegexp: (id: string) => boolean,
  context: AnswerContext,
): AsyncGenerator<WatchReply> {
  if (request.id && request.options?.bootstrap_contents === true) {
    throw new Refusal(status.UNIMPLEMENTED, 'bootstrap contents is not implemented for resource watch');
  }
  const wanted = (id: string): boolean => (request.id ? id === request.id : byRegexp(id));
  let position = startOf(request, type, state);

  // The first message is empty and says that the watch stands.
  yield { event: [] };
  yield* messagesOf(request, firstEvents(request, type, state, wanted, context.nowMs()));

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
    if (changes === null) break;
    position = changes.at(-1)?.position ?? position;
    const events = changes
      .filter((change) => wanted(change.resource.draft.id))
      .map((change): WatchEvent => changeEvent(change, state.bookmark(change.position)));
    yield* messagesOf(request, events);
    await wake();
  }
  if ((request.api_version ?? 0) >= 1) yield { event: [overrun(type, state, position)] };
  await untilOver(context.signal, new Promise<never>(() => undefined));
}

function overrun(type: SimulatedType, state: NodeState, position: number): WatchEvent {
  const where = `namespace "${type.namespace}" type "${type.type}"`;
  const error = `buffer overrun: ${where}, write pos ${state.position(type)}, pos ${position}, capacity ${JOURNAL_KEPT}`;
  return { event_type: 'ERRORED', error };
}
