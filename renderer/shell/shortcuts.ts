/** What the list behind `?` shows. The keys themselves are answered in Keys.svelte and in the table. */
export const SHORTCUTS = [
  {
    title: 'Everywhere',
    keys: [
      { chord: 'mod+k', does: 'Search or run' },
      { chord: 'mod+p', does: 'Switch the context' },
      { chord: 'mod+r', does: 'Run on the selected nodes' },
      { chord: 'mod+e', does: 'Explore resources' },
      { chord: 'mod+o', does: 'Import a talosconfig' },
      { chord: 'mod+v', does: 'Import the talosconfig in the clipboard' },
      { chord: 'mod+z', does: 'Take the last change of a file back, after a question' },
      { chord: 'mod+Shift+z', does: 'Do what was undone again, after a question' },
      { chord: '/', does: 'Filter' },
      { chord: '?', does: 'This list' },
      { chord: 'Escape', does: 'Close what is open' },
    ],
  },
  {
    title: 'In a table',
    keys: [
      { chord: '↑ ↓', does: 'Move' },
      { chord: 'Space', does: 'Select' },
      { chord: 'Shift+↑ ↓', does: 'Select a range' },
      { chord: 'mod+a', does: 'Select all' },
      { chord: 'mod+c', does: 'Copy the selected rows as text' },
      { chord: 'Enter', does: 'Open the details; in a header: sort' },
    ],
  },
] as const;
