import { describe, expect, it } from 'vitest';
import { readSettingsText, settingsText } from '../../../../main/operations/settings/settings-text.ts';
import type { MainSettings } from '../../../../preload/contract/index.ts';

const MAIN: MainSettings = {
  ...{ nodesAtOnce: 16, versionDays: 90, deedKeepDays: 30, isTellingExpiry: false, isNotifying: true },
  isLookingForUpdates: false,
};

describe('a file of settings', () => {
  it('says the same when it is read again', () => {
    const text = settingsText(MAIN, { theme: 'dark', deadlineMs: 5000 });

    expect(readSettingsText(text, 'a.json')).toMatchObject({ main: MAIN, page: { theme: 'dark', deadlineMs: 5000 } });
  });

  it.each([
    ['nothing', '', 'It is not a JSON object.'],
    ['a list', '[]', 'It is not a JSON object.'],
    ['another file', '{"contexts":{}}', 'It is not a file of settings of Minos.'],
    ['one of a newer Minos', '{"minosSettings":2,"main":{},"page":{}}', 'A newer Minos wrote it.'],
    ['a value of no list', '{"minosSettings":1,"main":{"nodesAtOnce":1000},"page":{}}', '`main.nodesAtOnce` is not'],
    ['a field that Minos does not have', '{"minosSettings":1,"main":{},"page":{"script":"x"}}', '`page.script` is not'],
    ['a key', '{"minosSettings":1,"main":{},"page":{},"key":"x"}', '`key` is not what Minos writes.'],
    ['only a part', '{"minosSettings":1,"main":{}}', '`page` is not what Minos writes.'],
  ])('is refused as a whole when it is %s', (_what, text, why) => {
    expect(() => readSettingsText(text, 'a.json')).toThrow(`The settings cannot be imported. ${why}`);
  });
});
