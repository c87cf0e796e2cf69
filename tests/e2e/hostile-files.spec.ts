import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/fixture.ts';

test('started with an alias bomb as --talosconfig, the window is there and says what is wrong and where', async ({
  launch,
  home,
}) => {
  const path = join(home, 'bomb');
  const aliases = Array.from({ length: 50_000 }, (_, index) => `  c${index}: *b\n`).join('');
  writeFileSync(path, `context: a\nb: &b {endpoints: [1.1.1.1], ca: ${'A'.repeat(100_000)}}\ncontexts:\n${aliases}`);

  const { page } = await launch({ args: ['--talosconfig', path] });

  await expect(page.getByRole('main')).toContainText(/Line \d+, column \d+: what the aliases \(\*name\) up to here/);
  await expect(page.getByRole('main')).toContainText(path);
});
