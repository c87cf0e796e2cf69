import { expect, it } from 'vitest';
import { changeConfig } from '../../../main/machine-config/change/change-config.ts';
import { otherClusterBy } from '../../../main/machine-config/change/config-facts.ts';
import { withoutSecrets } from '../../../main/machine-config/secrets/without-secrets.ts';

const CONFIG = `version: v1alpha1
machine:
  type: worker
  token: abcdef.0123456789abcdef
  ca: {crt: YQ==}
  network:
    interfaces: [{interface: eth0, addresses: [10.5.0.3/24], vip: {ip: 10.5.0.100}}]
cluster:
  id: one
  token: ghijkl.0123456789abcdef
---
apiVersion: v1alpha1
kind: LinkConfig
name: eth1
addresses: [{address: fd00::3/64}]
`;

it('tells the addresses of a machine, its type and its cluster, whichever document says them', () => {
  const { before, after, isChanged } = changeConfig(CONFIG, { text: CONFIG.replace('id: one', 'id: two') });
  expect(isChanged).toBe(true);
  expect(before).toMatchObject({ type: 'worker', addresses: ['10.5.0.3', '10.5.0.100', 'fd00::3'] });
  expect(otherClusterBy(before, after)).toEqual(['the id of the cluster']);
  expect(otherClusterBy(before, before)).toEqual([]);
});

it('tells addresses that a document is named by, and none that are of others; certificates of authorities in documents of their own', () => {
  const more = `---
apiVersion: v1alpha1
kind: Layer2VIPConfig
name: 10.5.0.200
link: eth0
---
apiVersion: v1alpha1
kind: ResolverConfig
nameservers: [{address: 10.5.0.53}]
---
apiVersion: v1alpha1
kind: KubeAPIServerCAConfig
issuingCA: {cert: one}
`;
  const text =
    CONFIG.replace('interfaces:', 'extraHostEntries: [{ip: 10.5.0.99, aliases: [a]}]\n    interfaces:') + more;
  const { before, after } = changeConfig(text, { text: text.replace('cert: one', 'cert: two') });
  expect(before.addresses).toEqual(['10.5.0.3', '10.5.0.100', 'fd00::3', '10.5.0.200']);
  expect(otherClusterBy(before, after)).toEqual(['the CA of Kubernetes']);
});

it('sees no change in another spelling of the same, and one in what only a newer Talos knows', () => {
  expect(changeConfig(CONFIG, { text: `# mine\n${CONFIG}` }).isChanged).toBe(false);
  const newer = `${CONFIG}---\napiVersion: v1alpha1\nkind: NotYetConfig\nname: a\n`;
  expect(changeConfig(newer, { text: newer.replace('name: a', 'name: b') }).isChanged).toBe(true);
});

it('refuses a text whose secrets are placeholders, and says where', () => {
  const masked = CONFIG.replace('abcdef.0123456789abcdef', '<secret-1>');
  expect(() => changeConfig(CONFIG, { text: masked })).toThrow('It has <secret-1> in the place of a secret.');
});

it('takes the secrets of both configs out of what somebody says of them', () => {
  const said = 'invalid token "abcdef.0123456789abcdef", wanted ghijkl.0123456789abcdef';
  expect(withoutSecrets([CONFIG], said)).toBe('invalid token "<secret-1>", wanted <secret-2>');
  expect(withoutSecrets(['\tno config'], said)).not.toContain('abcdef');
});

it('says what is wrong with a text without the secrets of the config it takes the place of', () => {
  const text = `${CONFIG}---\nkind: abcdef.0123456789abcdef\n`;
  expect(() => changeConfig(CONFIG, { text })).toThrow('error decoding document /<secret-1>/ ');
});

it('takes out what Talos quotes of a config that it cannot load, however short', () => {
  const said = 'error decoding document v1alpha1 (line 1): unknown keys found during decoding:';
  const tree = 'machine:\n    pasword: hunter2\n    list:\n        - one\n        - name: x\n    text: |\n        two';
  expect(withoutSecrets([CONFIG], `${said}\n${tree}`)).toBe(
    `${said}\nmachine:\n    pasword: …\n    list:\n…\n        - name: …\n    text: …\n…`,
  );
  expect(withoutSecrets([CONFIG], `${said} {pasword: hunter2}`)).toBe(`${said} …`);
  expect(withoutSecrets([CONFIG], 'line 3: cannot unmarshal !!str `hunter2...` into bool')).toBe(
    'line 3: cannot unmarshal !!str `…` into bool',
  );
});
