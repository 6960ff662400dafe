import { runnableWhen } from '../run/languages.ts';

/** Where the command palette offers a command: always, never, or under a `when` clause. */
export interface CommandRow {
  readonly icon?: string;
  readonly palette: 'always' | 'never' | { readonly when: string };
}

const always = { palette: 'always' } as const;
const never = { palette: 'never' } as const;

const runnable = runnableWhen;

/**
 * Every command of the extension. The manifest says the same: a test holds them equal, and a command
 * without a handler does not compile.
 */
export const commandTable = {
  'glovebox.ask': { palette: 'always', icon: '$(comment-discussion)' },
  'glovebox.askAboutSelection': { palette: { when: 'editorIsOpen' }, icon: '$(comment)' },
  'glovebox.askAboutFile': never,
  'glovebox.fixError': never,
  'glovebox.chooseModel': { palette: 'always', icon: '$(sparkle)' },
  'glovebox.newConversation': { palette: 'always', icon: '$(add)' },
  'glovebox.session.keep': always,
  'glovebox.session.restart': { palette: 'always', icon: '$(debug-restart)' },
  'glovebox.session.interrupt': { palette: 'always', icon: '$(debug-pause)' },
  'glovebox.runSelection': { palette: { when: runnable }, icon: '$(shield)' },
  'glovebox.runFile': { palette: { when: runnable }, icon: '$(shield)' },
  'glovebox.checkFile': { palette: { when: runnable }, icon: '$(search-fuzzy)' },
  'glovebox.stop': { palette: { when: 'glovebox.running || glovebox.chatBusy' }, icon: '$(debug-stop)' },
  'glovebox.openPreview': { palette: { when: 'glovebox.pending' }, icon: '$(open-preview)' },
  'glovebox.proposal.run': { palette: 'never', icon: '$(play)' },
  'glovebox.proposal.edit': { palette: 'never', icon: '$(edit)' },
  'glovebox.proposal.reject': { palette: 'never', icon: '$(close)' },
  'glovebox.proposal.useEdit': { palette: 'never', icon: '$(check)' },
  'glovebox.change.apply': { palette: 'never', icon: '$(check)' },
  'glovebox.change.reject': { palette: 'never', icon: '$(close)' },
  'glovebox.showSkills': { palette: 'always', icon: '$(book)' },
  'glovebox.skills.refresh': { palette: 'never', icon: '$(refresh)' },
  'glovebox.history.focusList': { palette: 'always', icon: '$(history)' },
  'glovebox.history.search': { palette: 'always', icon: '$(search)' },
  'glovebox.history.filterStatus': { palette: 'never', icon: '$(filter)' },
  'glovebox.history.clearFilter': { palette: 'never', icon: '$(clear-all)' },
  'glovebox.history.refresh': { palette: 'never', icon: '$(refresh)' },
  'glovebox.history.more': never,
  'glovebox.history.open': always,
  'glovebox.history.openCode': { palette: 'never', icon: '$(file-code)' },
  'glovebox.history.openArtifact': never,
  'glovebox.history.saveArtifact': never,
  'glovebox.history.openOutput': never,
  'glovebox.history.rerun': { palette: 'always', icon: '$(debug-restart)' },
  'glovebox.history.compare': { palette: 'always', icon: '$(diff)' },
  'glovebox.history.compareEdit': never,
  'glovebox.history.export': { palette: 'always', icon: '$(export)' },
  'glovebox.history.askAbout': never,
  'glovebox.history.delete': { palette: 'always', icon: '$(trash)' },
  'glovebox.setApiKey': { palette: 'always', icon: '$(key)' },
  'glovebox.clearApiKey': always,
  'glovebox.showOutput': { palette: 'always', icon: '$(output)' },
  'glovebox.showLog': always,
  'glovebox.openSettings': { palette: 'always', icon: '$(gear)' },
  'glovebox.openWalkthrough': always,
  'glovebox.prepareSandbox': always,
  'glovebox.pruneImages': always,
  'glovebox.showSandbox': { palette: 'always', icon: '$(info)' },
  'glovebox.testSandbox': { palette: 'always', icon: '$(beaker)' },
  'glovebox.fetchPackages': { palette: 'always', icon: '$(package)' },
  'glovebox.showRule': never,
  'glovebox.menu': never,
} as const satisfies Record<string, CommandRow>;

export type CommandId = keyof typeof commandTable;
