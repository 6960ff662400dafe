import { artifactsContract } from './artifacts.contract.ts';
import { boundaryContract } from './boundary.contract.ts';
import { guaranteesContract } from './guarantees.contract.ts';
import { isolationContract } from './isolation.contract.ts';
import { languagesContract } from './languages.contract.ts';
import { limitsContract } from './limits.contract.ts';
import { resultsContract } from './results.contract.ts';
import { runnerContract } from './runner.contract.ts';
import { sessionsContract } from './sessions.contract.ts';
import type { Guarantees, MakeSubject } from './subject.ts';
import { systemCallsContract } from './systemCalls.contract.ts';
import { usageContract } from './usage.contract.ts';

/** What every sandbox must keep, as far as it promises it. */
export function contract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  guaranteesContract(name, guarantees);
  resultsContract(name, makeSubject, guarantees);
  artifactsContract(name, makeSubject, guarantees);
  limitsContract(name, makeSubject, guarantees);
  usageContract(name, makeSubject, guarantees);
  boundaryContract(name, makeSubject, guarantees);
  runnerContract(name, makeSubject, guarantees);
  systemCallsContract(name, makeSubject, guarantees);
  isolationContract(name, makeSubject, guarantees);
  languagesContract(name, makeSubject, guarantees);
  sessionsContract(name, makeSubject, guarantees);
}
