import type { CellValue, ColumnKind, RunColumn } from './cells.ts';

/** The message of one node as JSON, cut at 1 Mi characters. */
export interface RawAnswer {
  readonly json: string;
  readonly isCut: boolean;
}

/** More about one row. */
export interface RowDetail {
  readonly title: string;
  /** Its parts hold secrets: to be drawn only when asked for. */
  readonly isSensitive?: boolean;
  readonly parts: readonly DetailPart[];
}

/** A piece of a {@link RowDetail}, in the order they are shown. */
export type DetailPart =
  | { readonly kind: 'fields'; readonly fields: readonly DetailField[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly RunColumn[];
      readonly rows: readonly (readonly CellValue[])[];
    }
  /** Text to be shown as it is, cut at 1 Mi characters. */
  | { readonly kind: 'text'; readonly language: 'yaml' | 'plain'; readonly text: string; readonly isCut: boolean };

/** A name with its value. `unit` where the kind does not say it. */
export interface DetailField {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly value: CellValue;
  readonly unit?: string;
}

/** A result as text. `table` is aligned as talosctl prints it. */
export const RUN_TEXT_FORMATS = ['csv', 'json', 'yaml', 'table'] as const;

/** See {@link RUN_TEXT_FORMATS}. */
export type RunTextFormat = (typeof RUN_TEXT_FORMATS)[number];

/** Where a saved file went: its name only, never its path. */
export type Saved = { readonly isSaved: true; readonly name: string } | { readonly isSaved: false };
