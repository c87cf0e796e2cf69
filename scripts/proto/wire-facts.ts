/** The shape of tests/proto/wire.json: what is fixed about the API, and nothing more. */

export interface WireFacts {
  readonly about: string;
  /** By path below proto/. */
  readonly files: Readonly<Record<string, WireFile>>;
}

export interface WireFile {
  readonly package: string;
  readonly syntax: 'proto3';
  readonly imports: readonly string[];
  readonly services: Readonly<Record<string, Readonly<Record<string, WireMethod>>>>;
  /** By name inside the package; a nested message has its parent's name before a dot. */
  readonly messages: Readonly<Record<string, WireMessage>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface WireMethod {
  readonly request: string;
  readonly response: string;
  readonly client_stream?: boolean;
  readonly server_stream?: boolean;
  readonly deprecated?: boolean;
}

export interface WireMessage {
  readonly fields: readonly WireField[];
  /** Ranges of numbers (both ends included) and names that must not be used again. */
  readonly reserved?: readonly (readonly [number, number] | string)[];
}

export interface WireField {
  readonly n: number;
  readonly name: string;
  /** As written in the original: scalar, `map<k,v>`, or a name resolved by protobuf's scoping rules. */
  readonly type: string;
  readonly repeated?: boolean;
  readonly optional?: boolean;
  readonly deprecated?: boolean;
  readonly oneof?: string;
}
