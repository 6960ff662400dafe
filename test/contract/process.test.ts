import { contract } from './contract.ts';
import { confined, processSubject } from './processSubject.ts';

contract('local process', processSubject, confined);
