import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it("takes Chromium's switches before the application's path, and leaves those after it to the application", () => {
  const { switches, application } = readArguments(['--no-sandbox', '--lang=de', '/app', '--demo', '--x=1']);
  expect(application).toBe('/app');
  expect([...switches]).toEqual([
    ['no-sandbox', ''],
    ['lang', 'de'],
  ]);
});
