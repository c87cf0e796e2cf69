// Original file: proto/auth/auth.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AwaitPublicKeyConfirmationRequest as _auth_AwaitPublicKeyConfirmationRequest, AwaitPublicKeyConfirmationRequest__Output as _auth_AwaitPublicKeyConfirmationRequest__Output } from '../auth/AwaitPublicKeyConfirmationRequest.ts';
import type { ConfirmPublicKeyRequest as _auth_ConfirmPublicKeyRequest, ConfirmPublicKeyRequest__Output as _auth_ConfirmPublicKeyRequest__Output } from '../auth/ConfirmPublicKeyRequest.ts';
import type { Empty as _google_protobuf_Empty, Empty__Output as _google_protobuf_Empty__Output } from '../google/protobuf/Empty.ts';
import type { RegisterPublicKeyRequest as _auth_RegisterPublicKeyRequest, RegisterPublicKeyRequest__Output as _auth_RegisterPublicKeyRequest__Output } from '../auth/RegisterPublicKeyRequest.ts';
import type { RegisterPublicKeyResponse as _auth_RegisterPublicKeyResponse, RegisterPublicKeyResponse__Output as _auth_RegisterPublicKeyResponse__Output } from '../auth/RegisterPublicKeyResponse.ts';
import type { RevokePublicKeyRequest as _auth_RevokePublicKeyRequest, RevokePublicKeyRequest__Output as _auth_RevokePublicKeyRequest__Output } from '../auth/RevokePublicKeyRequest.ts';

/**
 * Registers the key that later requests are signed with.
 */
export interface AuthServiceClient extends grpc.Client {
  /**
   * Ends when the key was confirmed; may take minutes.
   */
  AwaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  AwaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  AwaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  AwaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  /**
   * Ends when the key was confirmed; may take minutes.
   */
  awaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  awaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  awaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  awaitPublicKeyConfirmation(argument: _auth_AwaitPublicKeyConfirmationRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  ConfirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  ConfirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  ConfirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  ConfirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  confirmPublicKey(argument: _auth_ConfirmPublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  /**
   * Answers with the page where the person confirms the key.
   */
  RegisterPublicKey(argument: _auth_RegisterPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  RegisterPublicKey(argument: _auth_RegisterPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  RegisterPublicKey(argument: _auth_RegisterPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  RegisterPublicKey(argument: _auth_RegisterPublicKeyRequest, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Answers with the page where the person confirms the key.
   */
  registerPublicKey(argument: _auth_RegisterPublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  registerPublicKey(argument: _auth_RegisterPublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  registerPublicKey(argument: _auth_RegisterPublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  registerPublicKey(argument: _auth_RegisterPublicKeyRequest, callback: grpc.requestCallback<_auth_RegisterPublicKeyResponse__Output>): grpc.ClientUnaryCall;
  
  RevokePublicKey(argument: _auth_RevokePublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  RevokePublicKey(argument: _auth_RevokePublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  RevokePublicKey(argument: _auth_RevokePublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  RevokePublicKey(argument: _auth_RevokePublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: _auth_RevokePublicKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: _auth_RevokePublicKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: _auth_RevokePublicKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  revokePublicKey(argument: _auth_RevokePublicKeyRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Registers the key that later requests are signed with.
 */
export interface AuthServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Ends when the key was confirmed; may take minutes.
   */
  AwaitPublicKeyConfirmation: grpc.handleUnaryCall<_auth_AwaitPublicKeyConfirmationRequest__Output, _google_protobuf_Empty>;
  
  ConfirmPublicKey: grpc.handleUnaryCall<_auth_ConfirmPublicKeyRequest__Output, _google_protobuf_Empty>;
  
  /**
   * Answers with the page where the person confirms the key.
   */
  RegisterPublicKey: grpc.handleUnaryCall<_auth_RegisterPublicKeyRequest__Output, _auth_RegisterPublicKeyResponse>;
  
  RevokePublicKey: grpc.handleUnaryCall<_auth_RevokePublicKeyRequest__Output, _google_protobuf_Empty>;
  
}

export interface AuthServiceDefinition extends grpc.ServiceDefinition {
  AwaitPublicKeyConfirmation: MethodDefinition<_auth_AwaitPublicKeyConfirmationRequest, _google_protobuf_Empty, _auth_AwaitPublicKeyConfirmationRequest__Output, _google_protobuf_Empty__Output>
  ConfirmPublicKey: MethodDefinition<_auth_ConfirmPublicKeyRequest, _google_protobuf_Empty, _auth_ConfirmPublicKeyRequest__Output, _google_protobuf_Empty__Output>
  RegisterPublicKey: MethodDefinition<_auth_RegisterPublicKeyRequest, _auth_RegisterPublicKeyResponse, _auth_RegisterPublicKeyRequest__Output, _auth_RegisterPublicKeyResponse__Output>
  RevokePublicKey: MethodDefinition<_auth_RevokePublicKeyRequest, _google_protobuf_Empty, _auth_RevokePublicKeyRequest__Output, _google_protobuf_Empty__Output>
}
