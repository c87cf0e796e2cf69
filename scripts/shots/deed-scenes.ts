import { open, type Scene } from './scene.ts';

/** Pictures of plans, rehearsals and by what power a cluster is read. */
export const DEED_SCENES: readonly Scene[] = [
  {
    name: 'deed',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await page.getByRole('checkbox', { name: 'Select worker-01' }).check();
      await page.getByRole('button', { name: /^Run on/ }).click();
      await page.getByRole('menuitem', { name: 'Services', exact: true }).click();
      const runs = page.getByRole('region', { name: 'Runs' });
      await runs.getByText('1 ok').waitFor();
      await runs.getByRole('gridcell', { name: 'kubelet', exact: true }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Restart it…' }).click();
      await page.getByRole('button', { name: 'Restart “kubelet” on worker-01…' }).waitFor();
    },
  },
  {
    name: 'reset',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await page.getByText('worker-01', { exact: true }).first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Reset…' }).click();
      await page.getByRole('button', { name: 'Reset worker-01…' }).waitFor();
    },
  },
  {
    name: 'recovery',
    isLive: true,
    // Two machines were installed anew.
    ill: async (simulator) => {
      for (const node of ['cp-2', 'cp-3']) await simulator.command({ etcd: { node, change: 'empty' } });
    },
    prepare: async (page) => {
      await open(page, 'etcd');
      await page.getByRole('button', { name: 'Recover…' }).click();
      await page.getByRole('button', { name: 'Copy the database of cp-1…' }).waitFor();
    },
  },
  {
    name: 'least-power',
    isLive: true,
    prepare: async (page) => {
      await open(page, 'Contexts');
      await page.getByText('demo', { exact: true }).last().click();
      await page.getByRole('checkbox', { name: /^Read this cluster by a certificate that may only read/ }).check();
      await page.getByRole('button', { name: /^reads with os:reader until/ }).waitFor({ timeout: 90_000 });
      await page.getByRole('region', { name: 'Least power' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'rehearsal',
    isLive: true,
    prepare: async (page) => {
      await open(page, 'Nodes');
      for (const name of ['cp-1', 'cp-2', 'cp-3', 'worker-01', 'worker-02'])
        await page.getByRole('checkbox', { name: `Select ${name}` }).check();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('reboot');
      await page.getByRole('option', { name: /^Reboot…/ }).click();
      await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
      await page.getByText(/^It came to its end/).waitFor();
      await page.getByRole('list', { name: 'Time line to be expected' }).scrollIntoViewIfNeeded();
    },
  },
];
