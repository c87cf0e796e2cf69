import { expect, it } from 'vitest';
import {
  fieldsAt,
  helpAt,
  helpWords,
  typeWords,
} from '../../../../renderer/features/machine-config/editor/field-help.ts';
import { placeAt } from '../../../../renderer/features/machine-config/editor/yaml-place.ts';
import { configHelp } from '../../../../main/machine-config/schema/config-help.ts';

const TEXT = `version: v1alpha1
machine:
    type: wor
    network:
        interfaces:
        - interface: eth0
          addresses:
            - 10.0.0.1/24
          dhcp: tr
          vla
    sys
---
apiVersion: v1alpha1
kind: LinkConfig
name: eth1
add
`.split('\n');

const textOf = (line: number): string | undefined => TEXT[line - 1];
const at = (line: number) => placeAt(textOf, line, (textOf(line) ?? '').length);

it('finds where a key or a value stands while it is typed, in lists and in later documents', () => {
  expect(at(3)).toEqual({ kind: 'v1alpha1', path: ['machine'], key: 'type', isValue: true });
  expect(at(6)).toMatchObject({ path: ['machine', 'network', 'interfaces', '[]'], key: 'interface', isValue: true });
  expect(at(9)).toMatchObject({ path: ['machine', 'network', 'interfaces', '[]'], key: 'dhcp', isValue: true });
  expect(at(10)).toMatchObject({ path: ['machine', 'network', 'interfaces', '[]'], key: 'vla', isValue: false });
  expect(at(11)).toMatchObject({ path: ['machine'], key: 'sys', isValue: false });
  expect(at(16)).toEqual({ kind: 'LinkConfig', path: [], key: 'add', isValue: false });
});

it('knows what may stand there, of the schema of Talos', () => {
  const help = configHelp();
  const names = (line: number): readonly string[] => Object.keys(fieldsAt(help, at(line)!) ?? {});
  expect(names(10)).toContain('vlans');
  expect(names(11)).toContain('sysctls');
  expect(names(16)).toContain('addresses');
  const field = helpAt(help, placeAt(textOf, 9, 12)!);
  expect(field && typeWords(field)).toBe('bool');
  const interfaces = helpAt(help, placeAt(textOf, 5, 12)!);
  expect(interfaces && helpWords(interfaces)).toMatch(/^Links and what they have\..*LinkConfig/);
  expect(helpWords({ type: 'bool' })).toBe('');
});
