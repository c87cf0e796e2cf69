// Generated, one piece: types of auth/auth.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
} from '../google/protobuf.ts';

/**
 * Registers the key that later requests are signed with.
 */
export interface AuthServiceClient extends grpc.Client {
  /**
   * Ends when the key was confirmed; may take minutes.
   */
  AwaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  AwaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  AwaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  AwaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  /**
   * Ends when the key was confirmed; may take minutes.
   */
  awaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  awaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  awaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  awaitPublicKeyConfirmation(argument: AwaitPublicKeyConfirmationRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  ConfirmPublicKey(argument: ConfirmPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  ConfirmPublicKey(argument: ConfirmPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  ConfirmPublicKey(argument: ConfirmPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  ConfirmPublicKey(argument: ConfirmPublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: ConfirmPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: ConfirmPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: ConfirmPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: ConfirmPublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  /**
   * Answers with the page where the person confirms the key.
   */
  RegisterPublicKey(argument: RegisterPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  RegisterPublicKey(argument: RegisterPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  RegisterPublicKey(argument: RegisterPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  RegisterPublicKey(argument: RegisterPublicKeyRequest, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Answers with the page where the person confirms the key.
   */
  registerPublicKey(argument: RegisterPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  registerPublicKey(argument: RegisterPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  registerPublicKey(argument: RegisterPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  registerPublicKey(argument: RegisterPublicKeyRequest, callback: grpc.requestCallback<RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  
  RevokePublicKey(argument: RevokePublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  RevokePublicKey(argument: RevokePublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  RevokePublicKey(argument: RevokePublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  RevokePublicKey(argument: RevokePublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: RevokePublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: RevokePublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: RevokePublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: RevokePublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Registers the key that later requests are signed with.
 */
export interface AuthServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Ends when the key was confirmed; may take minutes.
   */
  AwaitPublicKeyConfirmation: grpc.handleUnaryCall<AwaitPublicKeyConfirmationRequest__Output, _google_protobuf_Empty>;
  
  ConfirmPublicKey: grpc.handleUnaryCall<ConfirmPublicKeyRequest__Output, _google_protobuf_Empty>;
  
  /**
   * Answers with the page where the person confirms the key.
   */
  RegisterPublicKey: grpc.handleUnaryCall<RegisterPublicKeyRequest__Output, RegisterPublicKeyResponse>;
  
  RevokePublicKey: grpc.handleUnaryCall<RevokePublicKeyRequest__Output, _google_protobuf_Empty>;
  
}

export interface AuthServiceDefinition extends grpc.ServiceDefinition {
  AwaitPublicKeyConfirmation: MethodDefinition<AwaitPublicKeyConfirmationRequest, _google_protobuf_Empty, AwaitPublicKeyConfirmationRequest__Output, _google_protobuf_Empty__Output>
  ConfirmPublicKey: MethodDefinition<ConfirmPublicKeyRequest, _google_protobuf_Empty, ConfirmPublicKeyRequest__Output, _google_protobuf_Empty__Output>
  RegisterPublicKey: MethodDefinition<RegisterPublicKeyRequest, RegisterPublicKeyResponse, RegisterPublicKeyRequest__Output, RegisterPublicKeyResponse__Output>
  RevokePublicKey: MethodDefinition<RevokePublicKeyRequest, _google_protobuf_Empty, RevokePublicKeyRequest__Output, _google_protobuf_Empty__Output>
}

export interface AwaitPublicKeyConfirmationRequest {
  'public_key_id'?: (string);
}

export interface AwaitPublicKeyConfirmationRequest__Output {
  'public_key_id': (string);
}

export interface ConfirmPublicKeyRequest {
  'public_key_id'?: (string);
}

export interface ConfirmPublicKeyRequest__Output {
  'public_key_id': (string);
}

export interface Identity {
  /**
   * The identity in the talosconfig.
   */
  'email'?: (string);
}

export interface Identity__Output {
  /**
   * The identity in the talosconfig.
   */
  'email': (string);
}

export interface PublicKey {
  'pgp_data'?: (Buffer | Uint8Array | string);
  'webauthn_data'?: (Buffer | Uint8Array | string);
}

export interface PublicKey__Output {
  'pgp_data': (Buffer);
  'webauthn_data': (Buffer);
}

export interface RegisterPublicKeyRequest {
  'public_key'?: (PublicKey | null);
  'identity'?: (Identity | null);
  'role'?: (string);
  'skip_user_role'?: (boolean);
}

export interface RegisterPublicKeyRequest__Output {
  'public_key': (PublicKey__Output | null);
  'identity': (Identity__Output | null);
  'role': (string);
  'skip_user_role': (boolean);
}

export interface RegisterPublicKeyResponse {
  /**
   * To be opened in a browser.
   */
  'login_url'?: (string);
  /**
   * The fingerprint.
   */
  'public_key_id'?: (string);
}

export interface RegisterPublicKeyResponse__Output {
  /**
   * To be opened in a browser.
   */
  'login_url': (string);
  /**
   * The fingerprint.
   */
  'public_key_id': (string);
}

export interface RevokePublicKeyRequest {
  'public_key_id'?: (string);
}

export interface RevokePublicKeyRequest__Output {
  'public_key_id': (string);
}
