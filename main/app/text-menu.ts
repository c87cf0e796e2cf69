import type { MenuItemConstructorOptions } from 'electron';

/** What was right-clicked, as far as the menu of texts depends on it. */
export interface ClickedText {
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly editFlags: {
    readonly canUndo: boolean;
    readonly canRedo: boolean;
    readonly canCut: boolean;
    readonly canCopy: boolean;
    readonly canPaste: boolean;
    readonly canSelectAll: boolean;
  };
}

/** The menu of a text field, or of a selected text; empty for everything else, which has menus of its own. */
export function textMenuTemplate({ isEditable, selectionText, editFlags }: ClickedText): MenuItemConstructorOptions[] {
  const { canUndo, canRedo, canCut, canCopy, canPaste, canSelectAll } = editFlags;
  if (isEditable) {
    return [
      { role: 'undo', enabled: canUndo },
      { role: 'redo', enabled: canRedo },
      { type: 'separator' },
      { role: 'cut', enabled: canCut },
      { role: 'copy', enabled: canCopy },
      { role: 'paste', enabled: canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: canSelectAll },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: canCopy }];
}
