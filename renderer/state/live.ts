import { createSubscriber } from 'svelte/reactivity';
import type { Failure } from '../../preload/contract/index.ts';
import type { TopicMessage } from '../lib/bridge.ts';

/**
 * A topic as state. Watching starts when something on screen first reads it and stops when nothing does any more, so no
 * component subscribes and none cleans up. The value is replaced, never mutated; it outlives a failure and is then stale.
 *
 * Its fields are plain and the subscriber's own signal tells readers: a rune field would be invisible to a derivation
 * that makes the Live and reads it in one go, since Svelte does not track a state made inside the reader.
 */
export class Live<T> {
  #value: T | undefined;
  #failure: Failure | undefined;
  readonly #use: () => void;
  readonly #watch: (listener: (message: TopicMessage<T>) => void) => () => void;
  #changed: () => void = () => undefined;
  #stop: (() => void) | undefined;

  constructor(watch: (listener: (message: TopicMessage<T>) => void) => () => void) {
    this.#watch = watch;
    this.#use = createSubscriber((changed) => {
      this.#changed = changed;
      this.#start();
      return () => {
        this.#stop?.();
        this.#stop = undefined;
      };
    });
  }

  /** The last snapshot; undefined until the first one came. */
  get current(): T | undefined {
    this.#use();
    return this.#value;
  }

  /** Why the subscription broke; a later snapshot clears it. */
  get failure(): Failure | undefined {
    this.#use();
    return this.#failure;
  }

  /** Subscribe again after a failure. Does nothing while nobody looks. */
  again(): void {
    if (this.#stop === undefined) return;
    this.#stop();
    this.#start();
  }

  #start(): void {
    this.#stop = this.#watch((message) => {
      if (message.type === 'value') {
        this.#value = message.value;
        this.#failure = undefined;
      } else {
        this.#failure = message.failure;
      }
      this.#changed();
    });
  }
}
