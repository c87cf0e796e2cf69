import type { Part } from './reply-parts.ts';

/** What {@link ReplyDecoder} asks of its worker. */
export type DecodeOrder =
  | { readonly id: number; readonly type: 'decode'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly id: number; readonly type: 'next' };

/** What comes back: one answer for each order. */
export type DecodeAnswer =
  | { readonly id: number; readonly type: 'part'; readonly part: Part }
  | { readonly id: number; readonly type: 'done' }
  | { readonly id: number; readonly type: 'failed' };
