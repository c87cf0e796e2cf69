/** A resource as the inspector keeps it. */
export interface ResourceRef {
  readonly node: string;
  readonly type: string;
  readonly namespace: string;
  readonly id: string;
  /** Of the watch's row. */
  readonly key: string;
  /** Its values are secret: shown only when asked for. */
  readonly isSensitive: boolean;
}

export function resourceId(ref: ResourceRef): string {
  return JSON.stringify(ref);
}

export function resourceRef(id: string): ResourceRef {
  return JSON.parse(id) as ResourceRef;
}
