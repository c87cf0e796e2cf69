import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageSize } from '../../../../main/lib/message-size.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { bytesCommand } from '../../../../main/operations/commands/kit/bytes-command.ts';
import { run } from '../../../../main/operations/work/run.ts';
import { MAX_MESSAGE_BYTES, type RunEvent } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { inPiecesOf, pax, tarGzOf } from '../downloads/tar-of.ts';
import { collectEvents, eventsOf, rowsOf } from './runs-harness.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'minos-bytes-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

/** Saves this archive of one node as a folder. */
async function saved(archive: Buffer): Promise<readonly RunEvent[]> {
  const command = bytesCommand({
    ...{ id: 'copy', title: 'Copy', about: '', method: '/machine.MachineService/Copy', params: [] },
    syntax: { names: ['copy'] },
    kept: () => 'folder',
    suggest: () => ({ name: 'copy', title: 'Copy' }),
    open: () => inPiecesOf(archive, 64 * 1024),
  });
  const request = { runId: 'r', number: 1, command, params: {}, nodes: ['n'], deadlineMs: 1000 };
  return collectEvents(
    run({
      ...request,
      connection: { context: 'sim' } as Caller,
      signal: new AbortController().signal,
      clock: new FakeClock(),
      saving: { choose: () => Promise.resolve(join(home, 'copy')) },
    }),
  );
}

describe('a folder of which much was refused', () => {
  it('is told in events that a page can be sent', async () => {
    // Signs that are written out, in names as long as they may be.
    const long = `${'\u202e'.repeat(80)}/`.repeat(12);
    const refused = Array.from({ length: 600 }, (_each, index) => [
      { name: 'x', type: 'x', content: pax('path', `../${long}${index}`) },
      { name: 'short', content: '' },
    ]).flat();
    const events = await saved(tarGzOf([...refused, { name: 'good', content: 'x' }]));

    for (const event of events) expect(messageSize(event)).toBeLessThan(MAX_MESSAGE_BYTES / 2);
    expect(rowsOf(events, 'n')).toHaveLength(501);
    expect(eventsOf(events, 'answered')[0]?.notes).toEqual(['100 more entries were refused.']);
    expect(await readdir(join(home, 'copy'))).toEqual(['good']);
  });
});
