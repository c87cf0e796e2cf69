import { createHash } from 'node:crypto';
import { listResources } from '../../checks/client/read-resources.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { textParam, wrong } from '../../commands/kit/params.ts';
import { quoted } from '../../quoted.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { lookUntil } from '../kit/look-until.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { CHANGE_WITHIN_MS, READ_WITHIN_MS } from '../kit/read-within.ts';
import { isTalosKey, keyId, keyWords, readKey } from './meta-keys.ts';
import { lengthTrace, metaWriteLookUp } from './meta-look-up.ts';

const KEY = { id: 'key', title: 'Key', kind: 'text', required: true } as const;
/** META is a partition of 1 MiB; a value is far less. */
const MOST_BYTES = 64 * 1024;

const keyOf = (params: CommandParams): number => readKey(textParam(params, KEY.id));
const DANGER = 'Talos reads it: a wrong value can make the machine unreachable, or stop its upgrade.';

/** `talosctl meta write KEY VALUE`. What is written is not kept in the journal: it may be a secret. */
export const metaWrite: DeedDefinition = {
  id: 'meta-write',
  title: 'Write a key of META',
  about: 'META keeps small values beside the machine config, over resets too. Keys 0x0c to 0x0e are free for users.',
  method: '/machine.MachineService/MetaWrite',
  params: [KEY, { id: 'value', title: 'Value', kind: 'lines', required: true, isSensitive: true }],
  syntax: { names: ['meta write'], positionals: ['key', 'value'] },
  lookUp: metaWriteLookUp(({ params, caller, node, signal }) => readMeta(keyOf(params), { caller, node, signal })),
  check: (params) => {
    keyOf(params);
    if (Buffer.byteLength(textParam(params, 'value')) > MOST_BYTES) throw wrong('value', 'Value: more than 64 KiB.');
  },
  plan: (params, tools) => {
    const key = keyOf(params);
    const value = textParam(params, 'value');
    return planDeed(
      metaWrite,
      params,
      {
        deed: (where) => `Write ${keyWords(key)} on ${where}`,
        past: (where) => `Wrote ${keyWords(key)} on ${where}`,
        risk: isTalosKey(key) ? 'destroys' : 'interrupts',
        does: `${keyId(key)} becomes ${quoted(value)}; what it was is gone. ${isTalosKey(key) ? DANGER : 'Nothing of Talos reads it.'}`,
        ...(isTalosKey(key) && { isTyped: true as const }),
        kept: { ...params, value: `(${Buffer.byteLength(value)} bytes, not kept)` },
        read: async (call) => {
          const before = await readMeta(key, call);
          const isSame = before === value;
          const trace = lengthTrace(before, value);
          return { ...howItIs(before), trace, ...(isSame && { refused: 'It has this value already.' }) };
        },
        work: {
          call: {
            method: '/machine.MachineService/MetaWrite',
            request: { key, value: Buffer.from(value) },
            deadlineMs: CHANGE_WITHIN_MS,
          },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const isWanted = (await readMeta(key, { caller: tools.caller(), node, signal })) === value;
              return { words: isWanted ? 'It has the value' : 'It does not show the value yet', isWanted };
            }),
        },
      },
      tools,
    );
  },
};

/** `talosctl meta delete KEY`. */
export const metaDelete: DeedDefinition = {
  id: 'meta-delete',
  title: 'Delete a key of META',
  about: 'What stands under the key is gone.',
  method: '/machine.MachineService/MetaDelete',
  params: [KEY],
  syntax: { names: ['meta delete'], positionals: ['key'] },
  lookUp: lookUpByReading,
  check: (params) => void keyOf(params),
  plan: (params, tools) => {
    const key = keyOf(params);
    return planDeed(
      metaDelete,
      params,
      {
        deed: (where) => `Delete ${keyWords(key)} on ${where}`,
        past: (where) => `Deleted ${keyWords(key)} on ${where}`,
        risk: isTalosKey(key) ? 'destroys' : 'interrupts',
        does: `What stands under ${keyId(key)} is gone. ${isTalosKey(key) ? 'Talos reads it: the machine may start another way than before.' : 'Nothing of Talos reads it.'}`,
        ...(isTalosKey(key) && { isTyped: true as const }),
        read: async (call) => {
          const value = await readMeta(key, call);
          const isDone = value === undefined;
          return { ...howItIs(value), isDone, ...(isDone && { refused: 'There is nothing under this key.' }) };
        },
        work: {
          call: { method: '/machine.MachineService/MetaDelete', request: { key }, deadlineMs: CHANGE_WITHIN_MS },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const isWanted = (await readMeta(key, { caller: tools.caller(), node, signal })) === undefined;
              return { words: isWanted ? 'It is gone' : 'It is still there', isWanted };
            }),
        },
      },
      tools,
    );
  },
};

/** How a key is: with its value for whoever plans, and without it in what is kept. */
function howItIs(value: string | undefined): MachineReading {
  if (value === undefined) return { now: 'not set' };
  const shown = quoted(value);
  // What is shown otherwise, or not wholly, would read the same after a change.
  const whole = shown === `“${value}”` ? '' : `, ${fingerprint(value)}`;
  return { now: `set to ${shown}${whole}`, said: 'the key is set as the plan showed it' };
}

const fingerprint = (value: string): string =>
  `${Buffer.byteLength(value)} bytes, SHA-256 ${createHash('sha256').update(value).digest('hex').slice(0, 12)}`;

/** The value of a key, undefined where there is none. Throws what the call throws. */
async function readMeta(key: number, { caller, node, signal }: ReadCall): Promise<string | undefined> {
  const place = { namespace: 'runtime', type: 'MetaKeys.runtime.talos.dev' };
  const keys = await listResources(caller, place, ['{.value}'], { node, deadlineMs: READ_WITHIN_MS, signal });
  return keys.find(({ id }) => id.toLowerCase() === keyId(key))?.fields[0];
}
