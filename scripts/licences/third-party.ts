import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lockfile } from './lockfile.ts';

/** Licences under which a package may be part of Minos: they ask for a notice and nothing else. */
const ALLOWED: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Python-2.0',
];

/** Packages that may not be shipped, with the reason. */
export function licenceProblems(lock: Lockfile, shipped: readonly string[]): readonly string[] {
  return shipped.flatMap((place) => {
    const { license = 'no licence' } = lock[place] ?? {};
    return ALLOWED.includes(license) ? [] : [`${nameOf(place)} is under ${license}, which is not on the list`];
  });
}

const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The text of a package's licence file, without differences of line ends and spaces at line ends. */
function licenceText(root: string, place: string): string | undefined {
  const folder = join(root, place);
  if (!existsSync(folder)) throw new Error(`${place} is not installed: npm ci`);
  const file = readdirSync(folder)
    .sort()
    .find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file === undefined) return undefined;
  return readFileSync(join(folder, file), 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** docs/third-party.md: a table of the packages, then each licence text once with the packages it came with. */
export function thirdPartyDocument(root: string, lock: Lockfile, shipped: readonly string[]): string {
  const packages = shipped.map((place) => ({
    name: nameOf(place),
    version: lock[place]?.version ?? '',
    license: lock[place]?.license ?? '',
    text: licenceText(root, place),
  }));
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  const texts = new Map<string, string[]>();
  for (const { name, text } of packages) if (text !== undefined) texts.set(text, [...(texts.get(text) ?? []), name]);
  const sections = [...texts].map(
    ([text, names]) => `## ${[...new Set(names)].join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``,
  );
  return [
    '# Third-party packages',
    'What is bundled into Minos, or may be: everything its sources import and what that depends on. Written by `node scripts/licences.ts`;',
    'a check fails when it is stale or a licence is not on the list. Electron and Chromium bring notices of their own beside the executable.',
    '',
    '| Package | Version | Licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...sections.flatMap((section) => [section, '']),
  ].join('\n');
}
