/** Only the theme's own colours, so that light, dark and high contrast fit by themselves. */
export const runPageStyle = `
body { color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size);
  line-height: 1.5; max-width: 72rem; padding: 0 1.5rem 2rem; }
h1 { font-size: 1.6em; font-weight: 600; margin: 1rem 0 0.2rem; overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); font-size: 1.1em; margin: 1.6rem 0 0.6rem; }
h3 { color: var(--vscode-descriptionForeground); font-size: 0.9em; font-weight: 600; margin: 0.6rem 0 0.2rem; }
p { margin: 0.3rem 0; overflow-wrap: anywhere; }
.purpose, .note, time, small { color: var(--vscode-descriptionForeground); }
.status { border: 1px solid currentColor; border-radius: 0.8rem; font-weight: 600; margin-right: 0.4rem; padding: 0.05rem 0.6rem; }
.status.ok { color: var(--vscode-testing-iconPassed); }
.vscode-light .status.ok { color: color-mix(in srgb, var(--vscode-testing-iconPassed) 55%, black); }
.status.error, .status.killed, .status.unavailable { color: var(--vscode-errorForeground); }
.status.timeout, .status.oom, .status.output-limit, .status.blocked { color: var(--vscode-list-warningForeground); }
.message { border-left: 3px solid var(--vscode-list-warningForeground); padding-left: 0.7rem; white-space: pre-wrap; }
nav { display: flex; flex-wrap: wrap; gap: 0.4rem; margin: 0.8rem 0; }
.button { background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-border, transparent);
  border-radius: 2px; color: var(--vscode-button-secondaryForeground); padding: 0.15rem 0.7rem; text-decoration: none; }
.button:hover { background: var(--vscode-button-secondaryHoverBackground); }
.button:focus-visible, pre:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
pre { background: var(--vscode-textCodeBlock-background); border: 1px solid var(--vscode-contrastBorder, transparent);
  font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); margin: 0.2rem 0;
  max-height: 30rem; overflow: auto; padding: 0.6rem 0.8rem; white-space: pre; }
pre.code { overflow-wrap: anywhere; tab-size: 4; white-space: pre-wrap; }
.hidden-character { border: 1px solid var(--vscode-editorUnicodeHighlight-border, var(--vscode-editorWarning-foreground));
  border-radius: 3px; font-size: 0.85em; margin: 0 1px; padding: 0 3px; }
code { font-family: var(--vscode-editor-font-family); }
figure { margin: 0.6rem 0; }
figcaption { align-items: center; display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.3rem; }
img { background: #fff; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); display: block; max-height: 32rem; max-width: 100%; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: 0.25rem 0; overflow-wrap: anywhere; }
li.block b { color: var(--vscode-errorForeground); }
li.warn b { color: var(--vscode-list-warningForeground); }
table { border-collapse: collapse; }
th { color: var(--vscode-descriptionForeground); font-weight: normal; padding: 0.1rem 1.5rem 0.1rem 0; text-align: left; }
`;
