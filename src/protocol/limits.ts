/** Characters of a request; a longer text goes as a file. */
export const longestRequest = 1_000_000;

/** Said of a longer one. */
export const tooLong = 'This is too long for a request. Attach what is long in it as a file.';

/** Files in one message of the page; more come in several. */
export const mostFiles = 100;
