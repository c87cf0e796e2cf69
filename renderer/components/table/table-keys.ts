/** The keys that a table answers, for the list behind `?`. */
export const TABLE_KEYS: readonly { readonly chord: string; readonly does: string }[] = [
  { chord: '↑ ↓', does: 'Move' },
  { chord: 'Space', does: 'Select' },
  { chord: 'Shift+↑ ↓', does: 'Select a range' },
  { chord: 'mod+a', does: 'Select all' },
  { chord: 'mod+c', does: 'Copy the selected rows as text' },
  { chord: 'Enter', does: 'Open the details; in a header: sort' },
];
