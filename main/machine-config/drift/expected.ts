import type { ExpectedDifference } from '../../../preload/contract/index.ts';
import { isV1Alpha1 } from '../documents/config-document.ts';
import { plainText } from '../documents/scalars.ts';
import { fieldPath, type ConfigField } from './config-fields.ts';

const ADDRESSES: ReadonlySet<string> = new Set(['addresses', 'address', 'cidr', 'ip', 'routerID', 'routeSource']);
const HARDWARE: ReadonlySet<string> = new Set([
  ...['hardwareAddr', 'deviceSelector', 'deviceSelectors', 'clientIdentifier', 'duidRaw', 'duidv6'],
]);
const KEYS: ReadonlySet<string> = new Set(['privateKey', 'uniqueToken']);

/** What each machine has of its own; undefined for what all should have the same. Types of machines are known only beside each other. */
export function expectedIn(field: ConfigField): ExpectedDifference | undefined {
  const { kind, steps } = field;
  const path = fieldPath(field);
  const isOld = isV1Alpha1({ kind });
  const names = steps.filter((step) => typeof step === 'string');
  const last = names.at(-1) ?? '';
  // That a document is there at all is of no machine's own.
  if (steps.length === 0) return undefined;
  if (isOld ? path === 'machine.network.hostname' : kind.kind === 'HostnameConfig') return 'host names';
  if (kind.kind === 'LinkAliasConfig') return 'hardware';
  const isLink = isOld ? names[1] === 'network' && names[2] === 'interfaces' : NETWORK.test(kind.root);
  if (isLink && ADDRESSES.has(last)) return 'addresses';
  if (isLink && names.some((name) => HARDWARE.has(name))) return 'hardware';
  if (path === 'machine.install.disk' || path.startsWith('machine.install.diskSelector')) return 'hardware';
  if (kind.kind === 'UnattendedInstallConfig' && path.startsWith('provisioning.diskSelector')) return 'hardware';
  if (KEYS.has(isLink ? last : path) && (isLink || field.hidden === 'secret')) return 'keys and tokens';
  return path === 'machine.type' ? 'machine types' : undefined;
}

/** Kinds that are about links of the machine itself. */
const NETWORK =
  /^network\.(?:Bond|Bridge|BGPInstance|DHCPv4|DHCPv6|DummyLink|Link|Veth|VLAN|VRF|Wireguard)ConfigV1Alpha1$/;

/** True for a field of a link that is found by its hardware: another machine has none of it, and has another one in its place. */
export const isOfOwnLink = ({ steps }: ConfigField): boolean =>
  steps.some((step) => typeof step !== 'string' && HARDWARE.has(step.key));

/** `controlplane` or `worker`. */
export function machineTypeOf(fields: ReadonlyMap<string, ConfigField>): string {
  for (const { steps, value } of fields.values())
    if (steps.length === 2 && steps[0] === 'machine' && steps[1] === 'type')
      return plainText(value) === 'init' ? 'controlplane' : (plainText(value) ?? '');
  return '';
}

/** Labels and taints by which Kubernetes tells control planes. */
const MARKS: ReadonlySet<string> = new Set([
  'node-role.kubernetes.io/control-plane',
  'node.kubernetes.io/exclude-from-external-load-balancers',
]);

/** True for a part of a config that control planes have and workers do not. */
export const isOfControlPlanes = ({ kind, steps }: ConfigField): boolean =>
  kind.controlPlaneOnly ||
  steps.some((step) => typeof step === 'string' && MARKS.has(step)) ||
  kind.kind === 'KubeAPIServerCAConfig' ||
  (isV1Alpha1({ kind }) && (steps[0] === 'cluster' || (steps[0] === 'machine' && steps[1] === 'ca')));
