import { FIXED32, FIXED64, LENGTH, VARINT, type FieldLayout, type MessageLayout } from './message-layout.ts';

/** Bytes that are no message of their type; decoding them could read something else than was counted. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** Deeper than any message of proto/. */
const MAX_DEPTH = 32;

/**
 * How many values decoding `bytes` makes: messages with all their fields (defaults are filled in), entries of lists and maps.
 * Two bytes can make a message of thirty fields, so this and not the number of bytes says what a message costs. Reads every
 * tag once and makes nothing; stops above `limit` with a number above it. Throws {@link MalformedMessage} for whatever
 * protobufjs could read otherwise than it is counted here: wire types that do not fit, groups, numbers that are too long.
 */
export function wireWeight(bytes: Uint8Array, layout: MessageLayout, limit: number): number {
  const scan: Scan = { bytes, limit, weight: 0 };
  messageEnd(scan, layout, 0, bytes.length, 0);
  return scan.weight;
}

interface Scan {
  readonly bytes: Uint8Array;
  readonly limit: number;
  weight: number;
}

/*
 * Everything below takes where something begins and says where it ends. These run once for each of a million fields: places
 * are plain numbers, and what usually is one byte (a tag, a length) is read at once.
 */

function messageEnd(scan: Scan, layout: MessageLayout, from: number, end: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new MalformedMessage('nested too deep');
  const { bytes, limit } = scan;
  const { fields } = layout;
  scan.weight += layout.weight;
  let at = from;
  while (at < end && scan.weight <= limit) {
    const first = bytes[at] as number;
    const tag = first < 128 ? first : shortNumber(bytes, at, end);
    at = first < 128 ? at + 1 : numberEnd(bytes, at, end);
    const number = tag >>> 3;
    if (number === 0) throw new MalformedMessage('a field without a number');
    const field = fields[number];
    at = field === undefined ? valueEnd(bytes, tag & 7, at, end) : fieldEnd(scan, field, tag & 7, at, end, depth);
  }
  return at;
}

function fieldEnd(scan: Scan, field: FieldLayout, wireType: number, at: number, end: number, depth: number): number {
  const { repeated, inner } = field;
  const { bytes } = scan;
  if (wireType !== field.wireType) {
    if (!repeated || wireType !== LENGTH) throw new MalformedMessage('a field of another type than expected');
    return packedEnd(scan, field, numberEnd(bytes, at, end), lengthAt(bytes, at, end));
  }
  // A single value is counted with its message; one that comes again replaces it.
  if (repeated) scan.weight += 1;
  if (inner !== undefined) {
    return messageEnd(scan, inner, numberEnd(bytes, at, end), lengthAt(bytes, at, end), depth + 1);
  }
  return field.isInt32 ? int32End(bytes, at, end) : valueEnd(bytes, wireType, at, end);
}

/** Numbers of a list in one piece. */
function packedEnd(scan: Scan, field: FieldLayout, from: number, end: number): number {
  if (field.wireType !== VARINT) {
    const width = field.wireType === FIXED32 ? 4 : 8;
    if ((end - from) % width !== 0) throw new MalformedMessage('a list that ends in a number');
    scan.weight += (end - from) / width;
    return end;
  }
  let at = from;
  while (at < end && scan.weight <= scan.limit) {
    scan.weight += 1;
    at = field.isInt32 ? int32End(scan.bytes, at, end) : numberEnd(scan.bytes, at, end);
  }
  return at;
}

function valueEnd(bytes: Uint8Array, wireType: number, at: number, end: number): number {
  switch (wireType) {
    case VARINT:
      return numberEnd(bytes, at, end);
    case FIXED64:
      return within(at + 8, end);
    case LENGTH:
      return lengthAt(bytes, at, end);
    case FIXED32:
      return within(at + 4, end);
    default:
      throw new MalformedMessage('a group, or no field at all');
  }
}

/** A number of 32 bits: at most five bytes, or, when negative, ten. A decoder takes anything between for ten. */
function int32End(bytes: Uint8Array, at: number, end: number): number {
  const to = numberEnd(bytes, at, end);
  if (to - at > 5 && to - at !== 10) throw new MalformedMessage('a number of an unusual length');
  return to;
}

function within(at: number, end: number): number {
  if (at > end) throw new MalformedMessage('cut off');
  return at;
}

function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end && at < from + 10; at += 1) if ((bytes[at] as number) < 128) return at + 1;
  throw new MalformedMessage('a number without an end');
}

/** Where what follows a length ends. */
function lengthAt(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) throw new MalformedMessage('cut off');
  const first = bytes[at] as number;
  return first < 128
    ? within(at + 1 + first, end)
    : within(numberEnd(bytes, at, end) + shortNumber(bytes, at, end), end);
}

/** A tag or a length: at most five bytes. */
function shortNumber(bytes: Uint8Array, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end && at < from + 5; at += 1) {
    const byte = bytes[at] as number;
    value |= (byte & 127) << (7 * (at - from));
    if (byte < 128) return value >>> 0;
  }
  throw new MalformedMessage('a number that is too long');
}
