/** What fields are for, by their type and name: a sentence or two in our own words. */
export type FieldWords = Readonly<Record<string, Readonly<Record<string, string>>>>;
