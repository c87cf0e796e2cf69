import { describe, expect, it } from 'vitest';
import { upgradeEstimateMs } from '../../../../../main/operations/deeds/upgrade/estimate.ts';
import { parseImage } from '../../../../../main/operations/deeds/upgrade/image-reference.ts';
import { judgeUpgrade, type UpgradeFacts } from '../../../../../main/operations/deeds/upgrade/judge-upgrade.ts';
import { kubernetesSupport, upgradeApi } from '../../../../../main/operations/deeds/upgrade/support.ts';
import { minorsBetween, upgradeStep } from '../../../../../main/operations/deeds/upgrade/upgrade-step.ts';
import { compareVersions, parseVersion, type Version } from '../../../../../main/talos/version.ts';

const version = (text: string): Version => parseVersion(text)!;
const ID = 'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515';
const VANILLA = '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba';
const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('a reference to an image', () => {
  it.each<[string, object]>([
    [
      'ghcr.io/siderolabs/installer:v1.13.9',
      { host: 'ghcr.io', path: 'siderolabs/installer', tag: 'v1.13.9', digest: '', schematic: undefined },
    ],
    [
      `factory.talos.dev/metal-installer/${ID}:v1.14.0`,
      { path: `metal-installer/${ID}`, tag: 'v1.14.0', schematic: ID },
    ],
    [`factory.talos.dev/installer-secureboot/${ID}:v1.9.5`, { schematic: ID }],
    [
      `factory.example:8443/mirror/nocloud-installer-secureboot/${ID}:v1.13.1`,
      { host: 'factory.example:8443', schematic: ID },
    ],
    [`[fd00::1]:5000/installer:v1.13.1@${DIGEST}`, { host: '[fd00::1]:5000', tag: 'v1.13.1', digest: DIGEST }],
    ['localhost/installer', { tag: '' }],
    [`factory.talos.dev/${ID}/installer:v1`, { schematic: undefined }],
  ])('%s', (text, parts) => {
    expect(parseImage(text)).toMatchObject(parts);
  });

  it.each([
    ...[
      '',
      'installer',
      'siderolabs/installer:v1.13.9',
      'https://ghcr.io/x:v1',
      'ghcr.io/X:v1',
      'ghcr.io/a b:v1',
      'ghcr.io/../x:v1',
    ],
    ...[
      'ghcr.io/x:',
      'ghcr.io/x:-v1',
      'ghcr.io/x@sha256:12',
      `ghcr.io/${'x'.repeat(600)}:v1`,
      'ghcr.io/x:v1\n',
      'user@ghcr.io/x:v1',
    ],
  ])('%j is none', (text) => {
    expect(parseImage(text)).toBeUndefined();
  });
});

describe('a step between two versions', () => {
  it.each<[string, string, string, RegExp?]>([
    ['v1.13.8', 'v1.13.9', 'forward'],
    ['v1.12.4', 'v1.13.0', 'forward'],
    ['v1.13.0-beta.1', 'v1.13.0', 'forward'],
    ['v1.13.9', 'v1.13.9', 'again'],
    ['v1.11.2', 'v1.13.9', 'refused', /first to the newest v1\.12, then to v1\.13\.9\.$/],
    ['v1.10.1', 'v1.13.9', 'refused', /first to the newest v1\.11, then to v1\.12, then to v1\.13\.9\.$/],
    [
      'v1.13.9',
      'v1.999999999.0',
      'refused',
      /^Talos is upgraded one minor version at a time, and from .* they are too many\.$/,
    ],
    ['v1.13.9', 'v1.13.8', 'back', /^From v1\.13\.9 to v1\.13\.8 is a downgrade/],
    ['v1.13.0', 'v1.13.0-beta.1', 'back', /downgrade/],
    ['v1.13.9', 'v1.12.1', 'back', /downgrade/],
    ['v1.13.9', 'v1.11.9', 'refused', /The installer of v1\.11\.9 refuses machines as new as v1\.13\.9\./],
    ['v1.20.0', 'v2.0.0', 'refused', /there is no known way/],
  ])('%s to %s is %s', (from, to, kind, why) => {
    const step = upgradeStep(version(from), version(to));
    expect(step.kind).toBe(kind);
    if (why !== undefined) expect('why' in step ? step.why : '').toMatch(why);
  });

  it('names the minor versions in between', () => {
    expect(minorsBetween(version('v1.10.1'), version('v1.14.0'))).toEqual(['v1.11', 'v1.12', 'v1.13']);
    expect(minorsBetween(version('v1.13.1'), version('v1.14.0'))).toEqual([]);
    expect(minorsBetween(version('v1.14.1'), version('v1.10.0'))).toEqual([]);
  });

  it('versions are in order', () => {
    const order = ['v1.9.10', 'v1.10.0-alpha.2', 'v1.10.0-alpha.10', 'v1.10.0-beta.0', 'v1.10.0', 'v1.10.2', 'v2.0.0'];
    expect([...order].reverse().sort((a, b) => compareVersions(version(a), version(b)))).toEqual(order);
    expect(['1.13', 'v1.13.9.1', 'latest', 'v1.x.0', ''].map(parseVersion)).toEqual(Array(5).fill(undefined));
    expect(parseVersion('1.35.2+k3s')).toEqual({ major: 1, minor: 35, patch: 2, pre: '' });
  });
});

it.each<[string, string, string]>([
  ['v1.27.0', 'v1.9.0', 'supported'],
  ['v1.26.9', 'v1.9.0', 'unsupported'],
  ['v1.33.7', 'v1.10.3', 'supported'],
  ['v1.34.0', 'v1.10.3', 'unsupported'],
  ['v1.35.2', 'v1.12.0', 'supported'],
  ['v1.31.0', 'v1.13.9', 'supported'],
  ['v1.30.9', 'v1.13.9', 'unsupported'],
  ['v1.36.4', 'v1.13.9', 'supported'],
  ['v1.37.0-rc.1', 'v1.13.9', 'unsupported'],
  ['v1.37.0-rc.1', 'v1.14.0', 'supported'],
  ['v1.38.1', 'v1.15.0', 'supported'],
  ['v1.38.1', 'v1.16.0', 'unknown'],
  ['v1.25.0', 'v1.7.0', 'unknown'],
])('Kubernetes %s with Talos %s is %s', (kubernetes, talos, kind) => {
  expect(kubernetesSupport(version(kubernetes), version(talos)).kind).toBe(kind);
});

it.each([
  ['v1.12.9', 'legacy'],
  ['v1.13.0-alpha.2', 'legacy'],
  ['v1.13.0-alpha.3', 'lifecycle'],
  ['v1.13.0', 'lifecycle'],
  ['v1.15.0-alpha.0', 'lifecycle'],
  ['v2.0.0', 'legacy'],
])('a machine of %s is upgraded by the %s service', (text, api) => {
  expect(upgradeApi(version(text))).toBe(api);
});

const facts = (over: Partial<UpgradeFacts> = {}): UpgradeFacts => ({
  ...{ version: 'v1.13.8', platform: 'metal', mode: 'metal', isSecureBoot: false, extensions: [] },
  ...{ schematic: undefined, kubernetes: 'v1.35.2' },
  ...over,
});
const agent = { name: 'qemu-guest-agent', version: '10.2.0' };
const made = { extensions: [agent], schematic: { id: ID, host: undefined } };

describe('an upgrade of a machine', () => {
  it.each<[string, UpgradeFacts, Parameters<typeof judgeUpgrade>[1], object]>([
    [
      'without extensions takes the plain installer',
      facts(),
      { version: 'v1.13.9' },
      {
        ...{ image: 'ghcr.io/siderolabs/installer:v1.13.9', to: 'v1.13.9', api: 'lifecycle', risks: [], refusals: [] },
        effects: ['From v1.13.8 to v1.13.9.', 'It has no extensions and tells no schematic: the plain installer.'],
      },
    ],
    [
      'keeps its schematic',
      facts({ ...made, platform: 'nocloud' }),
      { version: '1.14.0' },
      {
        image: `factory.talos.dev/nocloud-installer/${ID}:v1.14.0`,
        effects: ['From v1.13.8 to v1.14.0.', 'It keeps its schematic, and with it its extensions (qemu-guest-agent).'],
        ...{ risks: [], refusals: [] },
      },
    ],
    [
      'keeps SecureBoot and a factory of its own',
      facts({ ...made, schematic: { id: ID, host: 'factory.example' }, isSecureBoot: true }),
      { version: 'v1.13.9' },
      { image: `factory.example/metal-installer-secureboot/${ID}:v1.13.9`, refusals: [] },
    ],
    [
      'of an old version has one installer for all platforms',
      facts({ ...made, version: 'v1.9.1', kubernetes: 'v1.30.1' }),
      { version: 'v1.9.5' },
      {
        image: `factory.talos.dev/installer/${ID}:v1.9.5`,
        api: 'legacy',
        effects: expect.arrayContaining([
          'It is too old for the newer call: it upgrades, drains and reboots in one go, on its own. Pods that nothing makes anew and data in emptyDir volumes are lost there, and were not looked for.',
        ]) as string[],
      },
    ],
    [
      'with extensions and no schematic is refused, since any guess would drop them',
      facts({ extensions: [agent] }),
      { version: 'v1.13.9' },
      {
        image: '',
        refusals: [
          'It has extensions (qemu-guest-agent) and does not tell which schematic they came with. Name the installer image that has them.',
        ],
      },
    ],
    [
      'with SecureBoot and no schematic is refused',
      facts({ isSecureBoot: true }),
      { version: 'v1.13.9' },
      { refusals: [expect.stringContaining('SecureBoot') as string] },
    ],
    [
      'by an image of another schematic is risky',
      facts(made),
      { image: `factory.talos.dev/metal-installer/${'0'.repeat(64)}:v1.13.9` },
      {
        refusals: [],
        risks: [
          'The image is of another schematic: extensions that it does not have are gone after the upgrade (now: qemu-guest-agent).',
        ],
      },
    ],
    [
      'by an image of its own schematic is not',
      facts(made),
      { image: `factory.talos.dev/metal-installer/${ID}:v1.13.9` },
      { risks: [], refusals: [], effects: ['From v1.13.8 to v1.13.9.'] },
    ],
    [
      'by an image of another schematic is risky also where only kernel arguments go',
      facts({ ...made, extensions: [] }),
      { image: 'ghcr.io/siderolabs/installer:v1.13.9' },
      {
        risks: [
          'The image is of no schematic: what the machine was made with, such as kernel arguments, is gone after the upgrade.',
        ],
      },
    ],
    [
      'that was made plain by any other image is not',
      facts({ schematic: { id: VANILLA, host: undefined } }),
      { image: 'ghcr.io/siderolabs/installer:v1.13.9' },
      { risks: [], refusals: [] },
    ],
    [
      'with SecureBoot by an image that is not signed is risky, even of its own schematic',
      facts({ ...made, isSecureBoot: true }),
      { image: `factory.talos.dev/metal-installer/${ID}:v1.13.9` },
      { risks: [expect.stringMatching(/^It boots with SecureBoot, .* may not start any more\.$/) as string] },
    ],
    [
      'with SecureBoot by an image that is signed is not',
      facts({ ...made, isSecureBoot: true }),
      { image: `factory.talos.dev/metal-installer-secureboot/${ID}:v1.13.9` },
      { risks: [], refusals: [] },
    ],
    [
      'by an image for another platform is risky',
      facts(made),
      { image: `factory.talos.dev/aws-installer/${ID}:v1.13.9` },
      { risks: ['The image is made for aws, and the machine is metal.'] },
    ],
    [
      'whose kubelet does not tell its version is risky',
      facts({ kubernetes: '' }),
      { version: 'v1.13.9' },
      { risks: ['Its kubelet does not tell its version, so whether Talos v1.13 supports it is not known.'] },
    ],
    ['without a kubelet is not', facts({ kubernetes: undefined }), { version: 'v1.13.9' }, { risks: [], refusals: [] }],
    [
      'by an image with a digest says that the tag decides nothing',
      facts(),
      { image: `ghcr.io/siderolabs/installer:v1.13.9@${DIGEST}` },
      { risks: [expect.stringContaining('digest') as string], refusals: [] },
    ],
    [
      'back is risky',
      facts(),
      { version: 'v1.12.9' },
      { risks: [expect.stringContaining('downgrade') as string], refusals: [] },
    ],
    [
      'to a version that does not take its Kubernetes is refused',
      facts({ kubernetes: 'v1.31.4' }),
      { version: 'v1.14.0' },
      {
        refusals: [
          'Talos v1.14 supports Kubernetes v1.32 to v1.37; v1.31.4 is too old for it: upgrade Kubernetes first.',
        ],
      },
    ],
    [
      'across a minor version is refused',
      facts({ version: 'v1.11.3', kubernetes: 'v1.33.0' }),
      { version: 'v1.13.9' },
      { refusals: [expect.stringContaining('one minor version at a time') as string] },
    ],
    [
      'in a container is refused',
      facts({ mode: 'container' }),
      { version: 'v1.13.9' },
      { refusals: ['It runs in a container: Talos cannot be upgraded there.'] },
    ],
    [
      'to no version is refused',
      facts(),
      { version: 'latest' },
      { refusals: ['latest is no version of Talos, such as v1.13.9.'] },
    ],
    [
      'by an image without a tag is refused',
      facts(),
      { image: 'ghcr.io/siderolabs/installer' },
      { refusals: [expect.stringContaining('no tag') as string] },
    ],
    [
      'by an image with another tag is refused',
      facts(),
      { image: 'ghcr.io/siderolabs/installer:latest' },
      { refusals: ['The tag latest is no version of Talos, so which one it installs is not known.'] },
    ],
    [
      'by a short name is refused',
      facts(),
      { image: 'installer:v1.13.9' },
      { refusals: [expect.stringContaining('name of its registry') as string] },
    ],
    [
      'from no release is refused',
      facts({ version: 'dirty' }),
      { version: 'v1.13.9' },
      { refusals: [expect.stringContaining('no release of Talos') as string] },
    ],
    [
      'to a version that is newer than what is known is risky',
      facts({ version: 'v1.15.2', kubernetes: 'v1.38.0' }),
      { version: 'v1.16.0' },
      { refusals: [], risks: ['Which versions of Kubernetes Talos v1.16 supports is not known here.'] },
    ],
    [
      'to the version it runs is installed again',
      facts({ version: 'v1.13.9' }),
      { version: 'v1.13.9' },
      {
        refusals: [],
        effects: expect.arrayContaining(['It runs v1.13.9 already; that is installed again.']) as string[],
      },
    ],
  ])('%s', (_what, machine, wish, expected) => {
    expect(judgeUpgrade(machine, wish)).toMatchObject(expected);
  });

  it('takes longer where machines are drained', () => {
    expect(upgradeEstimateMs(true) - upgradeEstimateMs(false)).toBe(150_000);
  });
});
