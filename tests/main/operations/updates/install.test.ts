import { describe, expect, it, vi } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { busyWith } from '../../../../main/operations/updates/busy.ts';
import type { UpdatesOptions } from '../../../../main/operations/updates/updates.ts';
import { again, packageOf, piecesOf, updatesOf } from './updates-harness.ts';

describe('fetching and installing', () => {
  it('fetches what was shown, with progress, and installs it after a question', async () => {
    const { updates, packages, questions } = updatesOf();
    await updates.look();
    const steps: unknown[] = [];
    updates.state.subscribe(({ step }) => steps.push(step));

    await updates.fetch();
    void updates.install();

    await vi.waitFor(() => expect(packages.installs).toBe(1));
    expect(packages.fetched).toEqual(['https://example.org/minos/minos-1.2.0-win-x64.exe 1.2.0']);
    expect(questions).toEqual(['Restart Minos as version 1.2.0?']);
    expect(steps).toEqual([
      { kind: 'fetching', doneBytes: 0 },
      { kind: 'fetching', doneBytes: 50 },
      { kind: 'fetched' },
      { kind: 'installing' },
    ]);
  });

  it.each<[string, Partial<UpdatesOptions>, string]>([
    ['on Linux, where Minos tells and links', { platform: 'linux' }, 'tell'],
    ['without a package for this computer', { arch: 'arm64' }, 'install'],
  ])('fetches nothing %s', async (_what, options, way) => {
    const { updates, load, pages } = updatesOf(options);
    await updates.look();

    await expect(updates.fetch()).rejects.toThrow(Failed);
    await updates.showPage();

    expect(updates.state.current).toMatchObject({ way, offered: { version: '1.2.0' } });
    expect(load).not.toHaveBeenCalled();
    expect(pages).toEqual(['https://example.org/get']);
  });

  it('is ended by the user without a failure, and can be begun anew', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    packages.fetch.mockImplementationOnce(
      (_wanted, _onProgress, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Failed({ code: 'cancelled', message: 'no' })));
        }),
    );
    const fetching = updates.fetch();
    await expect(updates.look()).rejects.toThrow('on its way');

    updates.cancel();
    await fetching;
    // What was on its way arrives.
    packages.fetch.mock.calls[0]?.[1](60);

    expect(updates.state.current.step).toBeUndefined();
    expect(updates.state.current.failure).toBeUndefined();
    await updates.fetch();
    expect(updates.state.current.step).toEqual({ kind: 'fetched' });
  });

  it('stays with what was offered when the answer to an earlier question names another version meanwhile', async () => {
    let answer: (text: string) => void = () => undefined;
    const answers = [
      Promise.resolve(packageOf('1.2.0')),
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
    ];
    const { updates, packages, questions } = updatesOf({
      askHttps: async () => ({ status: 200, body: piecesOf((await answers.shift()) ?? '') }),
    });
    await updates.look();
    let arrive: () => void = () => undefined;
    packages.fetch.mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)));
    again();
    const looking = updates.look();
    const fetching = updates.fetch();
    await vi.waitFor(() => expect(packages.fetch).toHaveBeenCalled());

    answer(packageOf('1.3.0').replace('AAAA', 'BBBB'));
    await looking;

    expect(updates.state.current).toMatchObject({
      ...{ isLooking: false, newest: '1.2.0', offered: { version: '1.2.0' }, step: { kind: 'fetching' } },
    });
    arrive();
    await fetching;
    void updates.install();
    await vi.waitFor(() => expect(packages.installs).toBe(1));
    expect(questions).toEqual(['Restart Minos as version 1.2.0?']);
  });

  it('says what was wrong with a package, and installs nothing of it', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    packages.fetch.mockRejectedValueOnce(new Failed({ code: 'untrusted', message: 'Signed by somebody else.' }));

    await updates.fetch();

    expect(updates.state.current).toMatchObject({ failure: { message: 'Signed by somebody else.' } });
    await expect(updates.install()).rejects.toThrow('Nothing was fetched');
  });

  it('says in words of its own what a library could not', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    packages.fetch.mockRejectedValueOnce(new Error('ERR_SQUIRREL at /home/ada'));

    await updates.fetch();

    expect(updates.state.current.failure?.message).toBe('The update failed for a reason that Minos does not know.');
  });

  it.each<[string, { deeds: number; isUnderWay: boolean }, string]>([
    ['a deed', { deeds: 1, isUnderWay: false }, 'Something is being done to a cluster.'],
    ['a download', { deeds: 0, isUnderWay: true }, 'A download or an export is being written.'],
  ])('does not end Minos during %s, neither before the question nor after it', async (_what, at, why) => {
    const busy = { deeds: 0, isUnderWay: false };
    const busyNow = (): string | undefined =>
      busyWith({
        plans: { staying: { isNeeded: () => busy.deeds > 0 } },
        unfinished: busy,
      } as unknown as Parameters<typeof busyWith>[0]);
    const questions: string[] = [];
    const ask: UpdatesOptions['ask'] = ({ title }) => {
      questions.push(title);
      Object.assign(busy, at);
      return Promise.resolve();
    };
    const { updates, packages } = updatesOf({ busyWith: busyNow, ask });
    await updates.look();
    await updates.fetch();

    await expect(updates.install()).rejects.toThrow(why);
    expect(questions).toHaveLength(1);
    await expect(updates.install()).rejects.toThrow(why);

    expect([questions.length, packages.installs, updates.state.current.step?.kind]).toEqual([1, 0, 'fetched']);
  });

  it('is put off, and can be installed later, when something begins while the package is looked at', async () => {
    const busy: { why?: string } = {};
    const { updates, packages } = updatesOf({ busyWith: () => busy.why });
    await updates.look();
    await updates.fetch();
    packages.install.mockImplementationOnce((isStillFree) => {
      busy.why = 'Something is being done to a cluster.';
      if (isStillFree()) return new Promise(() => undefined);
      throw new Failed({ code: 'precondition', message: 'Minos was not ended.' });
    });

    await updates.install();

    expect(updates.state.current).toMatchObject({ step: { kind: 'fetched' }, failure: { code: 'precondition' } });
    delete busy.why;
    void updates.install();
    await vi.waitFor(() => expect(packages.installs).toBe(1));
  });

  it('is not installed when another package took its place while the question stood there', async () => {
    let yes: () => void = () => undefined;
    const { updates, packages, served } = updatesOf({ ask: () => new Promise((resolve) => (yes = resolve)) });
    await updates.look();
    await updates.fetch();
    const installing = updates.install();
    served.text = packageOf('1.3.0').replace('AAAA', 'BBBB');
    again();
    await updates.look();

    yes();

    await expect(installing).rejects.toThrow('Nothing was fetched');
    expect(packages.installs).toBe(0);
  });

  it('does nothing when the user does not confirm it', async () => {
    const no = new Failed({ code: 'cancelled', message: 'You did not confirm it; nothing was done.' });
    const { updates, packages } = updatesOf({ ask: () => Promise.reject(no) });
    await updates.look();
    await updates.fetch();

    await expect(updates.install()).rejects.toThrow('nothing was done');

    expect([packages.installs, updates.state.current.step?.kind]).toEqual([0, 'fetched']);
  });

  it('that the system does not take leaves this Minos, says so, and wants it fetched anew', async () => {
    const { updates, packages } = updatesOf();
    await updates.look();
    await updates.fetch();
    packages.install.mockRejectedValueOnce(new Failed({ code: 'untrusted', message: 'The system did not take it.' }));

    await updates.install();

    expect(updates.state.current.step).toBeUndefined();
    expect(updates.state.current.failure?.message).toBe('The system did not take it.');
  });

  it('keeps what was fetched only as long as the newest version is the same to the byte', async () => {
    const { updates, served } = updatesOf();
    await updates.look();
    await updates.fetch();
    again();
    await updates.look();
    expect(updates.state.current.step).toEqual({ kind: 'fetched' });

    served.text = packageOf('1.2.0').replace('AAAA', 'BBBB');
    again();
    await updates.look();

    expect(updates.state.current.step).toBeUndefined();
  });
});
