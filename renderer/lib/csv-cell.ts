/** A cell that a spreadsheet would take for a formula, as text. */
export const notFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A text as a cell of CSV (RFC 4180): never a formula, quoted where it must be. */
export function csvCell(text: string): string {
  const safe = notFormula(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
