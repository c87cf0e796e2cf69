import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeEdit } from '../../../main/machine-config/edit/judge-edit.ts';
import { loadConfig } from '../../../main/machine-config/documents/load.ts';
import { configHelp } from '../../../main/machine-config/schema/config-help.ts';
import { EXPLAINED } from '../../../main/machine-config/schema/explained/explained.ts';
import { fieldsOf, kindNamed } from '../../../main/machine-config/schema/schema.ts';
import { SUCCESSORS } from '../../../main/machine-config/schema/successors.ts';
import { oldFields } from '../../../main/machine-config/validate/old-fields.ts';
import { validateConfig } from '../../../main/machine-config/validate/validate.ts';

const FACTS = readFileSync(join(import.meta.dirname, 'config-schema.json'), 'utf8');
const all = Object.entries(EXPLAINED).flatMap(([type, fields]) =>
  Object.entries(fields).map(([field, words]) => ({ type, field, words })),
);

describe('what is said of fields', () => {
  it('is about fields that the schema has, in plain sentences of our own', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(new Set(all.map(({ words }) => words)).size).toBeGreaterThan(200);
    for (const { type, field, words } of all) {
      expect(fieldsOf(type).has(field), `${type}.${field}`).toBe(true);
      expect(words, `${type}.${field}`).toMatch(/^[A-Za-z0-9*].{2,228}\.$/);
      expect(FACTS.includes(words), `${type}.${field}`).toBe(false);
    }
  });

  it('reaches the page with what the field takes', () => {
    const { types } = configHelp();
    expect(types['v1alpha1.InstallConfig']?.['disk']?.about).toContain('wiped');
    expect(types['v1alpha1.NetworkConfig']?.['hostname']?.successors).toEqual(['HostnameConfig']);
    expect(types['v1alpha1.EtcdConfig']?.['subnet']?.successors).toBeUndefined();
    // A user volume would not find what is on partitions that were made by the old field.
    expect(types['v1alpha1.MachineConfig']?.['disks']).toMatchObject({ isDeprecated: true });
    expect(types['v1alpha1.MachineConfig']?.['disks']?.successors).toBeUndefined();
  });
});

describe('fields that have a newer form', () => {
  it('are deprecated in the schema, and their documents are in it', () => {
    for (const [place, { kinds, field }] of Object.entries(SUCCESSORS)) {
      const [type = '', name = ''] = place.split('.');
      expect(fieldsOf(`v1alpha1.${type}`).get(name)?.deprecated, place).toBe(true);
      if (field !== undefined) expect(fieldsOf(`v1alpha1.${type}`).has(field), place).toBe(true);
      for (const kind of kinds) expect(kindNamed(kind), `${place} ${kind}`).toBeDefined();
    }
  });

  const CONFIG = `version: v1alpha1
machine:
    type: worker
    ca: {crt: YQ==}
    network:
        hostname: a
        interfaces: []
    kubelet:
        image: ghcr.io/siderolabs/kubelet:v1.33.0
        clusterDNS: [10.96.0.10]
    sysctls: {}
cluster:
    etcd: {}
    allowSchedulingOnMasters: true
`;
  const paths = (version: string): readonly string[] =>
    oldFields(loadConfig(CONFIG).documents, version).map(({ path }) => path);

  it('are told where the Talos of the machine has that form, the topmost of a section, and not what holds nothing', () => {
    expect(paths('v1.11.3')).toEqual(['cluster.allowSchedulingOnMasters']);
    expect(paths('v1.13.0')).toEqual(['machine.network.hostname', 'cluster.allowSchedulingOnMasters']);
    const newest = ['machine.network.hostname', 'machine.kubelet', 'cluster.allowSchedulingOnMasters'];
    expect(paths('v1.14.0')).toEqual(newest);
    expect(paths('v2.0.0')).toEqual(newest);
    // Of a file nobody knows the version.
    expect(paths('')).toEqual(newest);
  });

  it('say since when and what, with their line, in a check and while a config is edited, and refuse nothing', () => {
    const hostname = {
      severity: 'info',
      text: 'machine.network.hostname is an old field that still works. With Talos 1.12 or newer a HostnameConfig document can take its place. Do not write both.',
      document: 'v1alpha1.Config',
      line: 6,
    };
    const found = validateConfig(CONFIG, 'metal', true, 'v1.13.0');
    expect(found.filter(({ severity }) => severity === 'info')).toEqual([
      hostname,
      {
        ...{ severity: 'info', document: 'v1alpha1.Config', line: 14 },
        text: 'cluster.allowSchedulingOnMasters is an old field: allowSchedulingOnControlPlanes took its place.',
      },
    ]);
    expect(validateConfig(CONFIG, 'metal', false).some(({ severity }) => severity === 'info')).toBe(false);
    const edited = judgeEdit(CONFIG, `# one line more\n${CONFIG}`, 'metal', 'v1.13.0');
    expect(edited).toContainEqual({ severity: 'info', message: hostname.text, line: 7 });
    expect(judgeEdit(CONFIG, CONFIG, 'metal').some(({ severity }) => severity === 'info')).toBe(false);
  });

  it('of which Talos warns itself are told once', () => {
    const config = CONFIG.replace('    sysctls: {}\n', '    baseRuntimeSpecOverrides: {process: {}}\n');
    const said = validateConfig(config, 'cloud', false, 'v1.14.0').filter(({ text }) =>
      text.includes('baseRuntimeSpec'),
    );
    expect(said.map(({ severity }) => severity)).toEqual(['warning']);
  });
});
