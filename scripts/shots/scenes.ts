import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { APP_SCENES } from './app-scenes.ts';
import { spawnSimulator } from '../../main/simulator/process.ts';
import { DEED_SCENES } from './deed-scenes.ts';
import { open, type Scene } from './scene.ts';

async function pick(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill(title);
  await page.keyboard.press('Enter');
}

/** Version on all nodes; one of the demo is down, one slow. */
async function runVersion(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run on / }).click();
  await page.getByRole('menuitem', { name: 'Version', exact: true }).click();
  await page.getByRole('region', { name: 'Runs' }).getByText('13 ok · 1 failed').waitFor();
}

/** Two contexts: a cluster that the demo does not have, and another one that is called `lab` as well. */
async function incomingTalosconfig(): Promise<string> {
  const names = ['prod-fra', 'lab'];
  const texts = await Promise.all(
    names.map(async (name, index) => {
      const args = ['--name', name, '--nodes', '3', '--base-address', `127.0.0.${61 + index * 10}`];
      const simulator = await spawnSimulator({ args, forSeconds: 60 });
      await simulator.close();
      return simulator.talosconfig;
    }),
  );
  const bodies = texts.map((text) => text.slice(text.indexOf('contexts:\n') + 'contexts:\n'.length));
  return `context: ${names[0] ?? ''}\ncontexts:\n${bodies.join('')}`;
}

/** The one of the demo that is down has been noticed, and every other one has told how it is. */
async function knownHealth(page: Page): Promise<void> {
  await open(page, 'Nodes');
  const grid = page.getByRole('grid', { name: 'Nodes' });
  await grid.getByText(/^not reached since/).waitFor();
  await grid.getByText('running', { exact: true }).nth(12).waitFor();
}

/** Every picture, in the order in which they are taken. */
export const SCENES: readonly Scene[] = [
  ...DEED_SCENES,
  {
    name: 'overview',
    isLive: true,
    prepare: async (page) => {
      await knownHealth(page);
      await open(page, 'Overview');
      await page.getByText(/^3 of 3 answer/).waitFor();
      await page.getByText('ready on 3 control planes').waitFor();
    },
  },
  { name: 'nodes', isLive: true, prepare: knownHealth },
  {
    name: 'tabs',
    isLive: true,
    async prepare(page) {
      await knownHealth(page);
      await page.keyboard.press('Control+t');
      await page.getByRole('main', { name: 'Overview' }).waitFor();
      await page.getByRole('button', { name: /^Context: / }).click();
      await page.getByRole('option', { name: /lab/ }).click();
      await page.getByRole('button', { name: 'Context: lab' }).waitFor();
      await open(page, 'Endpoints');
    },
  },
  {
    name: 'fleet',
    isLive: true,
    prepare: async (page) => {
      await open(page, 'Fleet');
      await page.getByText('3 of 3', { exact: true }).waitFor();
      await page.getByText('13 of 14', { exact: true }).waitFor();
    },
  },
  {
    name: 'node',
    isLive: true,
    prepare: async (page) => {
      await knownHealth(page);
      await page.getByRole('grid', { name: 'Nodes' }).getByText('cp-1').click();
      await page.getByRole('button', { name: 'Open its page' }).click();
      await page.getByRole('img', { name: /^Memory: highest/ }).waitFor();
      await page.waitForTimeout(45_000);
    },
  },
  {
    name: 'events',
    isLive: true,
    prepare: async (page) => {
      await knownHealth(page);
      await page.getByRole('grid', { name: 'Nodes' }).getByText('cp-1').click();
      await page.getByRole('button', { name: 'Open its page' }).click();
      await page.getByRole('tab', { name: 'Events' }).click();
      await page.getByRole('button', { name: 'Only its last start' }).click();
      await page.getByRole('grid', { name: 'Events' }).waitFor();
    },
  },
  {
    name: 'clusters',
    isLive: true,
    prepare: async (page) => {
      await open(page, 'Fleet');
      await page.getByText('13 of 14', { exact: true }).waitFor();
      await page.getByRole('grid', { name: 'Clusters' }).getByRole('checkbox').first().click();
      await page.getByRole('button', { name: 'Ask 2 clusters…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ask 2 clusters' }).click();
      await page.getByRole('button', { name: 'Ask again' }).waitFor();
    },
  },
  {
    name: 'charts',
    isLive: true,
    prepare: async (page) => {
      await open(page, 'Charts');
      await page.getByRole('img', { name: /^CPU: highest/ }).waitFor();
      await page.waitForTimeout(60_000);
    },
  },
  {
    name: 'config-editor',
    prepare: async (page) => {
      await open(page, 'Machine config');
      await page.getByRole('combobox', { name: 'Node' }).selectOption({ label: 'worker-01' });
      await page.getByRole('tab', { name: 'Edit' }).click();
      const editor = page.getByRole('textbox', { name: 'Machine config, edited' });
      await editor.getByText('install', { exact: true }).click();
      // To the indentation, then before it.
      await page.keyboard.press('Home');
      await page.keyboard.press('Home');
      await page.keyboard.insertText('    sysctl:\n        vm.max_map_count: "262144"\n');
      await page.getByRole('list', { name: 'Problems' }).waitFor();
    },
  },
  {
    name: 'config-patches',
    prepare: async (page) => {
      await open(page, 'Machine config');
      await page.getByRole('combobox', { name: 'Node' }).selectOption({ label: 'worker-01' });
      await page.getByRole('tab', { name: 'Patch' }).click();
      await page.getByRole('button', { name: 'Saved patches and common jobs' }).click();
      await page.getByRole('button', { name: 'Use Registry mirror' }).waitFor();
    },
  },
  {
    name: 'config-compare',
    prepare: async (page) => {
      await open(page, 'Machine config');
      await page.getByRole('button', { name: 'Compare nodes' }).click();
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByRole('region', { name: 'Differences' }).waitFor();
    },
  },
  {
    name: 'config-plan',
    prepare: async (page) => {
      await open(page, 'Machine config');
      await page.getByRole('combobox', { name: 'Node' }).selectOption({ label: 'worker-01' });
      await page.getByRole('tab', { name: 'Patch' }).click();
      const patch = 'machine:\n  token: <a new one>\n  sysctls:\n    vm.max_map_count: "262144"\n';
      await page.getByRole('textbox', { name: 'Patch' }).fill(patch);
      await page.getByRole('button', { name: 'Plan it for worker-01…' }).click();
      await page.getByRole('button', { name: 'Patch the machine config of worker-01…' }).waitFor();
    },
  },
  {
    name: 'etcd',
    isLive: true,
    prepare: async (page) => {
      await open(page, 'etcd');
      await page.getByText('3 members, 2 needed, may lose 1').waitFor();
    },
  },
  {
    name: 'timeline',
    isLive: true,
    prepare: async (page) => {
      await knownHealth(page);
      await open(page, 'Time line');
      await page.getByRole('combobox').selectOption('the last 10 minutes');
      await page.getByRole('grid', { name: 'What happened' }).waitFor();
    },
  },
  {
    name: 'blackbox',
    isLive: true,
    prepare: async (page, app) => {
      const filePath = join(await mkdtemp(join(tmpdir(), 'minos-shots-')), 'demo.json');
      await app.evaluate(({ dialog }, path) => {
        Object.assign(dialog, {
          showSaveDialog: () => Promise.resolve({ canceled: false, filePath: path }),
          showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [path] }),
        });
      }, filePath);
      await knownHealth(page);
      await open(page, 'Charts');
      await page.getByRole('img', { name: /^CPU: highest/ }).waitFor();
      await page.waitForTimeout(30_000);
      await pick(page, 'Save a black box');
      await page.getByText(/^Saved /).waitFor();
      await pick(page, 'Open a black box');
      await page.getByRole('dialog', { name: /^Black box of / }).waitFor();
      await page.getByText(/^Saved /).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'graph',
    prepare: async (page) => {
      await open(page, 'Explore');
      await page.getByRole('button', { name: 'Dependencies' }).click();
      await page.getByRole('img', { name: /^Graph of / }).waitFor();
      const list = page.getByRole('complementary', { name: 'Nodes of the graph' });
      await list.getByRole('textbox', { name: 'Filter graph' }).fill('k8s.Kubelet');
      await list
        .getByRole('button', { name: /^k8s\.Kubelet\w+Controller$/ })
        .first()
        .click();
    },
  },
  {
    name: 'run',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await runVersion(page);
    },
  },
  {
    name: 'lens',
    prepare: async (page) => {
      await open(page, 'Logs');
      await page.getByRole('button', { name: 'Choose what to follow…' }).click();
      const picker = page.getByRole('dialog', { name: 'Follow logs and events' });
      for (const node of ['cp-1', 'cp-2', 'worker-01'])
        await picker.getByRole('button', { name: node, exact: true }).click();
      for (const name of [/^kubelet/, /^etcd/, /^Kernel log/]) await picker.getByRole('checkbox', { name }).check();
      await picker.getByLabel('Earlier lines').selectOption('the last 100 lines');
      await picker.getByRole('button', { name: /^Follow \d+ sources$/ }).click();
      await page.getByRole('listbox', { name: 'Lines' }).getByRole('option').first().waitFor();
      await page.getByRole('textbox', { name: 'Search' }).fill('back-off');
      await page.waitForTimeout(3000);
    },
  },
  {
    name: 'checks',
    prepare: async (page) => {
      await open(page, 'Health check');
      await page.getByRole('button', { name: /^Check / }).click();
      await page.getByText('error getting version from node').waitFor();
    },
  },
  {
    name: 'cgroups',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await page.getByRole('checkbox', { name: 'Select worker-01' }).check();
      await page.getByRole('button', { name: /^Run on / }).click();
      await page.getByRole('menuitem', { name: 'Control groups', exact: true }).click();
      await page.getByRole('region', { name: 'Runs' }).getByText('1 ok').waitFor();
      await open(page, 'Runs');
      await page.getByText('ingress-nginx/').first().waitFor();
    },
  },
  {
    name: 'files',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await page.getByRole('grid', { name: 'Nodes' }).getByText('cp-1').waitFor();
      await open(page, 'Files');
      await page.getByRole('combobox', { name: 'Node' }).selectOption('cp-1');
      await page.getByRole('button', { name: 'Type a path' }).click();
      await page.keyboard.type('/var/log/pods/kube-system_metrics/metrics/0.log\n');
      await page.getByRole('button', { name: 'Follow' }).click();
      await page.getByText(/^Looked at every/).waitFor();
    },
  },
  {
    name: 'usage',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await page.getByRole('grid', { name: 'Nodes' }).getByText('cp-1').waitFor();
      await open(page, 'Files');
      await page.getByRole('combobox', { name: 'Node' }).selectOption('cp-1');
      await page.getByRole('button', { name: 'Type a path' }).click();
      await page.keyboard.type('/var/lib\n');
      await page.getByRole('button', { name: 'This folder' }).click();
      await page.getByRole('menuitem', { name: 'See what takes up its room' }).click();
      await open(page, 'Runs');
      await page.getByRole('toolbar', { name: /^What takes up/ }).waitFor();
    },
  },
  {
    name: 'explore',
    prepare: async (page) => {
      await open(page, 'Explore');
      await page.getByRole('textbox', { name: /^Filter resource types/ }).fill('cluster');
      await page.getByRole('button', { name: /^Members/ }).click();
      await page.getByRole('main').getByText('Live', { exact: true }).waitFor();
      await page.getByRole('grid').getByRole('rowheader', { name: 'worker-01' }).click();
      await page.getByRole('complementary').getByText('operatingSystem').waitFor();
    },
  },
  {
    name: 'endpoints',
    prepare: async (page) => {
      await open(page, 'Endpoints');
      await page.getByText('3 ready', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Test now' }).click();
      await page.getByRole('main').getByText('1.13.9').nth(2).waitFor();
      await page
        .getByRole('main')
        .getByRole('button', { name: /^127\.0\.0\.11:/ })
        .click();
    },
  },
  {
    name: 'contexts',
    prepare: async (page) => {
      await open(page, 'Contexts');
      await page.getByRole('rowheader', { name: /^demo/ }).click();
      await page.getByRole('complementary').waitFor();
    },
  },
  {
    name: 'import',
    prepare: async (page, app) => {
      await open(page, 'Contexts');
      const text = await incomingTalosconfig();
      await app.evaluate(async ({ clipboard }, incoming) => {
        await clipboard.writeText(incoming);
      }, text);
      await page.keyboard.press('Control+v');
      const rows = page.getByRole('dialog', { name: 'Import contexts' }).getByRole('listitem', { name: /: / });
      await rows.nth(1).waitFor();
    },
  },
  {
    name: 'kubeconfig',
    prepare: async (page) => {
      await open(page, 'Kubeconfig');
      await page.getByRole('button', { name: 'Get kubeconfig…' }).click();
      const sheet = page.getByRole('dialog', { name: /^Kubeconfig of / });
      await sheet.getByRole('button', { name: /^Ask .* for a kubeconfig$/ }).click();
      await sheet.getByRole('list', { name: 'What changes' }).waitFor();
    },
  },
  ...APP_SCENES,
];
