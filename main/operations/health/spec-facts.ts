import type { Diagnostic, KubernetesNode, UnmetCondition } from '../../../preload/contract/index.ts';
import { CORDONED_BY } from '../../kubernetes/drain/objects.ts';
import { visible } from '../../lib/visible.ts';

/** Stage and readiness as a node says them (MachineStatus). */
export interface MachineStatusFacts {
  readonly stage: string;
  readonly isReady: boolean;
  readonly unmetConditions: readonly UnmetCondition[];
}

/** Most of one kind that are kept of a node. */
export const MOST_OF_A_NODE = 20;
const MOST_DETAILS = 10;
const LONGEST = 500;

/** A text of a node on one line, of bounded length, without signs that act. */
export function shortLine(value: unknown, longest = LONGEST): string {
  if (typeof value !== 'string') return '';
  const cut = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return visible(cut.replaceAll(/\s+/g, ' ').trim());
}

/** Since when: by the node's own word, unless its clock is ahead and names what has not come; then since it was first seen. */
export const sinceOf = (toldMs: number, known: { readonly sinceMs: number } | undefined, nowMs: number): number =>
  toldMs > 0 && toldMs <= nowMs ? toldMs : (known?.sinceMs ?? nowMs);

type Spec = Readonly<Record<string, unknown>>;

const isSpec = (value: unknown): value is Spec => value !== null && typeof value === 'object' && !Array.isArray(value);
const isTrue = (value: unknown): boolean => value === true || value === 'true';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** MachineStatus; undefined for what Talos does not write. */
export function machineStatusOf(spec: unknown): MachineStatusFacts | undefined {
  if (!isSpec(spec) || typeof spec['stage'] !== 'string') return undefined;
  const status = isSpec(spec['status']) ? spec['status'] : {};
  const unmetConditions = listOf(status['unmetConditions'])
    .filter(isSpec)
    .slice(0, MOST_OF_A_NODE)
    .map(({ name, reason }): UnmetCondition => ({ name: shortLine(name, 100), reason: shortLine(reason) }));
  return { stage: shortLine(spec['stage'], 40), isReady: isTrue(status['ready']), unmetConditions };
}

/** A Diagnostic; undefined for what Talos does not write. */
export function diagnosticOf(id: string, spec: unknown, sinceMs: number): Diagnostic | undefined {
  if (!isSpec(spec)) return undefined;
  const details = listOf(spec['details']).slice(0, MOST_DETAILS);
  return {
    id: shortLine(id, 100),
    message: shortLine(spec['message']),
    details: details.map((line) => shortLine(line)),
    sinceMs,
  };
}

/** NodeStatus of Kubernetes; undefined for what Talos does not write. */
export function kubernetesNodeOf(spec: unknown, atMs: number): KubernetesNode | undefined {
  if (!isSpec(spec)) return undefined;
  const name = shortLine(spec['nodename'], 253);
  const cordonedByMinosMs = markedMs(spec['annotations']);
  return {
    ...{ name, isReady: isTrue(spec['nodeReady']), isSchedulable: !isTrue(spec['unschedulable']), atMs },
    ...(cordonedByMinosMs !== undefined && { cordonedByMinosMs }),
  };
}

/** When a node was marked as cordoned for a deed. */
function markedMs(annotations: unknown): number | undefined {
  if (!isSpec(annotations)) return undefined;
  const atMs = Date.parse(shortLine(annotations[CORDONED_BY], 60).split(' ')[0] ?? '');
  return Number.isFinite(atMs) ? atMs : undefined;
}

/** Whether a static pod is ready (StaticPodStatus). */
export function isPodReady(spec: unknown): boolean {
  if (!isSpec(spec)) return false;
  return listOf(spec['conditions'])
    .filter(isSpec)
    .some(({ type, status }) => type === 'Ready' && (status === 'True' || isTrue(status)));
}

/** The version in an image such as `ghcr.io/siderolabs/kubelet:v1.34.2`; undefined when it has no tag. */
export function imageVersion(spec: unknown): string | undefined {
  if (!isSpec(spec) || typeof spec['image'] !== 'string') return undefined;
  return /:(v[\w.+-]{1,60})(?:@|$)/.exec(spec['image'])?.[1];
}

/** Value of a MetaKey; empty for none. */
export const metaValueOf = (spec: unknown): string => (isSpec(spec) ? shortLine(spec['value'], 253) : '');
