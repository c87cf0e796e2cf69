import type { NodeRole } from '../../../preload/contract/index.ts';
import { yamlValue } from '../commands/resources/yaml-value.ts';

/** One member as discovery lists it (`Members.cluster.talos.dev`). */
export interface Member {
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly role: NodeRole;
  readonly os?: string;
  /** Addresses beyond the first ones, which are left out. */
  readonly moreAddresses?: number;
}

/** Longer names and addresses are none: DNS allows no more. */
const MAX_NAME_LENGTH = 253;
/** Machines have a handful. */
const MAX_ADDRESSES = 32;
const MAX_OS_LENGTH = 100;

/** Text of a member's spec to what Minos needs; undefined when it is not what Talos writes. */
export function readMember(id: string, yamlSpec: string): Member | undefined {
  const spec = yamlValue(yamlSpec, 'failsafe');
  if (spec === null || typeof spec !== 'object') return undefined;
  const { hostname, addresses, machineType, operatingSystem } = spec as Record<string, unknown>;
  const name = isName(hostname) ? hostname : id;
  if (name.length > MAX_NAME_LENGTH) return undefined;
  const role = machineType === 'controlplane' || machineType === 'worker' ? machineType : 'unknown';
  const all = Array.isArray(addresses) ? addresses.filter(isName) : [];
  const more = all.length - MAX_ADDRESSES;
  return {
    hostname: name,
    addresses: all.slice(0, MAX_ADDRESSES),
    role: machineType === 'init' ? 'controlplane' : role,
    ...(typeof operatingSystem === 'string' && { os: shortened(operatingSystem) }),
    ...(more > 0 && { moreAddresses: more }),
  };
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH;

const shortened = (text: string): string => (text.length > MAX_OS_LENGTH ? `${text.slice(0, MAX_OS_LENGTH)}…` : text);
