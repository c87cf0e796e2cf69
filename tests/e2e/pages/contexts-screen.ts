import { expect, type Locator, type Page } from 'playwright/test';
import { MinosPage } from './minos-page.ts';

/** The contexts screen with its inspector and dialogs. */
export class ContextsScreen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Goes there. */
  static async open(page: Page): Promise<ContextsScreen> {
    await new MinosPage(page).open('Contexts');
    return new ContextsScreen(page);
  }

  get main(): Locator {
    return this.page.getByRole('main', { name: 'Contexts' });
  }

  get names(): Locator {
    return this.main.getByRole('grid', { name: 'Contexts' }).getByRole('rowheader');
  }

  row(name: string): Locator {
    return this.main.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name }) });
  }

  get files(): Locator {
    return this.main.getByRole('list', { name: 'Open talosconfigs' }).getByRole('listitem');
  }

  /** Opens a context beside the list. */
  async inspect(name: string): Promise<Locator> {
    await this.names.filter({ hasText: name }).first().click();
    const inspector = this.page.getByRole('complementary', { name: `Context ${name}` });
    await expect(inspector).toBeVisible();
    return inspector;
  }

  /** Chooses from the menu behind Import. */
  async add(item: string | RegExp): Promise<void> {
    await this.main.getByRole('button', { name: 'Import or add' }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  notice(text: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: text });
  }
}
