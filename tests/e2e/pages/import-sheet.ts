import type { Locator, Page } from 'playwright/test';

export type ImportClassWord = 'New' | 'Identical' | 'Renewed' | 'Same cluster' | 'Other role' | 'Name taken' | 'Broken';

/** The sheet that compares incoming contexts, as a person reads and uses it. */
export class ImportSheet {
  readonly page: Page;
  readonly sheet: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sheet = page.getByRole('dialog', { name: 'Import contexts' });
  }

  get rows(): Locator {
    return this.sheet.getByRole('list', { name: 'Incoming contexts' }).getByRole('listitem');
  }

  row(name: string, kind?: ImportClassWord): Locator {
    return this.sheet.getByRole('listitem', { name: `${name}: ${kind ?? ''}` });
  }

  async choose(name: string, choice: string): Promise<void> {
    await this.row(name).getByRole('radio', { name: choice, exact: true }).check();
  }

  async rename(name: string, to: string): Promise<void> {
    await this.choose(name, 'Rename');
    await this.row(name)
      .getByRole('textbox', { name: `New name for ${name}` })
      .fill(to);
  }

  get asTalosctl(): Locator {
    return this.sheet.getByRole('checkbox', { name: 'Same as talosctl config merge' });
  }

  get switchCurrent(): Locator {
    return this.sheet.getByRole('checkbox', { name: /^Switch the current context to / });
  }

  /** The button that writes; its words count what is written. */
  get apply(): Locator {
    return this.sheet.getByRole('button', { name: /^(Import \d|Switch the current context)/ });
  }
}
