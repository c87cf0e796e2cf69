import type { TalosconfigState } from '../../../../../preload/contract/index.ts';
import { Value } from '../../../../../main/lib/observable.ts';
import { describe, expect, it } from 'vitest';
import { rolesFor, whyRefused, withRefusals } from '../../../../../main/operations/commands/kit/allowed.ts';
import type { CommandDefinition } from '../../../../../main/operations/commands/kit/definition.ts';
import { get } from '../../../../../main/operations/commands/resources/get.ts';
import { checkParams, keepableParams } from '../../../../../main/operations/commands/kit/params.ts';
import { processes } from '../../../../../main/operations/commands/processes/processes.ts';
import { version } from '../../../../../main/operations/commands/node/version.ts';
import { containers } from '../../../../../main/operations/commands/containers/containers.ts';

describe('parameters', () => {
  it('get their initial values', () => {
    expect(checkParams(processes, {})).toEqual({ sort: 'rss' });
    expect(checkParams(processes, { sort: ' ' })).toEqual({ sort: 'rss' });
    expect(checkParams(get, { type: ' members ' })).toEqual({ type: 'members' });
  });

  it.each([
    [version, { nothing: true }, 'nothing', 'Version has no parameter nothing.'],
    [version, { __proto__x: 'a' }, '__proto__x', 'Version has no parameter __proto__x.'],
    [get, {}, 'type', 'Resources needs a value for Type.'],
    [get, { type: '  ' }, 'type', 'Type is empty.'],
    [get, { type: true }, 'type', 'Type is a text.'],
    [processes, { sort: 'name' }, 'sort', 'Sort by is one of rss, cpu.'],
    [containers, { kubernetes: 'yes' }, 'kubernetes', 'Kubernetes containers is either on or off.'],
  ] as const)('of %o refuse %j', (command, params, field, message) => {
    expect(() => checkParams(command, params)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'invalid', message, where: { field } }) as unknown,
      }),
    );
  });

  it('with sensitive values are not kept, and it is said which are missing', () => {
    const secretive: CommandDefinition = {
      ...version,
      params: [
        { id: 'user', title: 'User', kind: 'text', required: true },
        { id: 'token', title: 'Token', kind: 'text', required: true, isSensitive: true },
      ],
    };

    expect(keepableParams(secretive, { user: 'ada', token: 'hunter2' })).toEqual({
      params: { user: 'ada' },
      missing: ['token'],
    });
  });
});

describe('who may run a command', () => {
  it('is anyone with one of its roles', () => {
    expect(whyRefused(rolesFor(version), ['os:reader'])).toBeUndefined();
    expect(whyRefused(rolesFor(version), ['os:impersonator'])).toBeUndefined();
  });

  it('is nobody else, and it is said which role is needed', () => {
    expect(whyRefused(rolesFor(version), ['os:etcd:backup'])).toBe(
      'Needs the role os:admin or os:operator or os:reader; this certificate has os:etcd:backup.',
    );
    expect(whyRefused(rolesFor(version), [])).toMatch(/has no role\.$/);
  });

  it('is said for each context with its certificate', () => {
    const state = new Value({
      contexts: [
        { id: 'a', certificate: { roles: ['os:reader'] } },
        { id: 'b', certificate: { roles: ['os:etcd:backup'] } },
        { id: 'c' },
      ],
    } as unknown as TalosconfigState);

    const [reader, backup, none] = withRefusals(state, [version]).current.contexts;

    expect(reader?.refusedCommands).toEqual({});
    expect(Object.keys(backup?.refusedCommands ?? {})).toEqual(['version']);
    expect(none).not.toHaveProperty('refusedCommands');
  });
});
