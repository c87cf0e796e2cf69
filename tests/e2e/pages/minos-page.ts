import { expect, type Locator, type Page } from 'playwright/test';

export type ScreenName =
  | 'Overview'
  | 'Fleet'
  | 'Nodes'
  | 'Logs'
  | 'Charts'
  | 'etcd'
  | 'Machine config'
  | 'Time line'
  | 'Explore'
  | 'Runs'
  | 'Endpoints'
  | 'Contexts'
  | 'Deeds'
  | 'Files'
  | 'Health check'
  | 'Kubeconfig';

/** What a person sees and does in the window, by role and name. */
export class MinosPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(screen: ScreenName): Promise<Locator> {
    await this.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
    const main = this.page.getByRole('main', { name: screen });
    await expect(main).toBeVisible();
    return main;
  }

  /** A screen that the list of screens does not have. */
  async openUnlisted(screen: 'Settings' | 'User guide' | 'About Minos'): Promise<void> {
    const id = { Settings: 'settings', 'User guide': 'guide', 'About Minos': 'support' }[screen];
    await this.page.evaluate((to) => {
      window.location.hash = `#/${to}`;
    }, id);
    await expect(this.page.getByRole('main', { name: screen })).toBeVisible();
    await expect(this.page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  }

  get nodeRows(): Locator {
    return this.page.getByRole('grid', { name: 'Nodes' }).locator('tbody').getByRole('row');
  }

  /** Runs a command on what is selected (all nodes when nothing is). */
  async run(title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Run on / }).click();
    await this.page.getByRole('menuitem', { name: title, exact: true }).click();
  }

  /** The drawer with the newest run: `Run #1 Version on prod-fra 14 nodes · 13 ok · 1 failed · 0.31 s`. */
  get drawer(): Locator {
    return this.page.getByRole('region', { name: 'Runs' });
  }

  /** One row of the newest run's answers. */
  answer(node: string): Locator {
    return this.drawer
      .getByRole('grid', { name: /^Answers of run/ })
      .getByRole('row')
      .filter({ hasText: node });
  }

  /** Rows of the newest run's answers that are drawn, without the header. */
  get answerRows(): Locator {
    return this.drawer
      .getByRole('grid', { name: /^Answers of run/ })
      .locator('tbody')
      .getByRole('row');
  }

  /** Picks the first thing the palette finds, by keyboard. */
  async pick(text: string): Promise<void> {
    await expect(this.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    await this.page.keyboard.press('Control+k');
    await this.page.getByRole('combobox', { name: 'Search or run' }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Pastes a talosctl command line and goes on to its form. */
  async pasteLine(line: string): Promise<void> {
    await this.pick('Paste a talosctl');
    const dialog = this.page.getByRole('dialog', { name: 'Paste a talosctl command line' });
    await dialog.getByRole('textbox', { name: 'Command line' }).fill(line);
    await dialog.getByRole('button', { name: 'Continue' }).click();
  }

  /** Sets choices of the form before a run and runs it. */
  async startForm(choices: Readonly<Record<string, string>> = {}): Promise<void> {
    const form = this.page.getByRole('dialog', { name: /^Run / });
    for (const [label, value] of Object.entries(choices)) await form.getByLabel(label).selectOption(value);
    await form.getByRole('button', { name: 'Run' }).click();
  }

  async selectContext(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Context: / }).click();
    await this.page.getByRole('listbox', { name: 'Context' }).getByRole('option', { name }).click();
    await expect(this.page.getByRole('button', { name: `Context: ${name}` })).toBeVisible();
  }
}
