import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  allGuarantees,
  guarantees as table,
  kindNames,
  type GuaranteeId,
} from '../../src/core/guarantees.ts';
import type { Guarantees } from './subject.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Prints the sandbox's column, and holds what the suite asks for and what the product says together. */
export function guaranteesContract(name: string, asked: Guarantees): void {
  const { kind } = asked;
  const flags: readonly (readonly [GuaranteeId, boolean])[] = [
    ['programs', asked.processes],
    ['counts', asked.counts],
    ['systemCalls', asked.systemCalls],
    ['root', asked.readOnlyRoot],
    ['packages', asked.figures],
    ['runner', asked.hiddenRunner === true],
  ];
  describe(`${name}: what it guarantees`, () => {
    it(`is in the table that people see (${kindNames[kind]})`, async () => {
      const pages = ['README.md', 'ARCHITECTURE.md'].map((page) => readFile(path.join(root, page), 'utf8'));
      for (const page of await Promise.all(pages)) {
        for (const { what, by } of allGuarantees()) {
          assert.ok(page.includes(`| ${what} |`) && page.includes(by[kind].how), what);
        }
      }
      for (const { what, by } of allGuarantees()) console.log(`      ${what.padEnd(42)} ${by[kind].how}`);
    });

    for (const [id, promised] of flags) {
      it(`${promised ? 'says that it gives' : 'does not pretend to give'}: ${table[id].what}`, () => {
        assert.equal(table[id].by[kind].level === 'given', promised);
      });
    }
  });
}
