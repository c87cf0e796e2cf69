import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { releaseIn } from '../../main/operations/updates/release.ts';
import {
  expectSigned,
  notesOf,
  releaseConfig,
  releaseFrom,
  type BuilderConfig,
} from '../../scripts/package/release.ts';

const ROOT = join(import.meta.dirname, '../..');
const ENV = { MINOS_PUBLISHER: 'CN=Example, C=DE; Example', MINOS_UPDATE_URL: 'https://example.org/minos' };
const CONFIG = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')) as BuilderConfig & { publish: unknown };

describe('a release', () => {
  it('names its publisher and its address, and people read about it there unless another page is named', () => {
    expect(releaseFrom(ENV)).toEqual({
      publisher: ['CN=Example, C=DE', 'Example'],
      url: 'https://example.org/minos/',
      page: 'https://example.org/minos',
    });
    expect(releaseFrom({ ...ENV, MINOS_UPDATE_PAGE: 'https://example.org/get' })?.page).toBe('https://example.org/get');
  });

  it('is no release where nothing is named: no file for updates is written', () => {
    expect(releaseFrom({})).toBeUndefined();
    expect(CONFIG.publish).toBeNull();
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['a publisher without an address', { MINOS_PUBLISHER: 'Example' }, 'belong together'],
    ['an address without a publisher', { MINOS_UPDATE_URL: 'https://example.org' }, 'belong together'],
    ['a page alone', { MINOS_UPDATE_PAGE: 'https://example.org' }, 'belong together'],
    ['http', { ...ENV, MINOS_UPDATE_URL: 'http://example.org' }, 'https addresses'],
    ['an empty name', { ...ENV, MINOS_PUBLISHER: 'Example;' }, 'https addresses'],
  ])('is refused with %s', (_what, env, why) => {
    expect(() => releaseFrom(env)).toThrow(why);
  });

  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string[], boolean]>([
    ['win32', {}, [], false],
    ['win32', { WIN_CSC_LINK: 'x' }, [], true],
    ['win32', {}, ['-c.win.azureSignOptions.endpoint=x'], true],
    ['darwin', { CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, [], false],
    ['darwin', { CSC_IDENTITY_AUTO_DISCOVERY: 'false', CSC_LINK: 'x' }, [], true],
    ['darwin', {}, [], true],
    ['linux', {}, [], true],
  ])('on %s with %j %j may be built: %s', (platform, env, rest, may) => {
    if (may) expect(() => expectSigned(platform, env, rest)).not.toThrow();
    else expect(() => expectSigned(platform, env, rest)).toThrow('is signed: set');
  });

  it('is refused by electron-builder unless it is signed, has a zip for macOS, and says who it is of in its archive', () => {
    const release = releaseFrom(ENV);
    if (release === undefined) throw new Error('no release');
    const config = releaseConfig(CONFIG, release, 'Faster.');

    expect(config).toMatchObject({
      ...{ forceCodeSigning: true, releaseInfo: { releaseNotes: 'Faster.' }, appId: 'io.github.minos-desktop.minos' },
      publish: [{ provider: 'generic', url: 'https://example.org/minos/' }],
      win: { target: 'nsis', signtoolOptions: { publisherName: ['CN=Example, C=DE', 'Example'] } },
      mac: { hardenedRuntime: true, target: [{ target: 'dmg' }, { target: 'zip', arch: ['x64', 'arm64'] }] },
    });
    const { extraMetadata } = config as { readonly extraMetadata: object };
    expect(releaseIn(JSON.stringify(extraMetadata))).toEqual(release);
  });

  it('has as notes what the changelog says of its version', () => {
    const changelog = '# Changelog\n\n## 1.2.0\n\n- Faster.\n\n## 1.1.0 (2026-01-01)\n\n- First.\n';

    expect(notesOf(changelog, '1.2.0')).toBe('- Faster.');
    expect(notesOf(changelog, '1.1.0')).toBe('- First.');
    expect(() => notesOf(changelog, '1.3.0')).toThrow('says nothing about 1.3.0');
    expect(() => notesOf(changelog, '1.3.0-rc.1')).toThrow('no version that can be published');
    expect(notesOf(`## 1.0.0\n${'x'.repeat(20_000)}`, '1.0.0').length).toBeLessThan(10_100);
  });
});
