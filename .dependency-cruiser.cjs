/** Who may import whom; type imports count. ARCHITECTURE.md says why. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|test)/', pathNot: [from, ...allowed] },
});

module.exports = {
  forbidden: [
    only('core-imports-nothing', '^src/core/', []),
    {
      name: 'core-has-no-packages',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    only('protocol-imports-core', '^src/protocol/', ['^src/core/']),
    only('files-imports-core', '^src/files/', ['^src/core/']),
    only('agent-imports-core', '^src/agent/', ['^src/core/', '^src/files/']),
    only('validator-imports-core', '^src/validator/', ['^src/core/']),
    only('executors-import-core', '^src/executors/', ['^src/core/']),
    only('shared-executor-parts-stay-shared', '^src/executors/(runner|pool|session)/', [
      '^src/core/',
      '^src/executors/[^/]+$',
    ]),
    {
      name: 'sandboxes-know-nothing-of-each-other',
      severity: 'error',
      from: { path: '^src/executors/(docker|wasm|process)/' },
      to: { path: '^src/executors/(docker|wasm|process)/', pathNot: '^src/executors/$1/' },
    },
    only('deepagents-imports', '^src/deepagents/', ['^src/core/', '^src/executors/']),
    only('self-test-imports-core', '^src/selfTest/', ['^src/core/']),
    only('history-imports-core', '^src/history/', ['^src/core/']),
    only('pipeline-imports-core', '^src/pipeline/', ['^src/core/']),
    only('settings-import-core', '^src/settings/', ['^src/core/']),
    only('ui-imports', '^src/ui/', [
      '^src/core/',
      '^src/files/',
      '^src/protocol/',
      '^src/pipeline/',
      '^src/settings/',
    ]),
    only('webview-imports-protocol', '^src/webview/', ['^src/protocol/', '^src/core/']),
    {
      name: 'cli-imports-no-ui',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(ui/|webview/|extension\\.ts$)' },
    },
    {
      name: 'vscode-only-in-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/ui/', '^src/extension\\.ts$'] },
      to: { path: '^vscode$' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^(src|test)/' }, to: { circular: true } },
    {
      name: 'nobody-imports-deepagents',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/deepagents/' },
      to: { path: '^(src/|node_modules/)deepagents/' },
    },
    { name: 'src-never-imports-test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    {
      name: 'only-known-packages',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { couldNotResolve: true, pathNot: ['^vscode$', '^node:'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
