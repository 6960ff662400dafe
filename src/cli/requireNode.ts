/** Ends the process with a clear word where Node is older than the product needs. */
export function requireNode(major: number): void {
  if (Number.parseInt(process.versions.node, 10) >= major) return;
  process.stderr.write(
    `Glovebox needs Node ${major} or newer; this is ${process.versions.node}. ` +
      'Start it with "npm run -s glovebox -- …", which brings the right one, or update Node.\n',
  );
  process.exit(2);
}
