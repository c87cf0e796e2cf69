import { platform } from 'node:os';
import type { SimulatedEndpoint } from '../endpoint/endpoint.ts';
import type { Addressing, SimulatorOptions } from '../options.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

/** How often a common port is looked for before giving up: each try takes a port that is free on the first address. */
const PORT_TRIES = 20;

/** The address `offset` places after `base`; `127.0.0.2` and 3 make `127.0.0.5`. */
function addressAfter(base: string, offset: number): string {
  const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

type Make = (node: VirtualNode, address: string) => SimulatedEndpoint;

/** Starts all endpoints or none: with an address each they share one port. */
async function tryPort(
  nodes: readonly VirtualNode[],
  base: string,
  addressing: Addressing,
  firstPort: number,
  make: Make,
): Promise<readonly SimulatedEndpoint[]> {
  const started: SimulatedEndpoint[] = [];
  try {
    for (const [index, node] of nodes.entries()) {
      const address = addressing === 'address-each' ? addressAfter(base, index) : base;
      const sharedPort = started[0]?.port ?? firstPort;
      const ownPort = firstPort === 0 ? 0 : firstPort + index;
      const endpoint = make(node, address);
      started.push(endpoint);
      await endpoint.start(addressing === 'address-each' ? sharedPort : ownPort);
    }
    return started;
  } catch (error) {
    await Promise.all(started.map((endpoint) => endpoint.close()));
    throw error;
  }
}

/** Starts one endpoint per node on loopback. Rejects when the port asked for is taken. */
export async function listenOnLoopback(
  nodes: readonly VirtualNode[],
  options: SimulatorOptions,
  make: Make,
): Promise<readonly SimulatedEndpoint[]> {
  const addressing = options.addressing ?? (platform() === 'linux' ? 'address-each' : 'port-each');
  const base = addressing === 'address-each' ? (options.baseAddress ?? '127.0.0.2') : '127.0.0.1';
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryPort(nodes, base, addressing, options.port ?? 0, make);
    } catch (error) {
      if (options.port !== undefined || !isPortTaken(error) || attempt === PORT_TRIES) throw error;
    }
  }
}
