import type { MethodDefinition } from '@grpc/grpc-js';
import type * as protoLoader from '@grpc/proto-loader';
import { formatNumber } from '../../preload/contract/format/numbers.ts';
import { Failed } from '../lib/failed.ts';
import type { MessageDescriptor, MessageLayout, MessageLayouts } from './message-layout.ts';
import { MalformedMessage, wireWeight } from './wire-weight.ts';

/**
 * Most values one reply may make. 32 MiB of processes, which is more than any node has, make up to six million; 32 MiB
 * of empty messages would make hundreds.
 */
export const MAX_REPLY_VALUES = 7_000_000;

/** A method whose replies are weighed before they are decoded, whoever decodes them. */
export interface BoundedMethod<Q, A> extends MethodDefinition<Q, A> {
  /** Throws Failed `too-large` for more than {@link MAX_REPLY_VALUES}, `not-supported` for what is no reply of this method. */
  readonly responseDeserialize: (bytes: Buffer) => A;
  /** The reply if it makes at most so many values, else undefined. Throws as `responseDeserialize`. */
  readonly decodeWithin: (bytes: Buffer, maxValues: number) => A | undefined;
}

type LoadedMethod = protoLoader.MethodDefinition<object, object>;

/** Puts the scales before the decoding of a loaded method. */
export function boundedMethod(method: LoadedMethod, layouts: MessageLayouts): BoundedMethod<object, object> {
  let layout: MessageLayout | undefined;
  const decodeWithin = (bytes: Buffer, maxValues: number): object | undefined => {
    layout ??= layouts.like(method.responseType.type as MessageDescriptor);
    try {
      if (wireWeight(bytes, layout, maxValues) > maxValues) return undefined;
      return method.responseDeserialize(bytes);
    } catch (error) {
      throw unreadable(error);
    }
  };
  return {
    ...method,
    decodeWithin,
    responseDeserialize: (bytes) => {
      const reply = decodeWithin(bytes, MAX_REPLY_VALUES);
      if (reply === undefined) throw tooManyValues();
      return reply;
    },
  };
}

/** For a reply that is refused before it is decoded. */
function tooManyValues(): Failed {
  return new Failed({
    code: 'too-large',
    message: `The answer holds more than ${formatNumber(MAX_REPLY_VALUES)} values and is not read.`,
    hint: 'No healthy node answers like this: find out what runs there.',
  });
}

/** For bytes that are no message of their type. */
export function unreadable(cause: unknown): Failed {
  const details = cause instanceof MalformedMessage || cause instanceof RangeError ? cause.message : String(cause);
  return new Failed(
    {
      code: 'not-supported',
      message: 'The answer is no message that Minos can read.',
      hint: 'Something between here and the node changes what it says, or it is no Talos.',
      details,
    },
    cause,
  );
}
