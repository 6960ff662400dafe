/** Characters of a request; a longer text goes as a file. */
export const longestRequest = 1_000_000;

/** Said of a longer one. */
export const tooLong = 'This is too long for a request. Attach what is long in it as a file.';

/** Characters of a path or a name, and of what is searched for. */
export const longestPath = 4096;

/** Files in one message of the page; more come in several. */
export const mostFiles = 100;
