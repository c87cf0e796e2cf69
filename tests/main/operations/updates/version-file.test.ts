import { describe, expect, it } from 'vitest';
import { packageFor, readVersionFile } from '../../../../main/operations/updates/version-file.ts';

const SUM = `${'A'.repeat(86)}==`;
const fileOf = (name: string, rest = `sha512: ${SUM}\n    size: 100`): string => `  - url: ${name}\n    ${rest}\n`;

/** As electron-builder writes it. */
const LATEST = `version: 1.2.0
files:
${fileOf('minos-1.2.0-mac-x64.zip')}${fileOf('minos-1.2.0-mac-arm64.zip')}${fileOf('minos-1.2.0-mac-x64.dmg')}${fileOf('minos-1.2.0-win-x64.exe')}path: minos-1.2.0-mac-x64.zip
sha512: ${SUM}
releaseNotes: |
  ### Nodes

  - <b>Faster</b> [lists](https://example.org).
releaseDate: '2026-11-30T06:00:00.000Z'
`;

describe('the file that names the newest version', () => {
  it('says the version, its day, and notes as they stand there', () => {
    const read = readVersionFile(LATEST);

    expect(read).toMatchObject({ version: '1.2.0', releasedAtMs: Date.UTC(2026, 10, 30, 6) });
    expect(read.notes).toBe('### Nodes\n\n- <b>Faster</b> [lists](https://example.org).');
  });

  it.each<[NodeJS.Platform, string, string | undefined]>([
    ['win32', 'x64', 'minos-1.2.0-win-x64.exe'],
    ['win32', 'arm64', undefined],
    ['darwin', 'x64', 'minos-1.2.0-mac-x64.zip'],
    ['darwin', 'arm64', 'minos-1.2.0-mac-arm64.zip'],
    ['linux', 'x64', undefined],
  ])('has a package for %s %s: %s', (platform, arch, name) => {
    expect(packageFor(readVersionFile(LATEST), platform, arch)?.name).toBe(name);
  });

  it.each([
    ['a web page', '<!doctype html><title>Hotel</title>'],
    ['nothing', ''],
    ['no version', 'files: []'],
    ['a list', '- 1.2.0'],
    ['a version that is none', 'version: latest'],
    ['a path for a version', "version: '../../1.2.0'"],
    ['two numbers', 'version: 1.2'],
    ['a pre-release', 'version: 1.3.0-beta.1'],
    ['a number beyond reason', 'version: 1.2.99999999999'],
    ['aliases without end', 'version: &a [*a, *a]'],
    ['broken YAML', 'version: "1.2.0'],
  ])('names none when it is %s, and that is said', (_what, text) => {
    expect(() => readVersionFile(text)).toThrow('names none');
  });

  it.each([
    ['a path', fileOf('../../../evil-win-x64.exe')],
    ['another host', fileOf('https://evil.example/minos-win-x64.exe')],
    ['a name that acts', fileOf('"minos-win-x64.exe\\u202E"')],
    ['no checksum', fileOf('minos-win-x64.exe', 'size: 100')],
    ['a short checksum', fileOf('minos-win-x64.exe', 'sha512: abcd\n    size: 100')],
    ['no size', fileOf('minos-win-x64.exe', `sha512: ${SUM}`)],
    ['a size beyond reason', fileOf('minos-win-x64.exe', `sha512: ${SUM}\n    size: 99999999999`)],
    ['another ending', fileOf('minos-win-x64.exe.js')],
  ])('has no package with %s', (_what, files) => {
    expect(packageFor(readVersionFile(`version: 1.2.0\nfiles:\n${files}`), 'win32', 'x64')).toBeUndefined();
  });

  it('shows a bounded part of long notes', () => {
    const { notes = '' } = readVersionFile(`version: 1.2.0\nreleaseNotes: ${'x'.repeat(50_000)}`);

    expect(notes.length).toBeLessThan(20_100);
    expect(notes).toMatch(/… \(cut\)$/);
  });
});
