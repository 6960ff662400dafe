import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import { showFault, type FaultLog } from '../faults/showFault.ts';
import { commandTable, type CommandId } from './commandTable.ts';

/**
 * One handler for every command. Arguments come from menus, code lenses, keybindings of people and
 * other extensions, so they are unknown until a handler has looked at them.
 */
export type CommandHandlers = Readonly<Record<CommandId, (...args: readonly unknown[]) => unknown>>;

/** Registers every command; what a handler throws is shown to the person who called it. */
export function registerCommands(handlers: CommandHandlers, log: FaultLog): Disposable {
  const ids = Object.keys(commandTable) as CommandId[];
  return vscode.Disposable.from(
    ...ids.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await handlers[id](...args);
        } catch (error) {
          await showFault(error, log);
          return undefined;
        }
      }),
    ),
  );
}
