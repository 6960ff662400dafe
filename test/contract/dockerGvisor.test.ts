import { contract } from './contract.ts';
import { dockerSubject, everything } from './dockerSubject.ts';

// gVisor's kernel is its own: it has no filter of ours to test, and other limits on counts of things.
contract('docker with gVisor', dockerSubject({ runtime: 'runsc', poolSize: 1 }), {
  ...everything,
  kind: 'gvisor',
  memoryStatus: 'sandbox',
  hiddenRunner: false,
  systemCalls: false,
  counts: false,
  soakRuns: 10,
  soakAtOnce: 16,
});
