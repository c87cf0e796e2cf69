import { visible, visibleText } from '../../preload/contract/visible.ts';

/**
 * Foreign text on one line with every unseen sign written out (`\u202e`): neither a node's answer nor the name of a
 * context in a file from elsewhere may disguise itself as another.
 */
export const showUnseen = visible;

/** As `showUnseen`, for text of several lines: their ends and tabs stay. */
export const showUnseenInText = visibleText;
