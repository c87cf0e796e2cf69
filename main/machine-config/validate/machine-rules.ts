import { isPlainMap } from '../../yaml/plain-value.ts';
import { isNothing } from '../documents/scalars.ts';
import { booleanIn, isIn, listIn, mapIn, textIn, textsIn } from './looked-at.ts';
import { refuse, warn, type ConfigRule, type RuleVerdict } from './rule.ts';

const CONTROL_PLANES: ReadonlySet<string> = new Set(['init', 'controlplane']);
const WORKERS: ReadonlySet<string> = new Set(['worker', 'join', '']);

/** True for the words that mean a control plane. */
export const isControlPlane = (type: string): boolean => CONTROL_PLANES.has(type);

/** Deprecated parts, installation and host DNS. */
export const machineParts: ConfigRule = (config, mode) => [
  ...warn(
    listIn(config, 'machine.files').length > 0,
    '.machine.files is deprecated; use dedicated configuration documents instead',
    'machine.files',
  ),
  ...warn(
    mapIn(config, 'machine.baseRuntimeSpecOverrides').size > 0,
    '.machine.baseRuntimeSpecOverrides is deprecated; use a CRIBaseRuntimeSpecConfig document instead',
    'machine.baseRuntimeSpecOverrides',
  ),
  ...(mode === 'metal' && isIn(config, 'machine.install')
    ? [
        ...refuse(
          textIn(config, 'machine.install.disk') === '' && !isIn(config, 'machine.install.diskSelector'),
          'either install disk or diskSelector should be defined',
          'machine.install',
        ),
        ...refuse(
          listIn(config, 'machine.install.extraKernelArgs').length > 0 &&
            booleanIn(config, 'machine.install.grubUseUKICmdline') === true,
          "install.extraKernelArgs and install.grubUseUKICmdline can't be used together",
          'machine.install.extraKernelArgs',
        ),
      ]
    : []),
  ...refuse(
    booleanIn(config, 'machine.features.hostDNS.forwardKubeDNSToHost') === true &&
      booleanIn(config, 'machine.features.hostDNS.enabled') !== true,
    'feature hostDNS.forwardKubeDNSToHost requires hostDNS.enabled to be true (.machine.features.hostDNS)',
    'machine.features.hostDNS',
  ),
];

/** The type of the machine, and the authorities that it needs. */
export const machineType: ConfigRule = (config) => {
  const type = textIn(config, 'machine.type');
  const [crt, key] = [textIn(config, 'machine.ca.crt'), textIn(config, 'machine.ca.key')];
  const hasAccepted = listIn(config, 'machine.acceptedCAs').length > 0;
  return [
    ...warn(type === 'join' || type === '', `use "worker" instead of "${type}" for machine type`, 'machine.type'),
    ...refuse(
      crt === '' && !hasAccepted,
      'issuing CA or some accepted CAs are required (.machine.ca, machine.acceptedCAs)',
      'machine',
    ),
    ...(isControlPlane(type)
      ? [
          ...(crt === '' && key === ''
            ? refuse(true, 'issuing CA is required (.machine.ca)', 'machine')
            : refuse(key === '', 'issuing CA key is required for controlplane nodes (.machine.ca.key)', 'machine.ca')),
        ]
      : WORKERS.has(type)
        ? workerRules(config, { crt, key, hasAccepted })
        : refuse(true, `unknown machine type "${type}"`, 'machine.type')),
  ];
};

function workerRules(
  config: Parameters<ConfigRule>[0],
  { crt, key, hasAccepted }: { readonly crt: string; readonly key: string; readonly hasAccepted: boolean },
): readonly RuleVerdict[] {
  const hasVip = listIn(config, 'machine.network.interfaces').some(
    (one) => isIn(one, 'vip') || listIn(one, 'vlans').some((vlan) => isIn(vlan, 'vip')),
  );
  return [
    ...refuse(hasVip, 'virtual (shared) IP is not allowed on non-controlplane nodes', 'machine.network.interfaces'),
    ...refuse(
      key !== '',
      'issuing Talos API CA key is not allowed on non-controlplane nodes (.machine.ca)',
      'machine.ca',
    ),
    ...refuse(
      crt === '' && !hasAccepted,
      'trusted CA certificates are required on non-controlplane nodes (.machine.ca.crt, .machine.acceptedCAs)',
      'machine',
    ),
    ...refuse(
      textIn(config, 'cluster.ca.key') !== '',
      'issuing Kubernetes API CA key is not allowed on non-controlplane nodes (.cluster.ca)',
      'cluster.ca',
    ),
  ];
}

/** Extensions, access to the Talos API from Kubernetes, registries, persistence. */
export const machineFeatures: ConfigRule = (config) => {
  const images = listIn(config, 'machine.install.extensions').map((one) => textIn(one, 'image'));
  const repeated = images.filter((image, i) => images.indexOf(image) !== i);
  const access = 'machine.features.kubernetesTalosAPIAccess';
  const hasAccess = booleanIn(config, `${access}.enabled`) === true;
  const isNull = (part: 'config' | 'mirrors'): readonly RuleVerdict[] =>
    [...mapIn(config, `machine.registries.${part}`)].flatMap(([name, value]) =>
      refuse(isNothing(value) || !isPlainMap(value), `registries.${part}["${name}"] is null`, 'machine.registries'),
    );
  return [
    ...warn(
      images.length > 0,
      '.machine.install.extensions is deprecated, please see https://docs.siderolabs.com/talos/latest/platform-specific-installations/boot-assets',
      'machine.install.extensions',
    ),
    ...repeated.flatMap((image) => refuse(true, `duplicate system extension "${image}"`, 'machine.install.extensions')),
    ...refuse(
      hasAccess && !isControlPlane(textIn(config, 'machine.type')),
      'feature Kubernetes Talos API Access can only be enabled on control plane machines',
      access,
    ),
    ...(hasAccess ? textsIn(config, `${access}.allowedRoles`) : [])
      .filter((role) => !ROLES.has(role))
      .flatMap((role) =>
        refuse(true, `invalid role "${role}" in allowed roles for Kubernetes Talos API Access`, access),
      ),
    ...refuse(booleanIn(config, 'persist') === false, '.persist should be enabled', 'persist'),
    ...isNull('config'),
    ...isNull('mirrors'),
  ];
};

/** Roles that a certificate may have (docs/talos-behaviour.md). */
const ROLES: ReadonlySet<string> = new Set([
  'os:admin',
  'os:operator',
  'os:reader',
  'os:etcd:backup',
  'os:impersonator',
]);
