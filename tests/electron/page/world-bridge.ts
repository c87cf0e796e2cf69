export interface WorldBridge {
  /** Makes `window[name]` in the other world: frozen data, functions that call back into this world. */
  expose(name: string, api: unknown): void;
  /** A note to the other runtime (not to the application). */
  tell(subject: string, values: readonly string[]): void;
  onTold(subject: string, listener: (values: readonly string[]) => void): void;
}

/**
 * contextBridge: carries values, functions and promises between the page's world and the preload's isolated world.
 * Both worlds run this same function, each with its own `side`.
 *
 * The way across is a DOM event on a channel name that only the two runtimes know. Chromium makes a structured clone of
 * an event's `detail` for the other world, so that a `File` stays a real `File`. Functions and promises travel as
 * numbers. Errors keep their message only, as in Electron.
 *
 * Runs inside the page by its source text: it must not use anything from outside its body.
 */
export function worldBridge(channel: string, side: 'page' | 'preload'): WorldBridge {
  type Packed =
    | { readonly t: 'value'; readonly v: unknown }
    | { readonly t: 'function' | 'promise'; readonly id: number }
    | { readonly t: 'error'; readonly message: string }
    | { readonly t: 'array'; readonly v: readonly Packed[] }
    | { readonly t: 'object'; readonly v: readonly (readonly [string, Packed])[] };
  type Message =
    | { readonly t: 'call'; readonly id: number; readonly args: readonly Packed[] }
    | { readonly t: 'return'; readonly ok: boolean; readonly v: Packed }
    | { readonly t: 'settle'; readonly id: number; readonly ok: boolean; readonly v: Packed }
    | { readonly t: 'release'; readonly id: number; readonly document: number }
    | { readonly t: 'tell'; readonly subject: string; readonly values: readonly string[] }
    | { readonly t: 'expose'; readonly name: string; readonly v: Packed };
  type AnyFunction = (...args: unknown[]) => unknown;
  interface Promised {
    resolve(value: unknown): void;
    reject(error: Error): void;
  }

  const MAX_DEPTH = 1000;
  const otherSide = side === 'page' ? 'preload' : 'page';
  const dispatch = window.dispatchEvent.bind(window);
  const Event = CustomEvent;
  const ownFunctions = new Map<number, AnyFunction>();
  const awaited = new Map<number, Promised>();
  const told = new Map<string, (values: readonly string[]) => void>();
  const exposed = new Set<string>();
  let nextId = 0;
  /** Calls across worlds are synchronous and may nest: the answer that came last is the one of the call just made. */
  const answers: { readonly ok: boolean; readonly v: Packed }[] = [];

  const send = (message: Message): void => {
    dispatch(new Event(`${channel}:${otherSide}`, { detail: message }));
  };

  /** The same in both worlds of one document, and another one after a reload. */
  const ownDocument = performance.timeOrigin;

  /**
   * The other world drops a function when our proxy of it has been collected. This may happen after a reload, when
   * `window` is already the next document's: it must not drop that one's functions.
   */
  const proxies = new FinalizationRegistry<number>((id) => {
    send({ t: 'release', id, document: ownDocument });
  });

  const isCloneable = (value: object): boolean =>
    value instanceof Date ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof RegExp ||
    value instanceof ArrayBuffer ||
    value instanceof Blob ||
    ArrayBuffer.isView(value);

  const needsPacking = (value: unknown, depth: number): boolean => {
    if (depth > MAX_DEPTH) throw new Error('The value is nested too deeply to cross the bridge.');
    if (typeof value === 'function' || typeof value === 'symbol') return true;
    if (value === null || typeof value !== 'object') return false;
    if (value instanceof Promise || value instanceof Error) return true;
    if (Array.isArray(value)) return value.some((item) => needsPacking(item, depth + 1));
    if (isCloneable(value)) return false;
    if (Object.getPrototypeOf(value) !== Object.prototype) return true;
    for (const key in value) if (needsPacking((value as Record<string, unknown>)[key], depth + 1)) return true;
    return false;
  };

  const pack = (value: unknown): Packed => {
    if (!needsPacking(value, 0)) return { t: 'value', v: value };
    if (typeof value === 'function') return packFunction(value as AnyFunction);
    if (typeof value === 'symbol') throw new Error('A symbol cannot cross the bridge.');
    if (value instanceof Promise) return packPromise(value);
    if (value instanceof Error) return { t: 'error', message: value.message };
    if (Array.isArray(value)) return { t: 'array', v: value.map(pack) };
    return { t: 'object', v: Object.entries(value as object).map(([key, item]) => [key, pack(item)] as const) };
  };

  const packFunction = (value: AnyFunction): Packed => {
    const id = ++nextId;
    ownFunctions.set(id, value);
    return { t: 'function', id };
  };

  const packPromise = (promise: Promise<unknown>): Packed => {
    const id = ++nextId;
    promise.then(
      (value) => {
        send({ t: 'settle', id, ok: true, v: pack(value) });
      },
      (error: unknown) => {
        send({ t: 'settle', id, ok: false, v: { t: 'error', message: messageOf(error) } });
      },
    );
    return { t: 'promise', id };
  };

  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  const unpack = (packed: Packed): unknown => {
    switch (packed.t) {
      case 'value':
        return packed.v;
      case 'function':
        return proxy(packed.id);
      case 'promise':
        return new Promise((resolve, reject) => awaited.set(packed.id, { resolve, reject }));
      case 'error':
        return new Error(packed.message);
      case 'array':
        return packed.v.map(unpack);
      case 'object': {
        const made = {};
        for (const [key, item] of packed.v) {
          Object.defineProperty(made, key, {
            value: unpack(item),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
        return made;
      }
    }
  };

  const proxy = (id: number): AnyFunction => {
    const made: AnyFunction = (...args) => {
      send({ t: 'call', id, args: args.map(pack) });
      const inner = answers.pop();
      if (!inner) throw new Error('An object could not be cloned.');
      const value = unpack(inner.v);
      if (!inner.ok) throw value as Error;
      return value;
    };
    proxies.register(made, id);
    return made;
  };

  const call = (id: number, args: readonly Packed[]): void => {
    try {
      const own = ownFunctions.get(id);
      if (!own) throw new Error('The function is gone.');
      send({ t: 'return', ok: true, v: pack(own(...args.map(unpack))) });
    } catch (error) {
      send({ t: 'return', ok: false, v: { t: 'error', message: messageOf(error) } });
    }
  };

  const settle = (id: number, ok: boolean, packed: Packed): void => {
    const promised = awaited.get(id);
    awaited.delete(id);
    const value = unpack(packed);
    if (ok) promised?.resolve(value);
    else promised?.reject(value as Error);
  };

  const freeze = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
    for (const item of Object.values(value)) freeze(item);
    return Object.freeze(value);
  };

  const receive = (message: Message): void => {
    switch (message.t) {
      case 'call':
        call(message.id, message.args);
        return;
      case 'return':
        answers.push(message);
        return;
      case 'settle':
        settle(message.id, message.ok, message.v);
        return;
      case 'release':
        if (message.document === ownDocument) ownFunctions.delete(message.id);
        return;
      case 'tell':
        told.get(message.subject)?.(message.values);
        return;
      case 'expose':
        Object.defineProperty(window, message.name, { value: freeze(unpack(message.v)), enumerable: true });
    }
  };

  window.addEventListener(`${channel}:${side}`, (event) => {
    event.stopImmediatePropagation();
    const message = (event as CustomEvent<Message | null>).detail;
    // Chromium hands over null when the value could not be cloned.
    if (message) receive(message);
  });

  return {
    expose(name, api) {
      if (exposed.has(name)) throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(name);
      send({ t: 'expose', name, v: pack(api) });
    },
    tell(subject, values) {
      send({ t: 'tell', subject, values });
    },
    onTold(subject, listener) {
      told.set(subject, listener);
    },
  };
}
