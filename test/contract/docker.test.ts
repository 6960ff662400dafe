import { dockerSubject, everything } from './dockerSubject.ts';
import { contract } from './contract.ts';

contract('docker', dockerSubject(), everything);
