/** Where the page's files are, as the webview has to name them. */
export interface PageSource {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The shell of the chat page. Nothing but our own script and style sheet may load; images come from
 * the artifact folders alone; and no string can be turned into markup or script (trusted types).
 */
export function pageHtml({ cspSource, nonce, script, style }: PageSource): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `img-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Glovebox</title>
</head>
<body>
<div id="chat"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
