/** Control codes and signs that turn the reading direction. */
// eslint-disable-next-line no-control-regex -- finding control codes is the purpose
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Foreign text on one line with every unseen sign written out (`\u202e`): neither a node's answer nor the name of a
 * context in a file from elsewhere may disguise itself as another.
 */
export function showUnseen(text: string): string {
  return text.replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As `showUnseen`, for text of several lines: their ends and tabs stay. */
export function showUnseenInText(text: string): string {
  return text.replace(UNSEEN, (sign) => (sign === '\n' || sign === '\t' ? sign : showUnseen(sign)));
}
