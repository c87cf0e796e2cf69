import { isMap, type Node, type Pair } from 'yaml';
import { Failed } from '../../lib/failed.ts';
import { redactText } from '../../lib/redact.ts';
import { scalarText } from '../../yaml/yaml-document.ts';
import { isV1Alpha1, type ConfigDocument } from '../documents/config-document.ts';
import { documentsToShow, loadConfig, refuseConflicts } from '../documents/load.ts';
import { findSecrets } from '../secrets/find-secrets.ts';
import { Masker } from '../secrets/mask.ts';
import { failedWithoutSecrets } from '../secrets/without-secrets.ts';
import { clusterParts, machineResources } from './cluster-rules.ts';
import { KIND_RULES } from './kind-rules.ts';
import { booleanIn, isIn, textIn } from './looked-at.ts';
import { isControlPlane, machineFeatures, machineParts, machineType } from './machine-rules.ts';
import { oldFields } from './old-fields.ts';
import { refuse, type ConfigRule, type RuntimeMode, type RuleVerdict } from './rule.ts';

/** What Talos would say of one document, or of the config as a whole. */
export interface ConfigFinding {
  /** `info`: nothing is wrong with it. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Word by word as Talos says it; an `info` is ours. */
  readonly text: string;
  /** `v1alpha1.Config`, `LinkConfig/eth0`; undefined for what is about several documents. */
  readonly document: string | undefined;
  /** 1-based, of what it is about or the nearest that is written. */
  readonly line: number | undefined;
}

const V1ALPHA1_RULES: readonly ConfigRule[] = [
  machineParts,
  clusterParts,
  machineType,
  machineResources,
  machineFeatures,
];

/**
 * Judges a machine config by the rules of Talos that need no machine (SPEC-2 F8), in the order in which it does. `isStrict`: warnings
 * about the v1alpha1 document are errors, as with `--strict`. With a version of Talos (empty: not known), fields that have a newer form are told
 * as well. Throws Failed `file-invalid` for what cannot be loaded.
 */
export function validateConfig(
  text: string,
  mode: RuntimeMode,
  isStrict: boolean,
  version?: string,
): readonly ConfigFinding[] {
  const { documents } = loadConfig(text);
  refuseConflicts(documents);
  return [
    ...documents.flatMap((document) => findingsOf(document, mode, isStrict)),
    ...acrossDocuments(documents, mode).map(({ text: said }) => ({
      ...({ severity: 'error', text: said, document: undefined, line: undefined } as const),
    })),
    ...(version === undefined ? [] : olderFindings(documents, version)),
  ];
}

function olderFindings(documents: readonly ConfigDocument[], version: string): readonly ConfigFinding[] {
  const old = documents.find(isV1Alpha1);
  if (old === undefined) return [];
  return oldFields(documents, version).map(({ path, text }) => ({
    ...({ severity: 'info', text, document: V1ALPHA1_TITLE } as const),
    line: lineOf(old, path),
  }));
}

const V1ALPHA1_TITLE = 'v1alpha1.Config';

/**
 * The same, said without the secrets of the config: rules quote values, and a secret may stand a second time where they do. Throws as
 * {@link validateConfig}.
 */
export function checkConfig(
  text: string,
  ...how: [mode: RuntimeMode, isStrict: boolean, version?: string]
): readonly ConfigFinding[] {
  try {
    const findings = validateConfig(text, ...how);
    const masker = new Masker();
    masker.learn(documentsToShow(text).flatMap(findSecrets));
    const hide = masker.quoter();
    return findings.map((one) => ({ ...one, text: hide(one.text), document: one.document && hide(one.document) }));
  } catch (error) {
    throw error instanceof Failed ? failedWithoutSecrets(error, text) : error;
  }
}

function findingsOf(document: ConfigDocument, mode: RuntimeMode, isStrict: boolean): readonly ConfigFinding[] {
  const isOld = isV1Alpha1(document);
  return verdictsOn(document, mode).map(({ text, isWarning, path }) => ({
    severity: isWarning && !(isOld && isStrict) ? 'warning' : 'error',
    // What is wrong is quoted, and may be an address that signs in.
    text: redactText(isWarning && isOld && isStrict ? `warning: ${text}` : text),
    document: isOld ? V1ALPHA1_TITLE : [document.kind.kind, ...(document.name ? [document.name] : [])].join('/'),
    line: lineOf(document, path),
  }));
}

function verdictsOn({ plain, kind }: ConfigDocument, mode: RuntimeMode): readonly RuleVerdict[] {
  const rule = KIND_RULES[kind.kind];
  if (rule) return rule(plain);
  if (kind.apiVersion !== '') return [];
  if (!isIn(plain, 'machine')) return refuse(true, 'machine instructions are required');
  return V1ALPHA1_RULES.flatMap((one) => one(plain, mode));
}

function acrossDocuments(documents: readonly ConfigDocument[], mode: RuntimeMode): readonly RuleVerdict[] {
  const old = documents.find(isV1Alpha1)?.plain;
  const of = (kind: string): ConfigDocument['plain'] | undefined =>
    documents.find((one) => one.kind.kind === kind)?.plain;
  const type = textIn(old, 'machine.type');
  const onlyControlPlanes = documents.filter(({ kind }) => kind.controlPlaneOnly).map(({ kind }) => kind.kind);
  const dns = (name: string): boolean =>
    booleanIn(of('ResolverConfig'), `hostDNS.${name}`) ?? booleanIn(old, `machine.features.hostDNS.${name}`) ?? false;
  const hasDns = isIn(of('ResolverConfig'), 'hostDNS') || isIn(old, 'machine.features.hostDNS');
  const hasIdentity = (path: string, field: string): boolean =>
    textIn(old, path) !== '' || textIn(of('DiscoveryIdentityConfig'), field) !== '';
  const needs = (what: string): string =>
    `cluster ${what} or DiscoveryIdentityConfig) should be set when cluster discovery (DiscoveryServiceConfig) is enabled`;
  return [
    ...(mode === 'container'
      ? hasDns
        ? [
            ...refuse(!dns('enabled'), 'hostDNS must be enabled in container mode'),
            ...refuse(!dns('forwardKubeDNSToHost'), 'forwardKubeDNSToHost must be enabled in container mode'),
          ]
        : refuse(true, 'hostDNS config is required in container mode')
      : []),
    ...(of('DiscoveryServiceConfig')
      ? [
          ...refuse(!hasIdentity('cluster.id', 'clusterID'), needs('ID (.cluster.id')),
          ...refuse(!hasIdentity('cluster.secret', 'clusterSecret'), needs('secret (.cluster.secret')),
        ]
      : []),
    ...refuse(
      old !== undefined && !isControlPlane(type) && onlyControlPlanes.length > 0,
      `the following document kinds are only allowed on control plane machines: [${[...new Set(onlyControlPlanes)].join(' ')}]`,
    ),
    ...refuse(
      (booleanIn(of('KubeSpanConfig'), 'enabled') ?? booleanIn(old, 'machine.network.kubespan.enabled') ?? false) &&
        !of('DiscoveryServiceConfig') &&
        booleanIn(old, 'cluster.discovery.enabled') !== true,
      'KubeSpan requires cluster discovery to be enabled',
    ),
  ];
}

/** The line of a path, or of the nearest part of it that is written. */
function lineOf({ yaml, line }: ConfigDocument, path: string | undefined): number {
  let node: unknown = yaml.root;
  let found = line;
  for (const name of path?.split('.') ?? []) {
    if (!isMap(node)) break;
    const pair = (node.items as Pair<Node | null, Node | null>[]).find(({ key }) => scalarText(key) === name);
    if (!pair?.key?.range) break;
    found = yaml.positionOf(pair.key.range[0]).line;
    node = pair.value;
  }
  return found;
}
