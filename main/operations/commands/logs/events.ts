import type { PlacedCommand } from '../kit/definition.ts';

/**
 * `talosctl events` (docs/talos-behaviour.md §6.2): it goes on until it is stopped, so it is no run but opens in the log
 * lens.
 */
export const events: PlacedCommand = {
  id: 'events',
  title: 'Events',
  opens: 'lens.line',
  syntax: {
    names: ['events'],
    flags: [
      { long: 'tail', takesValue: true, param: 'tail' },
      { long: 'duration', takesValue: true, param: 'duration' },
      { long: 'since', takesValue: true, param: 'since' },
      { long: 'actor-id', takesValue: true, param: 'actor-id' },
    ],
    ignoresMore: true,
  },
  params: [
    { id: 'tail', title: 'Last events', kind: 'number', unit: 'events; -1 means all', required: false },
    { id: 'duration', title: 'Of the last', kind: 'duration', required: false },
    { id: 'since', title: 'After the event with the ID', kind: 'text', required: false },
    { id: 'actor-id', title: 'Of the action', kind: 'text', required: false },
  ],
};
