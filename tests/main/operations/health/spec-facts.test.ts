import { describe, expect, it } from 'vitest';
import {
  diagnosticOf,
  imageVersion,
  isPodReady,
  kubernetesNodeOf,
  machineStatusOf,
  metaValueOf,
  shortLine,
  sinceOf,
} from '../../../../main/operations/health/spec-facts.ts';

/* Specs as the reader of texts gives them: every scalar is its text. */

describe('what the specs of a node say', () => {
  it.each([
    [
      { stage: 'running', status: { ready: 'true', unmetConditions: [] } },
      { stage: 'running', isReady: true, unmetConditions: [] },
    ],
    [
      {
        stage: 'booting',
        status: { ready: 'false', unmetConditions: [{ name: 'services', reason: 'etcd not\nhealthy' }] },
      },
      { stage: 'booting', isReady: false, unmetConditions: [{ name: 'services', reason: 'etcd not healthy' }] },
    ],
    [{ stage: 'upgrading' }, { stage: 'upgrading', isReady: false, unmetConditions: [] }],
    [{ status: { ready: 'true' } }, undefined],
    ['running', undefined],
  ])('MachineStatus %o', (spec, expected) => {
    expect(machineStatusOf(spec)).toEqual(expected);
  });

  it('a node that names hundreds of conditions is heard for twenty', () => {
    const unmetConditions = Array.from({ length: 300 }, (_each, index) => ({ name: `c${index}`, reason: 'r' }));
    expect(machineStatusOf({ stage: 'running', status: { unmetConditions } })?.unmetConditions).toHaveLength(20);
  });

  it.each([
    [
      { nodename: 'worker-01', nodeReady: 'true', unschedulable: 'false' },
      { name: 'worker-01', isReady: true, isSchedulable: true, atMs: 3 },
    ],
    [
      { nodename: 'worker-01', nodeReady: 'false', unschedulable: 'true' },
      { name: 'worker-01', isReady: false, isSchedulable: false, atMs: 3 },
    ],
    [{ nodename: 'worker-01' }, { name: 'worker-01', isReady: false, isSchedulable: true, atMs: 3 }],
    [
      {
        nodename: 'w',
        unschedulable: 'true',
        annotations: { 'minos.dev/cordoned-by': '2026-11-29T18:00:00.000Z deed' },
      },
      { name: 'w', isReady: false, isSchedulable: false, cordonedByMinosMs: Date.UTC(2026, 10, 29, 18), atMs: 3 },
    ],
    [
      { nodename: 'w', annotations: { 'minos.dev/cordoned-by': 'yesterday' } },
      { name: 'w', isReady: false, isSchedulable: true, atMs: 3 },
    ],
    [null, undefined],
  ])('NodeStatus of Kubernetes %o', (spec, expected) => {
    expect(kubernetesNodeOf(spec, 3)).toEqual(expected);
  });

  it.each([
    [{ conditions: [{ type: 'Ready', status: 'True' }] }, true],
    [
      {
        conditions: [
          { type: 'Initialized', status: 'True' },
          { type: 'Ready', status: 'False' },
        ],
      },
      false,
    ],
    [{ conditions: [] }, false],
    [undefined, false],
  ])('StaticPodStatus %o: ready is %s', (spec, isReady) => {
    expect(isPodReady(spec)).toBe(isReady);
  });

  it.each([
    ['ghcr.io/siderolabs/kubelet:v1.34.2', 'v1.34.2'],
    ['ghcr.io/siderolabs/kubelet:v1.35.0-rc.1@sha256:aa', 'v1.35.0-rc.1'],
    ['registry:5000/kubelet', undefined],
    ['kubelet:latest', undefined],
  ])('the image %s is of version %s', (image, version) => {
    expect(imageVersion({ image })).toBe(version);
  });

  it('a Diagnostic in bounds, without signs that act', () => {
    const details = Array.from({ length: 30 }, (_each, index) => `line ${index}`);
    const told = diagnosticOf('address-overlap', { message: 'host and\u202e pods overlap', details }, 9);
    expect(told).toMatchObject({ id: 'address-overlap', sinceMs: 9 });
    expect(told?.message).not.toContain('\u202e');
    expect(told?.details).toHaveLength(10);
    expect(diagnosticOf('x', 'no spec', 9)).toBeUndefined();
    expect(shortLine('a'.repeat(600))).toHaveLength(501);
  });

  it('a MetaKey', () => {
    expect(metaValueOf({ value: 'ghcr.io/siderolabs/installer:v1.14.0' })).toBe('ghcr.io/siderolabs/installer:v1.14.0');
    expect(metaValueOf(undefined)).toBe('');
  });
});

describe('since when', () => {
  it.each([
    ['the node says so', 1_000, undefined, 1_000],
    ['its clock is ahead, and it is known', 9_000, { sinceMs: 4_000 }, 4_000],
    ['its clock is ahead, and it is new', 9_000, undefined, 5_000],
    ['it says nothing', Number.NaN, undefined, 5_000],
    ['it says the beginning of time', 0, { sinceMs: 4_500 }, 4_500],
  ])('%s', (_about, toldMs, known, expected) => {
    expect(sinceOf(toldMs, known, 5_000)).toBe(expected);
  });
});
