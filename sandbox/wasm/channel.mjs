// The control channel: frames in on descriptor 3, sealed frames out on descriptor 4. A frame is a
// u32 length (big endian), a type byte and the payload. Each frame out begins with the seal, a secret
// that the host told before any program ran: bytes that the program manages to write to the
// descriptor do not have it, so the host knows them for a forgery.
//
// Everything is synchronous: while Python runs, no event loop turns. What the frames need of the
// language's own objects is taken here, before a program can put something else in its place.
import { readSync, writeSync } from 'node:fs';

const IN = 3;
const OUT = 4;
const HEAD = 5;
const SEAL = 16;

const uncurry = (method) => Function.prototype.call.bind(method);
const Bytes = Uint8Array;
const bytesPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const set = uncurry(bytesPrototype.set);
const lengthOf = uncurry(Object.getOwnPropertyDescriptor(bytesPrototype, 'length').get);
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const decoder = new TextDecoder();
const decode = decoder.decode.bind(decoder);
const charCodeAt = uncurry(String.prototype.charCodeAt);
const fromCharCode = String.fromCharCode;
const { parse, stringify } = JSON;
const wait = Atomics.wait;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const exit = process.exit.bind(process);

let seal;

/** Reads exactly `count` bytes; the host's end of the channel is the end of this process. */
function read(count) {
  const bytes = new Bytes(count);
  for (let at = 0; at < count;) {
    const got = retry(() => readSync(IN, bytes, at, count - at));
    if (got === 0) exit(0);
    at += got;
  }
  return bytes;
}

function retry(step) {
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET') exit(0);
      if (error.code !== 'EAGAIN') throw error;
      wait(sleeper, 0, 0, 1);
    }
  }
}

/** The next frame from the host: its type letter and its payload. */
export function receive() {
  const head = read(HEAD);
  const length = ((head[0] << 24) | (head[1] << 16) | (head[2] << 8) | head[3]) >>> 0;
  return { type: fromCharCode(head[4]), payload: read(length) };
}

/** Takes the seal, which the host sends first. */
export function takeSeal() {
  const { payload } = receive();
  if (lengthOf(payload) !== SEAL) exit(70);
  seal = payload;
}

/** Sends one frame; `payload` is bytes. */
export function send(type, payload = new Bytes(0)) {
  const size = lengthOf(payload);
  const frame = new Bytes(HEAD + SEAL + size);
  const length = SEAL + size;
  frame[0] = length >>> 24;
  frame[1] = (length >>> 16) & 255;
  frame[2] = (length >>> 8) & 255;
  frame[3] = length & 255;
  frame[4] = charCodeAt(type, 0);
  set(frame, seal, HEAD);
  set(frame, payload, HEAD + SEAL);
  const total = lengthOf(frame);
  for (let at = 0; at < total;) at += retry(() => writeSync(OUT, frame, at, total - at));
}

/** Sends one frame with a JSON payload. */
export function sendJson(type, value) {
  send(type, encode(stringify(value)));
}

/** Reads a JSON payload. */
export function parseJson(payload) {
  return parse(decode(payload));
}
