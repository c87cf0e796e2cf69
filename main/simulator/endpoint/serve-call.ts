import { status, type Metadata } from '@grpc/grpc-js';
import { assertNever } from '../../lib/assert-never.ts';
import type { AnyMethod } from '../../talos/load-proto.ts';
import { methodOf } from '../../talos/methods.ts';
import type { AnswerContext, AnyAnswer } from './answer.ts';
import type { CallRecord } from './calls-log.ts';
import type { VirtualCluster } from '../cluster/cluster.ts';
import {
  brokenStream,
  noRouteToHost,
  notAuthorized,
  Refusal,
  unknownMethod,
  unknownNode,
  unknownService,
} from './errors.ts';
import { untilOver, waitOn, wakeOn } from './call-waiting.ts';
import { makeHostile, withSpecs } from '../faults/hostile.ts';
import { reach } from './reach-node.ts';
import { effectiveRoles, mayCall } from './roles.ts';
import { route } from './routing.ts';
import { isServiceKnown } from '../node/service-versions.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/** The endpoint as a call sees it. */
export interface ServingEndpoint {
  readonly node: VirtualNode;
  /** Milliseconds each call waits before anything happens. */
  readonly latencyMs: number;
  readonly maintenance: boolean;
  /** Notes a call on the endpoint's own connection to another node; the returned function says it ended. */
  carry(breakCall: (refusal: Refusal) => void): () => void;
}

/** One call on its way through the simulator, without the shape of its grpc-js object. */
export interface IncomingCall {
  readonly method: AnyMethod;
  readonly metadata: Metadata;
  /** Organization values of the client's certificate. */
  readonly certificateRoles: readonly string[];
  readonly request: Buffer;
  /** Of a client that streams, as they come. */
  readonly messages: AsyncIterable<Buffer>;
  readonly record: CallRecord;
  /** Ends the call from here: its reason is the Refusal, or null when the client cancelled. */
  readonly abort: AbortController;
  /** Sends one message; resolves when there is room for the next. */
  send(message: Buffer): Promise<void>;
}

const header = (metadata: Metadata, name: string): readonly string[] => metadata.get(name).map(String);

/** Which node serves the call. Throws what apid answers otherwise. */
function findNode(call: IncomingCall, endpoint: ServingEndpoint, cluster: VirtualCluster): VirtualNode {
  const self = endpoint.node;
  const decision = route(
    {
      path: call.method.path,
      node: header(call.metadata, 'node'),
      nodes: header(call.metadata, 'nodes'),
      proxyFrom: header(call.metadata, 'proxyfrom'),
    },
    {
      routing: !endpoint.maintenance,
      forwards: self.role === 'controlplane',
      isSelf: (target) => cluster.find(target) === self,
    },
  );
  switch (decision.kind) {
    case 'local':
      return self;
    case 'node': {
      const node = cluster.find(decision.target);
      if (node !== undefined) return node;
      throw /^[\d.]+$/.test(decision.target) ? noRouteToHost(decision.target) : unknownNode();
    }
    case 'fan-out':
      throw new Refusal(status.UNIMPLEMENTED, 'the simulator does not merge the replies of several nodes');
    default:
      return assertNever(decision);
  }
}

function findAnswer(call: IncomingCall, node: VirtualNode, answers: ReadonlyMap<string, AnyAnswer>): AnyAnswer {
  const [, service = '', name = ''] = call.method.path.split('/');
  if (!isServiceKnown(service, node.version)) throw unknownService(service);
  const answer = answers.get(call.method.path);
  if (answer === undefined) throw unknownMethod(name, service);
  return answer;
}

/** Turns a reply into bytes, spoilt if the node is hostile. */
function encode(call: IncomingCall, node: VirtualNode, reply: unknown): Buffer {
  if (node.fault?.kind === 'hostile') return makeHostile(call.method, reply as object, node.fault.with);
  return call.method.responseSerialize(reply as object);
}

/** A node that fell silent while a call ran never answers it. */
async function staySilent(node: VirtualNode, signal: AbortSignal): Promise<void> {
  if (node.fault?.kind === 'black-hole' || node.fault?.kind === 'frozen')
    await untilOver(signal, new Promise<never>(() => undefined));
}

async function* messagesOf({ messages, method }: IncomingCall): AsyncGenerator<object, void, undefined> {
  for await (const bytes of messages) yield method.requestDeserialize(bytes);
}

async function answerCall(
  call: IncomingCall,
  answer: AnyAnswer,
  context: AnswerContext,
  forwarded: boolean,
): Promise<void> {
  const { node, signal } = context;
  if (answer.kind === 'upload') {
    const reply = await untilOver(signal, answer.run(messagesOf(call), context));
    if (forwarded) await staySilent(node, signal);
    await call.send(encode(call, node, reply));
    return;
  }
  const request = call.method.requestDeserialize(call.request);
  if (answer.kind === 'unary') {
    const reply = await untilOver(signal, answer.run(request, context));
    if (forwarded) await staySilent(node, signal);
    const [first] = withSpecs(node.fault, reply);
    await call.send(encode(call, node, first));
    return;
  }
  let sent = 0;
  for await (const reply of answer.run(request, context)) {
    if (node.fault?.kind === 'reset-mid-stream' && sent >= node.fault.afterMessages) throw brokenStream();
    if (forwarded) await staySilent(node, signal);
    for (const one of withSpecs(node.fault, reply)) await untilOver(signal, call.send(encode(call, node, one)));
    sent += 1;
  }
}

/**
 * Serves one call from its headers to its last message, as apid and machined do: route, reach the node, check the role
 * there, answer. Throws the Refusal that ends it, or the reason of `call.abort`.
 */
export async function serveCall(
  call: IncomingCall,
  endpoint: ServingEndpoint,
  cluster: VirtualCluster,
  answers: ReadonlyMap<string, AnyAnswer>,
): Promise<void> {
  const { signal } = call.abort;
  const wait = (delayMs: number): Promise<void> => waitOn(cluster.clock, signal, delayMs);
  if (endpoint.latencyMs > 0) await wait(endpoint.latencyMs);

  const node = findNode(call, endpoint, cluster);
  const forwarded = node !== endpoint.node;
  if (forwarded) await reach(node, cluster.clock, wait);
  call.record.servedBy = node.name;
  if (methodOf(call.method.path)?.safety !== 'read') call.record.request = call.request;
  const breakCall = (refusal: Refusal): void => call.abort.abort(refusal);
  const carriers = forwarded ? [node.carry(breakCall), endpoint.carry(breakCall)] : [];
  try {
    const roles = endpoint.maintenance
      ? ['os:reader']
      : effectiveRoles(call.certificateRoles, header(call.metadata, 'talos-role'));
    const context: AnswerContext = {
      cluster,
      node,
      roles,
      signal,
      wait,
      wakeOn: (subscribe) => wakeOn(signal, subscribe),
      nowMs: () => cluster.clock.now() + node.clockSkewMs,
    };
    const fault = node.fault;
    if (fault?.kind === 'slow') await wait(fault.latencyMs);
    if (!mayCall(call.method.path, roles, endpoint.maintenance)) throw notAuthorized();
    if (fault?.kind === 'error') {
      const name = call.method.path.split('/')[2] ?? '';
      if (fault.methods?.includes(name) ?? true) throw new Refusal(fault.code, fault.text);
    }
    await answerCall(call, findAnswer(call, node, answers), context, forwarded);
  } finally {
    for (const release of carriers) release();
  }
}
