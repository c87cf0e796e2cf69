import { expect, type Locator, type Page } from 'playwright/test';
import { MinosPage } from './minos-page.ts';

/** The kubeconfig screen and its sheet, by role and name. */
export class KubeconfigPage {
  readonly page: Page;
  readonly #minos: MinosPage;

  constructor(page: Page) {
    this.page = page;
    this.#minos = new MinosPage(page);
  }

  open(): Promise<Locator> {
    return this.#minos.open('Kubeconfig');
  }

  get rows(): Locator {
    return this.page.getByRole('grid', { name: 'Kubeconfig contexts' }).locator('tbody').getByRole('row');
  }

  get files(): Locator {
    return this.page.getByRole('list', { name: 'Kubeconfig files' });
  }

  /** What Minos changed last, with its undo. */
  get lastChange(): Locator {
    return this.page.getByRole('group', { name: 'Last change by Minos' });
  }

  /** Opens the sheet, lets the cluster issue a kubeconfig and waits for the preview. */
  async get(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Get kubeconfig…' }).click();
    const sheet = this.page.getByRole('dialog', { name: /^Kubeconfig of / });
    await sheet.getByRole('button', { name: /^Ask .* for a kubeconfig$/ }).click();
    await expect(sheet.getByRole('list', { name: 'What changes' })).toBeVisible();
    return sheet;
  }

  /** The sheet's button that writes. */
  write(sheet: Locator): Locator {
    return sheet.getByRole('contentinfo').getByRole('button').last();
  }
}
