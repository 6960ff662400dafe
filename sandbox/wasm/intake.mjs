// What the host sends ahead of a program: its job, then its input files.
import { parseJson } from './channel.mjs';

/** The in-memory file system of Python has numbers for these, that of JavaScript names. */
const reasons = {
  20: 'something else is in its place',
  31: 'a folder is in its place',
  32: 'a link is in its way',
  51: 'No space left on device',
  54: 'a file is in its way',
  EEXIST: 'a file is in its way',
  EISDIR: 'a folder is in its place',
};

function reasonOf(error) {
  return reasons[error?.errno ?? error?.code] ?? String(error?.message ?? error).slice(0, 200);
}

/**
 * Keeps the job, and the first thing that went wrong with one of its files. `files` makes them: `create`
 * gives what the others get, and `drop` takes one away that will not become whole.
 */
export function intake(files) {
  let job;
  let name;
  let open;
  let failure;

  function attempt(step) {
    if (failure !== undefined) return;
    try {
      step();
    } catch (error) {
      failure = `${JSON.stringify(name.slice(0, 200))}: ${reasonOf(error)}`;
      drop();
    }
  }

  function close() {
    const file = open;
    open = undefined;
    if (file !== undefined) files.close(file);
  }

  function drop() {
    const file = open;
    open = undefined;
    try {
      if (file !== undefined) files.drop(file);
    } catch {
      // A program can have made its folder one that nothing is removed from: then an empty file stays.
    }
  }

  function begin() {
    if (name.split('/').some((part) => part === '' || part === '.' || part === '..') || name.includes('\0'))
      throw new Error('bad input name');
    open = files.create(name);
  }

  return {
    /** Takes a frame; whether it was one of these. */
    frame({ type, payload }) {
      if (type === 'R') {
        // The host may have given up the job before this one in the middle of a file.
        drop();
        job = parseJson(payload);
        failure = undefined;
      } else if (type === 'F') {
        attempt(close);
        name = parseJson(payload).name;
        attempt(begin);
      } else if (type === 'D') attempt(() => files.write(open, payload));
      else return false;
      return true;
    },
    /** Everything is here: gives the job, with what went wrong before it, if anything did. */
    end() {
      attempt(close);
      return { job, failure };
    },
  };
}
