import { expect, test } from 'vitest';
import { textMenuTemplate } from '../../../main/app/text-menu.ts';

const editFlags = { canUndo: true, canRedo: false, canCut: false, canCopy: true, canPaste: true, canSelectAll: true };
const roles = (clicked: Parameters<typeof textMenuTemplate>[0]) =>
  textMenuTemplate(clicked).map(({ role, enabled, type }) => role ?? [type, enabled]);

test('a text field has the menu that fields have everywhere, with what cannot be done off', () => {
  const clicked = { isEditable: true, selectionText: '', editFlags };

  expect(roles(clicked).filter((role) => typeof role === 'string')).toEqual([
    'undo',
    'redo',
    'cut',
    'copy',
    'paste',
    'selectAll',
  ]);
  expect(textMenuTemplate(clicked).find(({ role }) => role === 'cut')?.enabled).toBe(false);
});

test('a selected text can be copied, and nothing else has a menu', () => {
  expect(roles({ isEditable: false, selectionText: 'worker-01', editFlags })).toEqual(['copy']);
  expect(roles({ isEditable: false, selectionText: ' \n', editFlags })).toEqual([]);
});
