// Takes the place of the workbench's native logger, which is not compiled here. Without it the output
// channels of every extension stay empty, because VS Code keeps their text in log files.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #level = 2;
  #plain = false;

  constructor(_kind, _name, file) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, '');
  }

  trace = (message) => this.#write(0, message);
  debug = (message) => this.#write(1, message);
  info = (message) => this.#write(2, message);
  warn = (message) => this.#write(3, message);
  error = (message) => this.#write(4, message);
  critical = (message) => this.#write(5, message);

  getLevel = () => this.#level;
  setLevel = (level) => void (this.#level = level);
  setPattern() {}
  clearFormatters = () => void (this.#plain = true);
  flush() {}
  drop() {}

  #write(level, message) {
    if (level < this.#level) return;
    const when = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const text = this.#plain ? message : `${when} [${names[level]}] ${message}\n`;
    try {
      appendFileSync(this.#file, text);
    } catch {
      // The folder goes when the server is stopped; a last line may come after.
    }
  }
}

const create = async (name, file, size, count) => new Logger('rotating', name, file, size, count);

// Assigned one by one: VS Code imports these names from an ES module.
exports.version = 1;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
