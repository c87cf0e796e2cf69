/** How one part of a progress bar fares. */
export type SegmentState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Segment {
  readonly id: string;
  readonly label: string;
  readonly state: SegmentState;
}
