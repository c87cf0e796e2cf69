/** Line icons on a 16 px grid, drawn for this app. Each is one path, stroked with the text's colour. */
export const ICONS = {
  overview: 'M2.5 2.5h4.5v5h-4.5zM9 2.5h4.5v3H9zM9 7.5h4.5v6H9zM2.5 9.5h4.5v4h-4.5z',
  nodes: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01M8 5h3M8 11h3',
  explore: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM10.8 5.2 9.3 9.3 5.2 10.8 6.7 6.7z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  runs: 'M4.5 3v10l8-5z',
  endpoints:
    'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM4.8 11.2a4.5 4.5 0 0 1 0-6.4M11.2 4.8a4.5 4.5 0 0 1 0 6.4M2.7 13.3a7.5 7.5 0 0 1 0-10.6M13.3 2.7a7.5 7.5 0 0 1 0 10.6',
  kubeconfig:
    'M8 1.8l5 2.4 1.2 5.4-3.4 4.3H5.2L1.8 9.6 3 4.2zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8 4v2M8 10v2M4.2 6.6l2 .9M9.8 8.5l2 .9',
  contexts: 'M8 1.8 14 5 8 8.2 2 5zM2.4 8 8 11l5.6-3M2.4 11 8 14l5.6-3',
  charts: 'M2.5 2.5v11h11M4.8 10.5l2.6-3.6 2.4 1.8 3.4-5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4l3.6 3.6',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M4 6.5l4 4 4-4',
  up: 'M4 9.5l4-4 4 4',
  right: 'M6.5 4l4 4-4 4',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  refresh: 'M13.2 6.2A5.5 5.5 0 1 0 13.5 9M13.5 2.8v3.6H9.9',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.9 3v10',
  check: 'M3.5 8.5l3 3 6-7',
  checks: 'M5.5 2h5v2.5h-5zM5.5 3.2H3v10.3h10V3.2h-2.5M5.3 9l1.9 1.9 3.5-3.9',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
  system: 'M2.5 3h11v7.5h-11zM6 13.2h4M8 10.5v2.7',
  help: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.7-.8 1.3M8 11.3h.01',
  file: 'M4 1.8h5l3 3v9.4H4zM9 1.8v3h3',
  edit: 'M10.8 2.8l2.4 2.4-7.6 7.6-3 .6.6-3z',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6',
  stop: 'M4 4h8v8H4z',
  retry: 'M2.8 6.2A5.5 5.5 0 1 1 2.5 9M2.5 2.8v3.6h3.6',
  density: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11',
  terminal: 'M2.5 3h11v10h-11zM4.8 6l2 2-2 2M8.2 10.2h2.6',
} as const;

export type IconName = keyof typeof ICONS;
