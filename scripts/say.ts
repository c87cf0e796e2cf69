/** One line for the person at the terminal; stdout stays for results. */
export type Say = (line: string) => void;

export const say: Say = (line) => {
  console.error(line);
};
