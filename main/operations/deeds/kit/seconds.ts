/** `60 s`; at least one. */
export const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;
