/** What to do instead, where a rule's own hint speaks of another language. */
export const shellHints: Readonly<Record<string, string>> = {
  'code.eval': 'Write the commands out in the script.',
  'process.spawn': 'Call the usual text and file commands by their names.',
  'process.control': 'End only jobs that the script has started, such as kill %1.',
  'bomb.memory': 'Work with smaller pieces, such as head -n or split.',
};
