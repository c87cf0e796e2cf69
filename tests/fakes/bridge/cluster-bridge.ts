import type { ContextSummary, MainSettings } from '../../../preload/contract/index.ts';
import { APP, configOf, nodesOf, NOW_MS, poolOf, VERSION_COMMAND } from './cluster-data.ts';
import { failureOf, FakeBridge } from './fake-bridge.ts';
import { serveKubeconfig } from './fake-kubeconfig.ts';
import { serveHealth } from './health-data.ts';
import { NODE_DOWN, serveRuns, type FakeRunOptions } from './fake-runs.ts';
import { serveTalosconfigs } from './serve-talosconfigs.ts';

/** A bridge to the believable cluster of cluster-data.ts. Calls that change something change what the topics say. */
export function clusterBridge(runs: Partial<FakeRunOptions> = {}): FakeBridge {
  const bridge = new FakeBridge();
  let config = configOf();
  bridge
    .answer('app.info', () => ({ ok: true, value: APP }))
    .answer('commands.list', () => ({ ok: true, value: [VERSION_COMMAND] }))
    .answer('deeds.list', () => ({ ok: true, value: [] }))
    .answer('config.reload', () => ({ ok: true, value: undefined }))
    .answer('app.openDemo', () => ({ ok: true, value: undefined }))
    .answer('app.leaveDemo', () => ({ ok: true, value: undefined }))
    .answer('endpoints.test', () => ({ ok: true, value: undefined }))
    .answer('endpoints.setDisabled', () => ({ ok: true, value: undefined }))
    .answer('nodes.refresh', () => ({ ok: true, value: undefined }))
    // Of the context alone: all contexts here have one CA.
    .answer('contexts.setProduction', ({ context, isProduction }) => {
      const mark = (each: ContextSummary): ContextSummary => (each.id === context ? { ...each, isProduction } : each);
      config = { ...config, contexts: config.contexts.map(mark) };
      bridge.publish('config.state', {}, config);
      return { ok: true, value: undefined };
    })
    .answer('contexts.select', ({ name }) => {
      if (!config.contexts.some(({ id }) => id === name)) {
        return { ok: false, failure: failureOf('not-found', `There is no context ${name}.`) };
      }
      config = { ...config, selected: name };
      bridge.publish('config.state', {}, config);
      return { ok: true, value: undefined };
    });
  let settings: MainSettings = {
    ...{ nodesAtOnce: 64, versionDays: 30, deedKeepDays: 400, isTellingExpiry: true, isNotifying: false },
    isLookingForUpdates: false,
  };
  bridge.publish('settings.state', {}, settings);
  bridge.publish('updates.state', {}, { way: 'source', isLooking: false });
  bridge.answer('settings.change', (change) => {
    settings = { ...settings, ...change };
    bridge.publish('settings.state', {}, settings);
    return { ok: true, value: undefined };
  });
  bridge.publish('config.state', {}, config);
  for (const { id } of config.contexts) {
    bridge.publish('pool.state', { context: id }, poolOf({ context: id }));
    bridge.publish('nodes.state', { context: id }, nodesOf({ context: id }));
  }
  serveRuns(bridge, { paceMs: 0, startedAtMs: NOW_MS, failing: { '10.5.0.14': NODE_DOWN }, ...runs });
  return serveHealth(serveKubeconfig(serveTalosconfigs(bridge)));
}
