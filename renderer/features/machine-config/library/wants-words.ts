const WORDS: Readonly<Record<string, string>> = {
  int: 'A whole number.',
  uint: 'A whole number.',
  duration: 'A duration, such as 1m30s.',
  bytesize: 'A size, such as 100GiB.',
  'size (bytes or N%)': 'A size, such as 100GiB or 50%.',
  ip: 'An IP address.',
  cidr: 'An address with its prefix, such as 10.0.0.5/24.',
  'ip:port': 'An address with a port.',
  url: 'A URL.',
  cel: 'An expression, such as disk.transport == "nvme".',
};

/** What a variable of a patch takes, as a sentence; undefined for any text. */
export const wantsWords = (wants: string): string | undefined => WORDS[wants];
