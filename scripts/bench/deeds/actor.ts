/** Whose sequence the events of the source are. */
export const ACTOR = '5f0f9f3c-0a3f-4f2e-9d1a-1b7d3c9e0a11';
