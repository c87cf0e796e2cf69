const UNDID = 'Undid: ';
const DID_AGAIN = 'Did again: ';

/** What undoing a change is called in the history; undoing an undo does the change again. */
export function undoingOf(what: string): string {
  if (what.startsWith(UNDID)) return `${DID_AGAIN}${what.slice(UNDID.length)}`;
  if (what.startsWith(DID_AGAIN)) return `${UNDID}${what.slice(DID_AGAIN.length)}`;
  return `${UNDID}${what}`;
}
