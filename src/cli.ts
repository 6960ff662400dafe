#!/usr/bin/env node
import path from 'node:path';
import { requireNode } from './cli/requireNode.ts';

// Before anything that needs a new Node is loaded: an old one should say so instead of failing oddly.
requireNode(24);
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2), path.resolve(import.meta.dirname, '..'));
