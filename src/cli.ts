#!/usr/bin/env node
import path from 'node:path';
import { callersFolder } from './cli/callersFolder.ts';
import { requireNode } from './cli/requireNode.ts';

// Before anything that needs a new Node is loaded: an old one should say so instead of failing oddly.
requireNode(24);
const { main } = await import('./cli/main.ts');
const root = path.resolve(import.meta.dirname, '..');
const folder = callersFolder(process.env, process.cwd(), root);
if (folder !== undefined) process.chdir(folder);
process.exitCode = await main(process.argv.slice(2), root);
