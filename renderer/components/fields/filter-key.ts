/** The key that leads to the field of a filter; it is shown in the field. */
export const FILTER_KEY = '/';
