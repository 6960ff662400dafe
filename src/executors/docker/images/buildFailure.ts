import { GloveboxError } from '../../../core/errors.ts';
import type { Stage } from './labels.ts';

const shownLines = 12;

/** Turns the end of a failed build into an error that says what went wrong and what to do. */
export function buildFailure(stage: Stage, log: readonly string[], cause: unknown): GloveboxError {
  const told = [...log, cause instanceof Error ? cause.message : String(cause)];
  const text = withoutRecovered(told).join('\n');
  const last = log.slice(-shownLines).join('\n');
  const message = `The sandbox image could not be built: ${diagnosis(stage, text)}`;
  return new GloveboxError(
    'image-build',
    last === '' ? message : `${message}\n\nLast lines of the build:\n${last}`,
    {
      cause,
    },
  );
}

/** pip warns of each failed try and counts down; only those of which the last one failed, too, matter. */
function withoutRecovered(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => /Retrying \(Retry\(total=0\b/.test(line))) return lines;
  return lines.filter((line) => !/Retrying \(Retry\(total=\d/.test(line));
}

function diagnosis(stage: Stage, text: string): string {
  const missing =
    /No matching distribution found for ([^\s;]+)/.exec(text) ??
    /Could not find a version that satisfies the requirement ([^\s;(]+)/.exec(text) ??
    /(?:ERROR: Invalid requirement|Invalid requirement): '?([^'\s:]+)/.exec(text);
  if (/CERTIFICATE_VERIFY_FAILED|certificate verify failed|self[- ]signed certificate/i.test(text)) {
    return 'the connection to the package index is not trusted. Behind a TLS-inspecting proxy, set glovebox.docker.caFile to the file with its certificates (PEM).';
  }
  if (
    /Retrying \(Retry|Temporary failure resolving|Name or service not known|Could not resolve|NameResolutionError|network is unreachable|Connection timed out|ConnectTimeoutError|ProxyError/i.test(
      text,
    )
  ) {
    return 'the build has no network, or it broke off. Check the connection and the proxy (HTTP_PROXY, HTTPS_PROXY), then try again.';
  }
  if (missing !== null) {
    return `the package index has no wheel of "${missing[1] ?? ''}" for this sandbox. Correct glovebox.docker.packages (spelling, version), or take it out.`;
  }
  if (/ResolutionImpossible|conflicting dependencies/.test(text)) {
    return 'the packages in glovebox.docker.packages contradict each other or the ones that come with the image. Loosen their versions.';
  }
  if (/DO NOT MATCH THE HASHES/.test(text)) {
    return 'a downloaded package is not the one that was expected (its hash differs). Nothing was installed; do not use this network for it.';
  }
  if (/no space left on device/i.test(text)) {
    return 'the disk of the container engine is full. Free some space ("docker system df" shows what takes it), then try again.';
  }
  if (
    /pull access denied|manifest unknown|not found: manifest|toomanyrequests|error pulling image|registry-1|failed to resolve source metadata/i.test(
      text,
    )
  ) {
    return 'the base image debian:trixie-slim could not be pulled. Check the connection to the registry, or pull it by hand and try again.';
  }
  if (stage === 'custom') {
    return 'the image of the setting glovebox.docker.image cannot serve: it needs a shell and python3, 3.10 or newer, on its PATH.';
  }
  return 'a step of the build failed. Try again with "Glovebox: Prepare the Sandbox"; the lines below say where it stopped.';
}
