/** The address of a folder in a workbench; `payload` is what VS Code's command line would say. */
export function workbenchAddress(
  port: number,
  folder: string,
  options: { readonly token?: string; readonly payload?: readonly (readonly [string, string])[] } = {},
): string {
  const address = new URL(`http://127.0.0.1:${port}/`);
  if (options.token !== undefined) address.searchParams.set('tkn', options.token);
  address.searchParams.set('folder', folder);
  if (options.payload !== undefined) address.searchParams.set('payload', JSON.stringify(options.payload));
  return address.href;
}

/** How the browser's workbench names a path on the server's machine. */
export function remotePath(port: number, file: string): string {
  return `vscode-remote://127.0.0.1:${port}${file}`;
}
