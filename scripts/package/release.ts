import { readRelease, type Release } from '../../main/operations/updates/release.ts';
import { releaseOf } from '../../main/operations/updates/version-file.ts';

/** Most of the notes that goes into the file which names the newest version; Minos shows twice as much. */
const MOST_NOTES = 10_000;

/**
 * Who publishes this build and where newer ones will lie, from `MINOS_PUBLISHER` (names, with `;` between), `MINOS_UPDATE_URL` and, if people read
 * about versions elsewhere, `MINOS_UPDATE_PAGE`. Undefined for a build that is only tried. Throws a sentence for what cannot be published so.
 */
export function releaseFrom(env: NodeJS.ProcessEnv): Release | undefined {
  const { MINOS_PUBLISHER = '', MINOS_UPDATE_URL = '', MINOS_UPDATE_PAGE = '' } = env;
  if (MINOS_PUBLISHER === '' && MINOS_UPDATE_URL === '' && MINOS_UPDATE_PAGE === '') return undefined;
  if (MINOS_PUBLISHER === '' || MINOS_UPDATE_URL === '') {
    throw new Error('MINOS_PUBLISHER and MINOS_UPDATE_URL belong together: without both no update can be trusted.');
  }
  const publisher = MINOS_PUBLISHER.split(';').map((name) => name.trim());
  const release = readRelease({ publisher, url: MINOS_UPDATE_URL, page: MINOS_UPDATE_PAGE || MINOS_UPDATE_URL });
  if (release === undefined) {
    throw new Error(
      'MINOS_UPDATE_URL and MINOS_UPDATE_PAGE are https addresses without sign-in, query and fragment; MINOS_PUBLISHER has one to five names.',
    );
  }
  return release;
}

/** Throws a sentence where a release would not be signed. electron-builder itself refuses it, too, but only after some minutes. */
export function expectSigned(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, rest: readonly string[]): void {
  const has = (...names: readonly string[]): boolean => names.some((name) => (env[name] ?? '') !== '');
  const isConfigured = rest.some((argument) =>
    /^-c\.(win\.(azureSignOptions|signtoolOptions)|mac\.identity)\b/.test(argument),
  );
  if (platform === 'win32' && !has('WIN_CSC_LINK', 'CSC_LINK') && !isConfigured) {
    throw new Error('A release for Windows is signed: set WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD.');
  }
  const looksInKeychain = env['CSC_IDENTITY_AUTO_DISCOVERY'] !== 'false';
  if (platform === 'darwin' && !has('CSC_LINK', 'CSC_NAME') && !looksInKeychain && !isConfigured) {
    throw new Error('A release for macOS is signed: set CSC_LINK and CSC_KEY_PASSWORD.');
  }
}

/** The part of CHANGELOG.md about a version, as plain text. Throws a sentence where there is none. */
export function notesOf(changelog: string, version: string): string {
  if (releaseOf(version) === undefined) {
    throw new Error(`${version} in package.json is no version that can be published: three numbers, such as 1.2.0.`);
  }
  const sections = changelog.split(/^## /m).slice(1);
  const found = sections.find((section) => section.split(/[\s(]/, 1)[0] === version);
  if (found === undefined) throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  const notes = found.slice(found.indexOf('\n') + 1).trim();
  return notes.length > MOST_NOTES ? `${notes.slice(0, MOST_NOTES)}…\n\nThe rest stands in CHANGELOG.md.` : notes;
}

/** What electron-builder.yml says, as far as a release changes it. */
export interface BuilderConfig {
  readonly mac: { readonly target: readonly unknown[] };
  readonly win: object;
}

/**
 * The configuration of a release: electron-builder writes the files that name the newest version, refuses what is not signed, and the app
 * finds publisher and address in its own archive, which is checked against the executable.
 */
export function releaseConfig<Config extends BuilderConfig>(config: Config, release: Release, notes: string): object {
  return {
    ...config,
    publish: [{ provider: 'generic', url: release.url, channel: 'latest' }],
    forceCodeSigning: true,
    extraMetadata: { minosRelease: release },
    releaseInfo: { releaseNotes: notes },
    // The updater of macOS takes a zip, people a dmg.
    mac: { ...config.mac, target: [...config.mac.target, { target: 'zip', arch: ['x64', 'arm64'] }] },
    win: { ...config.win, signtoolOptions: { publisherName: release.publisher } },
  };
}
