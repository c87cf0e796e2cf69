import * as v from 'valibot';
import { mainSettings, pageSettings, type MainSettings, type PageSettings } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';

/** Says what the file is, and in which form. */
const FORM = 1;

const schema = v.strictObject({ minosSettings: v.literal(FORM), main: mainSettings, page: pageSettings });

/** What a file of settings holds: choices from short lists, no name, no path, no address. */
export type SettingsText = v.InferOutput<typeof schema>;

/** The text of a file for another computer. */
export const settingsText = (main: MainSettings, page: PageSettings): string =>
  `${JSON.stringify({ minosSettings: FORM, main, page }, null, 2)}\n`;

/** The settings of such a text. Throws Failed `file-invalid`, which names the first field that is not what Minos writes. */
export function readSettingsText(text: string, file: string): SettingsText {
  const value = objectIn(text, file);
  const form: unknown = value['minosSettings'];
  if (form === undefined) throw invalid(file, 'It is not a file of settings of Minos.');
  if (typeof form === 'number' && form > FORM) throw invalid(file, 'A newer Minos wrote it.');
  const checked = v.safeParse(schema, value);
  if (checked.success) return checked.output;
  const field = v.getDotPath(checked.issues[0]) ?? '';
  throw invalid(file, `${field === '' ? 'Something in it' : `\`${field.slice(0, 100)}\``} is not what Minos writes.`);
}

function objectIn(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw invalid(file, 'It is not a JSON object.');
}

const invalid = (file: string, why: string): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `The settings cannot be imported. ${why}`,
    hint: 'Nothing was changed. Export them once more where they come from.',
    where: { file },
  });
