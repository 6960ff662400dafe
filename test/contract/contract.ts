import { artifactsContract } from './artifacts.contract.ts';
import { limitsContract } from './limits.contract.ts';
import { resultsContract } from './results.contract.ts';
import type { Guarantees, MakeSubject } from './subject.ts';

/** What every sandbox must keep, as far as it promises it. */
export function contract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  resultsContract(name, makeSubject, guarantees);
  artifactsContract(name, makeSubject, guarantees);
  limitsContract(name, makeSubject, guarantees);
}
