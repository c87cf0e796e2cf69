// Generated, one piece: types of machine/image.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { Long } from '@grpc/proto-loader';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  ContainerdInstance as _common_ContainerdInstance,
  ContainerdInstance__Output as _common_ContainerdInstance__Output,
  Data as _common_Data,
  Data__Output as _common_Data__Output,
} from '../common/common.ts';
import type {
  Duration as _google_protobuf_Duration,
  Duration__Output as _google_protobuf_Duration__Output,
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
  Timestamp as _google_protobuf_Timestamp,
  Timestamp__Output as _google_protobuf_Timestamp__Output,
} from '../google/protobuf.ts';

/**
 * Lists, fetches and removes the images of one containerd.
 */
export interface ImageServiceClient extends grpc.Client {
  /**
   * The first request names the containerd, later ones are pieces (32 KiB) of a tar archive.
   */
  Import(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  Import(metadata: grpc.Metadata, callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  Import(options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  Import(callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  /**
   * The first request names the containerd, later ones are pieces (32 KiB) of a tar archive.
   */
  import(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  import(metadata: grpc.Metadata, callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  import(options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  import(callback: grpc.requestCallback<ImageServiceImportResponse__Output>): grpc.ClientWritableStream<ImageServiceImportRequest>;
  
  /**
   * One message for each image.
   */
  List(argument: ImageServiceListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServiceListResponse__Output>;
  List(argument: ImageServiceListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServiceListResponse__Output>;
  /**
   * One message for each image.
   */
  list(argument: ImageServiceListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServiceListResponse__Output>;
  list(argument: ImageServiceListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServiceListResponse__Output>;
  
  /**
   * Progress of each layer, then the name of the image.
   */
  Pull(argument: ImageServicePullRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServicePullResponse__Output>;
  Pull(argument: ImageServicePullRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServicePullResponse__Output>;
  /**
   * Progress of each layer, then the name of the image.
   */
  pull(argument: ImageServicePullRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServicePullResponse__Output>;
  pull(argument: ImageServicePullRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ImageServicePullResponse__Output>;
  
  /**
   * Removes an image by its reference.
   */
  Remove(argument: ImageServiceRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  Remove(argument: ImageServiceRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  Remove(argument: ImageServiceRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  Remove(argument: ImageServiceRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  /**
   * Removes an image by its reference.
   */
  remove(argument: ImageServiceRemoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  remove(argument: ImageServiceRemoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  remove(argument: ImageServiceRemoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  remove(argument: ImageServiceRemoveRequest, callback: grpc.requestCallback<_google_protobuf_Empty__Output>): grpc.ClientUnaryCall;
  
  /**
   * Checks the signature of an image against the rules of the node.
   */
  Verify(argument: ImageServiceVerifyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  Verify(argument: ImageServiceVerifyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  Verify(argument: ImageServiceVerifyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  Verify(argument: ImageServiceVerifyRequest, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Checks the signature of an image against the rules of the node.
   */
  verify(argument: ImageServiceVerifyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: ImageServiceVerifyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: ImageServiceVerifyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: ImageServiceVerifyRequest, callback: grpc.requestCallback<ImageServiceVerifyResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Lists, fetches and removes the images of one containerd.
 */
export interface ImageServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The first request names the containerd, later ones are pieces (32 KiB) of a tar archive.
   */
  Import: grpc.handleClientStreamingCall<ImageServiceImportRequest__Output, ImageServiceImportResponse>;
  
  /**
   * One message for each image.
   */
  List: grpc.handleServerStreamingCall<ImageServiceListRequest__Output, ImageServiceListResponse>;
  
  /**
   * Progress of each layer, then the name of the image.
   */
  Pull: grpc.handleServerStreamingCall<ImageServicePullRequest__Output, ImageServicePullResponse>;
  
  /**
   * Removes an image by its reference.
   */
  Remove: grpc.handleUnaryCall<ImageServiceRemoveRequest__Output, _google_protobuf_Empty>;
  
  /**
   * Checks the signature of an image against the rules of the node.
   */
  Verify: grpc.handleUnaryCall<ImageServiceVerifyRequest__Output, ImageServiceVerifyResponse>;
  
}

export interface ImageServiceDefinition extends grpc.ServiceDefinition {
  Import: MethodDefinition<ImageServiceImportRequest, ImageServiceImportResponse, ImageServiceImportRequest__Output, ImageServiceImportResponse__Output>
  List: MethodDefinition<ImageServiceListRequest, ImageServiceListResponse, ImageServiceListRequest__Output, ImageServiceListResponse__Output>
  Pull: MethodDefinition<ImageServicePullRequest, ImageServicePullResponse, ImageServicePullRequest__Output, ImageServicePullResponse__Output>
  Remove: MethodDefinition<ImageServiceRemoveRequest, _google_protobuf_Empty, ImageServiceRemoveRequest__Output, _google_protobuf_Empty__Output>
  Verify: MethodDefinition<ImageServiceVerifyRequest, ImageServiceVerifyResponse, ImageServiceVerifyRequest__Output, ImageServiceVerifyResponse__Output>
}

/**
 * A sign-in at a registry. Secret: never logged, never stored.
 */
export interface ImageServiceCredentials {
  'host'?: (string);
  'username'?: (string);
  'password'?: (string);
}

/**
 * A sign-in at a registry. Secret: never logged, never stored.
 */
export interface ImageServiceCredentials__Output {
  'host': (string);
  'username': (string);
  'password': (string);
}

export interface ImageServiceImportRequest {
  'containerd'?: (_common_ContainerdInstance | null);
  'image_chunk'?: (_common_Data | null);
  'request'?: "containerd"|"image_chunk";
}

export interface ImageServiceImportRequest__Output {
  'containerd'?: (_common_ContainerdInstance__Output | null);
  'image_chunk'?: (_common_Data__Output | null);
  'request'?: "containerd"|"image_chunk";
}

export interface ImageServiceImportResponse {
  'name'?: (string);
}

export interface ImageServiceImportResponse__Output {
  'name': (string);
}

export interface ImageServiceListRequest {
  'containerd'?: (_common_ContainerdInstance | null);
}

export interface ImageServiceListRequest__Output {
  'containerd': (_common_ContainerdInstance__Output | null);
}

export interface ImageServiceListResponse {
  'name'?: (string);
  'digest'?: (string);
  /**
   * In bytes.
   */
  'size'?: (number | string | Long);
  'created_at'?: (_google_protobuf_Timestamp | null);
  'labels'?: ({[key: string]: string});
}

export interface ImageServiceListResponse__Output {
  'name': (string);
  'digest': (string);
  /**
   * In bytes.
   */
  'size': (string);
  'created_at': (_google_protobuf_Timestamp__Output | null);
  'labels': ({[key: string]: string});
}

export const _machine_ImageServicePullLayerProgress_Status = {
  DOWNLOADING: 'DOWNLOADING',
  DOWNLOAD_COMPLETE: 'DOWNLOAD_COMPLETE',
  EXTRACTING: 'EXTRACTING',
  EXTRACT_COMPLETE: 'EXTRACT_COMPLETE',
  ALREADY_EXISTS: 'ALREADY_EXISTS',
} as const;

export type _machine_ImageServicePullLayerProgress_Status =
  | 'DOWNLOADING'
  | 0
  | 'DOWNLOAD_COMPLETE'
  | 1
  | 'EXTRACTING'
  | 2
  | 'EXTRACT_COMPLETE'
  | 3
  | 'ALREADY_EXISTS'
  | 4

export type _machine_ImageServicePullLayerProgress_Status__Output = typeof _machine_ImageServicePullLayerProgress_Status[keyof typeof _machine_ImageServicePullLayerProgress_Status]

/**
 * How far one layer is.
 */
export interface ImageServicePullLayerProgress {
  'status'?: (_machine_ImageServicePullLayerProgress_Status);
  'elapsed'?: (_google_protobuf_Duration | null);
  /**
   * Bytes done.
   */
  'offset'?: (number | string | Long);
  /**
   * Bytes in all; 0 while unknown.
   */
  'total'?: (number | string | Long);
}

/**
 * How far one layer is.
 */
export interface ImageServicePullLayerProgress__Output {
  'status': (_machine_ImageServicePullLayerProgress_Status__Output);
  'elapsed': (_google_protobuf_Duration__Output | null);
  /**
   * Bytes done.
   */
  'offset': (string);
  /**
   * Bytes in all; 0 while unknown.
   */
  'total': (string);
}

export interface ImageServicePullProgress {
  'layer_id'?: (string);
  'progress'?: (ImageServicePullLayerProgress | null);
}

export interface ImageServicePullProgress__Output {
  'layer_id': (string);
  'progress': (ImageServicePullLayerProgress__Output | null);
}

export interface ImageServicePullRequest {
  'containerd'?: (_common_ContainerdInstance | null);
  'image_ref'?: (string);
}

export interface ImageServicePullRequest__Output {
  'containerd': (_common_ContainerdInstance__Output | null);
  'image_ref': (string);
}

/**
 * Progress, and at the end the name.
 */
export interface ImageServicePullResponse {
  'name'?: (string);
  'pull_progress'?: (ImageServicePullProgress | null);
  'response'?: "name"|"pull_progress";
}

/**
 * Progress, and at the end the name.
 */
export interface ImageServicePullResponse__Output {
  'name'?: (string);
  'pull_progress'?: (ImageServicePullProgress__Output | null);
  'response'?: "name"|"pull_progress";
}

export interface ImageServiceRemoveRequest {
  'containerd'?: (_common_ContainerdInstance | null);
  'image_ref'?: (string);
}

export interface ImageServiceRemoveRequest__Output {
  'containerd': (_common_ContainerdInstance__Output | null);
  'image_ref': (string);
}

export interface ImageServiceVerifyRequest {
  'image_ref'?: (string);
  'credentials'?: (ImageServiceCredentials | null);
}

export interface ImageServiceVerifyRequest__Output {
  'image_ref': (string);
  'credentials': (ImageServiceCredentials__Output | null);
}

export interface ImageServiceVerifyResponse {
  'verified'?: (boolean);
  'message'?: (string);
  'digested_image_ref'?: (string);
}

export interface ImageServiceVerifyResponse__Output {
  'verified': (boolean);
  'message': (string);
  'digested_image_ref': (string);
}
