import { afterEach, describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../../main/credentials/mint.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';

let opened: TestWorkspace;
afterEach(() => opened.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a talosconfig of many contexts', () => {
  it('is listed at once; a signature that is wrong is told of right after', async () => {
    const authority = await mintAuthority('talos');
    const leaf = await authority.issue({ organizations: ['os:admin'], eku: 'clientAuth' });
    const der = Buffer.from(leaf.certPem.split('\n').slice(1, -2).join(''), 'base64');
    der[der.length - 3]! ^= 1;
    const forged = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const context = (name: string, crt: string): string =>
      `  ${name}: {endpoints: [127.0.0.2], ca: ${base64(authority.certPem)}, crt: ${base64(crt)}, key: ${base64(leaf.talosKeyPem)}}\n`;
    const good = Array.from({ length: 250 }, (_, index) => context(`c${index}`, leaf.certPem)).join('');
    opened = await openWorkspace(`context: c0\ncontexts:\n${good}${context('forged', forged)}`);
    const { state } = opened.workspace.talosconfig;

    expect(state.current.contexts).toHaveLength(251);
    await expect
      .poll(() =>
        state.current.contexts.flatMap(({ name, problems }) => problems.map(({ message }) => [name, message])),
      )
      .toEqual([['forged', 'The client certificate was not issued by the CA in this context.']]);
  });
});
