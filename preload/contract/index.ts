/** The shared module: everything that crosses between page and main. Plain TypeScript; neither DOM, Node nor Electron. */
export * from './bridge.ts';
export * from './calls.ts';
export * from './certificates.ts';
export * from './clocks.ts';
export * from './contexts.ts';
export * from './desktop.ts';
export * from './endpoints.ts';
export * from './failure.ts';
export * from './kubeconfig.ts';
export * from './names.ts';
export * from './nodes.ts';
export * from './ports.ts';
export * from './problem.ts';
export * from './runs.ts';
export * from './streams.ts';
export * from './talosconfigs.ts';
export * from './topics.ts';
