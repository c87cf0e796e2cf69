import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../../../main/operations/deeds/saved/read-plan.ts';
import { planText } from '../../../../../main/operations/deeds/saved/write-plan.ts';
import type { PlanFile } from '../../../../../main/operations/deeds/saved/plan-file.ts';
import { Failed } from '../../../../../main/lib/failed.ts';

const PLAN: PlanFile = {
  minosPlan: 1,
  made: { at: '2026-11-29T23:10:00.000Z', by: '0.1.0' },
  cluster: { context: 'prod: fra #1', authorities: ['ab'.repeat(32)] },
  deed: 'reboot',
  says: 'Reboot 2 machines',
  params: { mode: 'default', drain: true, workers: '1' },
  machines: [
    { node: '10.0.0.2', name: 'cp-2', uuid: '4c4c4544-0035', identity: 'x', version: 'v1.13.9', saw: 'running' },
    { node: '10.0.0.1', name: 'cp-1' },
  ],
  effects: ['etcd: 3 of 3 members answer now: “- quoted”.', 'true'],
  talosctl: "talosctl --context 'prod: fra #1' -n 10.0.0.2,10.0.0.1 reboot --drain",
};

const refusal = (text: string): string => {
  try {
    readPlan(text, 'x.minos-plan.yaml');
  } catch (error) {
    if (error instanceof Failed && error.failure.code === 'file-invalid') return error.failure.message;
    throw error;
  }
  return 'it was read';
};
const changed = (from: string | RegExp, to: string): string => planText(PLAN).replace(from, to);

describe('the file of a plan', () => {
  it('reads as it was written, whatever its texts look like', () => {
    expect(readPlan(planText(PLAN), 'x')).toEqual(PLAN);
    const loses = [{ node: '10.0.0.1', name: '/dev/sdb1', what: 'xfs “EPHEMERAL”, 12.0 GB' }];
    expect(readPlan(planText({ ...PLAN, loses }), 'x')).toEqual({ ...PLAN, loses });
    // JSON is YAML.
    expect(readPlan(JSON.stringify(PLAN), 'x')).toEqual(PLAN);
  });

  it('is refused with name and line for a field that nobody knows', () => {
    expect(refusal(changed('deed: reboot', 'deed: reboot\nconfirmed: true'))).toMatch(
      /^Line \d+: Minos does not know “confirmed” here\.$/,
    );
    expect(refusal(changed('    name: cp-1', '    name: cp-1\n    token: abc'))).toMatch(
      /^Line \d+: Minos does not know “token” here\.$/,
    );
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(refusal(changed('deed: reboot', `deed: reboot\n${name}: 1`))).toMatch(
        new RegExp(`^Line \\d+: Minos does not know “${name}” here\\.$`),
      );
    }
  });

  it('is refused for what is missing, twice there, of another kind, too long, or an alias', () => {
    expect(refusal(changed('deed: reboot\n', ''))).toMatch(/“deed” is missing/);
    expect(refusal(changed('deed: reboot', 'deed: reboot\ndeed: reset'))).toMatch(/“deed” stands here twice/);
    expect(refusal(changed('deed: reboot', 'deed: [reboot]'))).toMatch(/“deed” is not what it must be/);
    expect(refusal(changed('deed: reboot', `deed: ${'x'.repeat(65)}`))).toMatch(/“deed” is not what it must be/);
    expect(refusal(changed('deed: reboot', 'deed: &a reboot').replace('name: cp-1', 'name: *a'))).toMatch(/An alias/);
    expect(refusal(changed('abab', 'ABAB'))).toMatch(/“0” is not what it must be/);
    expect(refusal(`${planText(PLAN)}---\nmore: 1\n`)).toMatch(/A second document/);
  });

  it('of a newer form says so before it stumbles over what is new in it', () => {
    expect(refusal(changed('minosPlan: 1', 'minosPlan: 2\nnewer: x'))).toMatch(
      /in form 2, and this Minos reads form 1/,
    );
  });

  it('is told apart from other files', () => {
    const none = 'x.minos-plan.yaml is no plan that Minos saved.';
    expect(refusal('context: x\ncontexts: {}\n')).toBe(none);
    expect(refusal('')).toBe(none);
    expect(refusal('- 1')).toBe(none);
  });
});
