import { languages } from '../core/language.ts';
import { skippedFolders } from './sourceFiles.ts';

export const helpText = `Glovebox: let Claude write the code, and run it where it can hurt nothing.

  run FILE [--input PATH]... [--timeout S] [--approve] [--json]
      Check FILE and run it in the sandbox. Inputs are found there under their own
      names; what the program writes to outputs/ comes back. --approve runs it in
      spite of findings that block, and the history says so. --timeout is in seconds and
      for run alone; glovebox.limits.timeoutSeconds (see --settings) is for all.
  ask "REQUEST" [--input PATH]... [--model NAME] [--approve clean|all] [--json]
      Ask the agent. Without --approve it asks before each run. clean runs unasked what
      the validator neither blocks nor warns of; all runs everything, blocked code too,
      still in the sandbox.
  check FILE|FOLDER... [--json|--sarif]
      Say what code would reach for, without running it; --sarif is for CI systems. Of a
      FOLDER, links are left out, and folders called
      ${[...skippedFolders].join(', ')}.
      A link that looks like a program, and a folder with nothing to check, are told.
  check --stdin-jsonl
      The same for programs that come line by line, such as
      {"id": 1, "code": "print(1)", "language": "python"}
      with a language of ${languages.join(', ')}; python if absent.
      Each is answered, in order, by a line of {"id", "verdict", "findings"}. The exit
      status is 0, whatever the verdicts.
  history list [--text WORDS] [--limit N] [--json]
  history show ID [--json]
  history delete ID... [--yes] [--json]
  history delete --before DATE [--yes] [--json]
      What ran from the terminal; VS Code keeps a history of its own. delete takes runs
      and their files away, after a question or with --yes. DATE is a day such as
      2026-01-31, by UTC as in the list.
  doctor [--json]
      What works here, what does not, which containers of Glovebox are there, and
      which guarantees hold when the sandbox is attacked.
  packages list [--json] | packages fetch NAME...
      Python packages of the embedded sandbox, fetched from where Pyodide publishes
      them.
  mcp [--input PATH]... [--approve clean]
      Serve the sandbox to other agents over the Model Context Protocol (stdio). The
      client asks you before each run; --approve clean runs unasked what the validator
      neither blocks nor warns of.
  prune [--json]
      Remove the sandbox images that Glovebox built; the next run builds anew.

  --sandbox auto|docker|wasm|process and --base-url URL go with every command, as do
  --preset strict|balanced|permissive and --policy FILE: JSON with the validator's
  settings, such as {"deniedModules": ["requests"], "severities": {"code.eval": "warn"}}.
  --settings FILE, too: JSON with settings by the names they have in VS Code, such as
  {"glovebox.limits.memoryMb": 1024, "glovebox.spendingLimit": 2}. Flags win over it.
  Behind -- stand names and no flags: check -- *.py is safe whatever the files are called.

Environment: ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, GLOVEBOX_DATA (data folder).
Exit status: 0 ok, 1 the program failed, 2 wrong usage or something that should have
been checked and was not, 3 blocked, 4 no sandbox, 5 the model could not be reached,
124 timeout, 130 interrupted.
`;
