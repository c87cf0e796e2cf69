import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../.github/workflows');

interface Job {
  readonly permissions?: unknown;
  readonly strategy: {
    readonly matrix: { readonly os?: readonly string[]; readonly include?: readonly { os: string }[] };
  };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (name: string): { readonly text: string; readonly workflow: Workflow } => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return { text, workflow: parse(text) as Workflow };
};

describe.each(readdirSync(FOLDER))('the workflow %s', (name) => {
  const { text, workflow } = read(name);
  const jobs = Object.values(workflow.jobs);

  it('may read the repository and nothing else, and knows no secret', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(jobs.filter(({ permissions }) => permissions !== undefined)).toEqual([]);
    expect(text).not.toContain('secrets.');
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it('takes actions of others as the very commits that were looked at', () => {
    const used = jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((uses) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  it('runs on Linux, macOS and Windows, with exactly the packages of the lockfile', () => {
    const systems = jobs.flatMap(({ strategy: { matrix } }) => matrix.os ?? matrix.include?.map(({ os }) => os) ?? []);
    const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

    expect(systems.map((system) => system.replace(/-.*/, ''))).toEqual(['ubuntu', 'macos', 'windows']);
    expect(commands).toContain('npm ci');
    expect(commands.join('\n')).not.toMatch(/npm (i|install) /);
  });
});

it('what is tested on real Electron is what `npm test` does, and every package is built', () => {
  const commands = (name: string): readonly (string | undefined)[] =>
    Object.values(read(name).workflow.jobs).flatMap(({ steps }) => steps.map(({ run }) => run));

  expect(commands('tests.yml')).toContain('npm test');
  expect(commands('packages.yml')).toContain('npm run package');
});
