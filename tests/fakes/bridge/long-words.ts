import type { Bridge, ProducerMessage } from '../../../preload/contract/index.ts';

/** What every name, path and sentence from outside ends with: as long as a name can be, without a place to break it. */
const TAIL = `-${'x'.repeat(252)}`;

/** Fields that hold words of the contract or what only main reads, not text from outside. */
const NOT_SHOWN = new Set(
  (
    'type id kind phase status code retry severity role auth origin signIn by traceId fingerprint context selected ' +
    'platform runtime reason summary state sources shape align unit token field picture color result safety class'
  ).split(' '),
);

/** The same value with every text from outside as long as it can be. */
function lengthen(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return value === '' || NOT_SHOWN.has(key) ? value : value + TAIL;
  if (Array.isArray(value)) return value.map((each) => lengthen(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, lengthen(each, name)]));
}

const shorten = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value).replaceAll(TAIL, ''));

/** A bridge that says all of what another one says, at length. */
export function withLongWords(bridge: Bridge): Bridge {
  const long =
    (tell: (message: ProducerMessage) => void) =>
    (message: ProducerMessage): void =>
      tell(lengthen(message) as ProducerMessage);
  return {
    call: async (id, name, input) => lengthen(await bridge.call(id, name, shorten(input))) as never,
    cancel: (id) => bridge.cancel(id),
    watch: (name, params, tell) => bridge.watch(name, shorten(params), long(tell)),
    open: (name, params, tell) => bridge.open(name, shorten(params), long(tell)),
    drop: async (files) => lengthen(await bridge.drop(files)) as never,
  };
}
