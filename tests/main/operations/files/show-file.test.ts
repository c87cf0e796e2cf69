import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { showFile } from '../../../../main/operations/files/show-file.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import type { FileItem } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

/** A node with one file, which tests write to. */
class OneFile {
  content = Buffer.alloc(0);
  modified = 1;
  size: number | undefined;
  why: Error | undefined;
  reads = 0;
  looks = 0;
  /** Bytes that were sent. */
  sent = 0;

  write(text: string): void {
    this.content = Buffer.from(text);
    this.modified += 1;
  }

  async *#list() {
    this.looks += 1;
    if (this.why) throw this.why;
    const size = String(this.size ?? this.content.length);
    yield {
      name: '/log',
      relative_name: 'log',
      error: '',
      mode: 0o644,
      uid: 0,
      gid: 0,
      size,
      modified: String(this.modified),
      link: '',
    };
  }

  async *#read() {
    this.reads += 1;
    for (let at = 0; at < this.content.length; at += 1024) {
      const bytes = this.content.subarray(at, at + 1024);
      this.sent += bytes.length;
      yield { bytes, metadata: null };
    }
  }

  readonly caller = {
    context: 'sim',
    serverStream: (path: string) => (path.endsWith('/List') ? this.#list() : this.#read()),
    explain: (error: unknown) => ({ code: 'unreachable', message: String(error), retry: 'safe', traceId: 't' }),
  } as unknown as Caller;
}

function follow(file: OneFile, mostBytes = 64 * 1024, isFollowed = true) {
  const clock = new FakeClock();
  const page = { isSeen: true };
  const stop = new AbortController();
  const items: FileItem[] = [];
  let failure: unknown;
  const tools = { caller: () => file.caller, clock, isSeen: () => page.isSeen };
  const wish = { node: 'n', path: '/log', mostBytes, isFollowed };
  const ended = (async () => {
    for await (const item of showFile(tools, wish, stop.signal)) items.push(item);
  })().catch((error: unknown) => {
    failure = error;
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
  };
  return {
    ...{ items, page, clock, ended, stop },
    failed: () => failure,
    types: () => items.map(({ type }) => type),
    /** What the page shows. */
    text: () => {
      let text = '';
      for (const item of items) {
        if (item.type === 'again') text = '';
        if (item.type === 'bytes') text += Buffer.from(item.base64, 'base64').toString();
      }
      return text;
    },
    settle,
    later: async (ms: number): Promise<void> => {
      clock.advance(ms);
      await settle();
    },
  };
}

describe('a file that is not followed', () => {
  it('is shown from its beginning, cut where it is longer, and no more of it is read than that', async () => {
    const file = new OneFile();
    file.write('x'.repeat(100_000));
    const shown = follow(file, 2048, false);
    await shown.ended;

    expect(shown.text()).toBe('x'.repeat(2048));
    expect(shown.items.at(-1)).toMatchObject({ type: 'read', isCut: true });
    expect(file.sent).toBeLessThan(8192);
  });
});

describe('a file that is followed', () => {
  it('shows what is added to it, and reads nothing while it stays as it is', async () => {
    const file = new OneFile();
    file.write('one\n');
    const shown = follow(file);
    await shown.settle();
    await shown.later(2000);
    await shown.later(2000);

    expect(file.reads).toBe(1);
    expect(shown.types().filter((type) => type === 'same')).toHaveLength(2);
    file.write('one\ntwo\n');
    await shown.later(2000);

    expect(shown.text()).toBe('one\ntwo\n');
    expect(shown.items.filter(({ type }) => type === 'again')).toHaveLength(1);
    shown.stop.abort();
    await shown.ended;
    expect(shown.clock.active).toBe(0);
  });

  it('shows the end of one that is longer than what is shown, and says how much stands before it', async () => {
    const file = new OneFile();
    file.write(`${'a'.repeat(5000)}end`);
    const shown = follow(file, 1024);
    await shown.settle();

    expect(shown.items).toContainEqual({ type: 'again', why: 'first', skipped: 5003 - 1024 });
    expect(shown.text()).toHaveLength(1024);
    expect(shown.text()).toMatch(/end$/);
    shown.stop.abort();
  });

  it('begins anew when the file was replaced by another one, also by a longer one', async () => {
    const file = new OneFile();
    file.write('first log\n');
    const shown = follow(file);
    await shown.settle();
    file.write('second log, which is longer\n');
    await shown.later(2000);

    expect(shown.items).toContainEqual({ type: 'again', why: 'replaced', skipped: 0 });
    expect(shown.text()).toBe('second log, which is longer\n');
    shown.stop.abort();
  });

  it('begins anew when the file was cut', async () => {
    const file = new OneFile();
    file.write('a long log\n');
    const shown = follow(file);
    await shown.settle();
    file.write('a lo');
    await shown.later(2000);

    expect(shown.items).toContainEqual({ type: 'again', why: 'shorter', skipped: 0 });
    expect(shown.text()).toBe('a lo');
    shown.stop.abort();
  });

  it('of the kernel, whose size is always 0, is read each time and told only when it is another', async () => {
    const file = new OneFile();
    file.size = 0;
    file.write('0.5 0.4');
    const shown = follow(file);
    await shown.settle();
    await shown.later(2000);
    expect(shown.items.at(-1)).toMatchObject({ type: 'same' });

    file.write('0.9 0.4');
    await shown.later(2000);
    expect(shown.text()).toBe('0.9 0.4');
    expect(shown.items).toContainEqual({ type: 'again', why: 'anew', skipped: 0 });
    shown.stop.abort();
  });

  it('is not looked at while nobody sees the page, and at the next turn once somebody does', async () => {
    const file = new OneFile();
    file.write('one\n');
    const shown = follow(file);
    await shown.settle();
    shown.page.isSeen = false;
    for (let turn = 0; turn < 5; turn += 1) await shown.later(2000);
    expect(file.looks).toBe(1);

    shown.page.isSeen = true;
    await shown.later(2000);
    expect(file.looks).toBe(2);
    shown.stop.abort();
  });

  it('is looked at the less often the larger it is', async () => {
    const file = new OneFile();
    file.size = 20 * 1024 * 1024;
    file.write('x');
    const shown = follow(file);
    await shown.settle();

    expect(shown.items).toContainEqual(expect.objectContaining({ type: 'entry', everyMs: 10_000 }));
    await shown.later(9_000);
    expect(file.looks).toBe(1);
    await shown.later(1_000);
    expect(file.looks).toBe(2);
    shown.stop.abort();
  });

  it('says since when it could not be looked at, and goes on where it was', async () => {
    const file = new OneFile();
    file.write('one\n');
    const shown = follow(file);
    await shown.settle();
    file.why = new Error('gone');
    await shown.later(2000);
    const sinceMs = shown.clock.now();
    await shown.later(2000);
    expect(shown.items.at(-1)).toMatchObject({ type: 'trouble', sinceMs });

    file.why = undefined;
    file.write('one\ntwo\n');
    await shown.later(2000);
    expect(shown.text()).toBe('one\ntwo\n');
    shown.stop.abort();
  });

  it('that is too large is shown in part and not followed', async () => {
    const file = new OneFile();
    file.size = 1024 ** 4;
    file.write('x'.repeat(3000));
    const shown = follow(file, 1024);
    await shown.ended;

    expect(shown.types()).toEqual(['started', 'entry', 'again', 'bytes', 'read', 'tooLarge']);
    expect(shown.clock.active).toBe(0);
  });

  it('that cannot even be read once has failed, in words', async () => {
    const file = new OneFile();
    file.why = Object.assign(new Error('refused'), { code: status.PERMISSION_DENIED });
    const shown = follow(file);
    await shown.ended;

    expect(shown.failed()).toBeInstanceOf(Failed);
  });
});
