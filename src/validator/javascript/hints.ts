/** What to do instead, where a rule's own hint speaks of another language. */
export const javascriptHints: Readonly<Record<string, string>> = {
  'code.eval': 'Write the code out, or read data with JSON.parse.',
  'process.control': 'Leave by returning or with process.exit().',
  'internals.frames': 'Pass values as arguments.',
  'import.dynamic': 'Write an import statement.',
  'internals.dynamic': 'Write the member out, or choose from an object of functions.',
};
