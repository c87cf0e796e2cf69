import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../main/simulator/endpoint/errors.ts';
import { route, type Route, type RouteRequest, type RoutingNode } from '../../../../main/simulator/endpoint/routing.ts';

const VERSION = '/machine.MachineService/Version';

const controlPlane: RoutingNode = { routing: true, forwards: true, isSelf: (target) => target === 'self' };
const worker: RoutingNode = { ...controlPlane, forwards: false };
const maintenance: RoutingNode = { ...controlPlane, routing: false };

function decide(call: Partial<RouteRequest>, endpoint = controlPlane): Route | string {
  try {
    return route({ path: VERSION, node: [], nodes: [], proxyFrom: [], ...call }, endpoint);
  } catch (error) {
    return error instanceof Refusal ? `${error.code} ${error.message}` : String(error);
  }
}

const LOCAL: Route = { kind: 'local' };

describe('the director of an endpoint', () => {
  const cases: readonly (readonly [string, Partial<RouteRequest>, RoutingNode, Route | string])[] = [
    ['sends two nodes to both', { nodes: ['a', 'b'] }, controlPlane, { kind: 'fan-out', targets: ['a', 'b'] }],
    ['sends nodes with one value to that one', { nodes: ['a'] }, controlPlane, { kind: 'fan-out', targets: ['a'] }],
    ['sends a node to that node', { node: ['a'] }, controlPlane, { kind: 'node', target: 'a' }],
    ['refuses two values of node', { node: ['a', 'b'] }, controlPlane, '3 node metadata must be single-valued'],
    ['refuses two values that came joined', { node: ['a, b'] }, controlPlane, '3 node metadata must be single-valued'],
    ['serves a call without headers itself', {}, controlPlane, LOCAL],
    ['serves a forwarded call itself', { node: ['a'], proxyFrom: ['cp-1'] }, controlPlane, LOCAL],
    ['lets nodes win over node', { node: ['a'], nodes: ['b'] }, controlPlane, { kind: 'fan-out', targets: ['b'] }],
    ['does not forward from a worker', { node: ['a'] }, worker, '7 no request forwarding'],
    ['does not fan out from a worker', { nodes: ['a'] }, worker, '7 no request forwarding'],
    ['serves a worker that is asked for itself', { node: ['self'] }, worker, LOCAL],
    ['serves a worker without headers', {}, worker, LOCAL],
    ['serves everything itself with routing off', { node: ['a'], nodes: ['b', 'c'] }, maintenance, LOCAL],
    ['refuses a port', { node: ['x:50000'] }, controlPlane, '13 invalid target "x:50000"'],
    ['refuses an empty node', { node: [''] }, controlPlane, '13 invalid target ""'],
    ['accepts an IPv6 address', { node: ['fd00::5'] }, controlPlane, { kind: 'node', target: 'fd00::5' }],
    [
      'refuses to merge replies of a newer service',
      { path: '/cosi.resource.State/List', nodes: ['a'] },
      controlPlane,
      '3 one-2-many proxying is not supported for method /cosi.resource.State/List',
    ],
  ];

  it.each(cases)('%s', (_title, call, endpoint, expected) => {
    expect(decide(call, endpoint)).toEqual(expected);
  });
});
