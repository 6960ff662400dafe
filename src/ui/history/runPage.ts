import { firstCode } from '../../core/decision.ts';
import type { Finding } from '../../core/finding.ts';
import { endingOf, type RunRecord } from '../../core/record.ts';
import type { Artifact } from '../../core/run.ts';
import { endingWords } from '../../protocol/endingWords.ts';
import type { CommandId } from '../commands/commandTable.ts';
import { cutWhole, exactLine, neutralLine } from '../output/controlText.ts';
import { decisionText } from '../output/decisionText.ts';
import { bytes, metricsBlock } from '../output/metricsBlock.ts';
import { screenText, type KnownSecrets } from '../output/screenText.ts';
import { canBeMended } from './canBeMended.ts';
import { exactHtml, html, type Html } from './html.ts';
import { runPageStyle } from './runPageStyle.ts';

export interface RunPageParts {
  readonly nonce: string;
  readonly cspSource: string;
  /** Address of an artifact for the page; undefined when its copy is gone. */
  readonly artifactUri: (artifact: Artifact) => string | undefined;
  readonly language: string;
  readonly secrets: KnownSecrets;
}

type Link = (label: string, command: CommandId, ...more: readonly string[]) => Html;

/** More is not put into the page; the text can be opened whole as a document. */
const longestText = 200_000;

/** The commands that the page's links may run. */
export const runPageCommands: readonly CommandId[] = [
  'glovebox.history.rerun',
  'glovebox.history.compare',
  'glovebox.history.compareEdit',
  'glovebox.history.export',
  'glovebox.history.delete',
  'glovebox.history.askAbout',
  'glovebox.history.openCode',
  'glovebox.history.openArtifact',
  'glovebox.history.saveArtifact',
  'glovebox.history.openOutput',
  'glovebox.fetchPackages',
];

/**
 * One run as a page. Its only script keeps the run's id for the next window; the buttons are command
 * links, and all that the program, the model or the workspace wrote is escaped and neutralised; its code, which can
 * be run again from here, loses nothing.
 */
export function runPage(record: RunRecord, parts: RunPageParts): string {
  const { result } = record;
  const ending = endingOf(record);
  const edited = firstCode(record.decision) !== undefined;
  const link: Link = (label, command, ...more) => {
    const argument = encodeURIComponent(JSON.stringify([record.runId, ...more]));
    return html`<a class="button" role="button" href="command:${command}?${argument}">${label}</a>`;
  };
  const page = html`<!doctype html>
    <html lang="${parts.language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src ${parts.cspSource}; style-src 'nonce-${parts.nonce}'; script-src 'nonce-${parts.nonce}'; base-uri 'none'; form-action 'none'"
        />
        <title>${neutralLine(record.title, 80)}</title>
        <style nonce="${parts.nonce}">
          ${{ markup: runPageStyle }}
        </style>
      </head>
      <body data-run="${record.runId}">
        <h1>${neutralLine(record.title)}</h1>
        <p class="purpose">${neutralLine(record.purpose, 500)}</p>
        <p>
          <span class="status ${ending}">${endingText(record)}</span>
          <time datetime="${new Date(record.at).toISOString()}">${new Date(record.at).toLocaleString()}</time>
          · ${record.origin}${edited ? ', edited by a person' : ''} ·
          ${record.language}${record.sessionId === undefined ? '' : ' · in a session that keeps its state'}
        </p>
        <nav aria-label="Run">
          ${link('Run Again', 'glovebox.history.rerun')} ${link('Compare…', 'glovebox.history.compare')}
          ${link('Open Code', 'glovebox.history.openCode')} ${link('Export…', 'glovebox.history.export')}
          ${canBeMended({ status: ending, verdict: record.report.verdict }) ? link('Fix This Error', 'glovebox.history.askAbout') : undefined}
          ${ending === 'running' ? undefined : link('Delete…', 'glovebox.history.delete')}
        </nav>
        ${result?.message === undefined || record.decision.kind !== 'run' ? undefined : html`<p class="message">${screenText(result.message, parts.secrets)}</p>`}
        ${artifactsPart(record, parts, link)} ${outputPart(record, parts.secrets, link)}
        <h2>Code</h2>
        <pre class="code" tabindex="0">${exactHtml(short(record.code))}</pre>
        ${findingsPart(record)}
        <h2>Decision</h2>
        <p>${decisionLine(record)}</p>
        ${edited ? html`<p>${link('Compare With What Was Proposed', 'glovebox.history.compareEdit')}</p>` : undefined}
        ${inputsPart(record)} ${metricsPart(record)}
        <script nonce="${parts.nonce}">
          acquireVsCodeApi().setState({ runId: document.body.dataset.run });
        </script>
      </body>
    </html>`;
  return page.markup;
}

/** `Done`, `Failed (exit code 3)`, `Killed (SIGSEGV)` … */
function endingText(record: RunRecord): string {
  const words = endingWords(endingOf(record));
  if (record.result?.interrupted === true) return words;
  const { exitCode = null, signal = null } = record.result ?? {};
  if (signal !== null) return `${words} (${signal})`;
  return exitCode === null || exitCode === 0 ? words : `${words} (exit code ${exitCode})`;
}

function outputPart(record: RunRecord, secrets: KnownSecrets, link: Link): Html | undefined {
  const { result } = record;
  // Nothing ran: the decision says it all.
  if (record.decision.kind !== 'run') return undefined;
  if (result === undefined)
    return html`<h2>Output</h2>
      <p>The run is under way, or the window was closed during it.</p>`;
  const stream = (name: 'stdout' | 'stderr'): Html => {
    if (result[name] === '') return html``;
    const whole = result.fullOutput?.some((file) => file.stream === name)
      ? link(`Open All of ${name}`, 'glovebox.history.openOutput', name)
      : undefined;
    const cut = result.truncated[name]
      ? html`<p class="note">Shortened: the program wrote ${bytes(result.outputBytes[name])}. ${whole}</p>`
      : undefined;
    return html`<h3>${name}</h3>
      ${cut}
      <pre class="${name}" tabindex="0">${short(screenText(result[name], secrets))}</pre>`;
  };
  const value =
    result.value === undefined
      ? undefined
      : html`<h3>value</h3>
          <pre tabindex="0">${short(screenText(result.value, secrets))}</pre>`;
  const silent = result.stdout === '' && result.stderr === '' && result.value === undefined;
  return html`<h2>Output</h2>
    ${silent ? html`<p class="note">The program wrote nothing.</p>` : undefined} ${stream('stdout')}
    ${stream('stderr')} ${value}
    ${result.notices.map((notice) => html`<p class="note">${neutralLine(notice, 500)}</p>`)}
    ${result.missingPackage === undefined ? undefined : fetchLink(result.missingPackage)}`;
}

function fetchLink(name: string): Html {
  const argument = encodeURIComponent(JSON.stringify([name]));
  return html`<p>
    <a class="button" role="button" href="command:glovebox.fetchPackages?${argument}"
      >Fetch ${neutralLine(name, 80)}</a
    >
  </p>`;
}

function artifactsPart(record: RunRecord, parts: RunPageParts, link: Link): Html | undefined {
  const artifacts = record.result?.artifacts ?? [];
  if (artifacts.length === 0) return undefined;
  return html`<h2>Files</h2>
    ${artifacts.map((artifact) => {
      const uri = parts.artifactUri(artifact);
      const name = neutralLine(artifact.name, 120);
      const picture =
        uri !== undefined && artifact.mime.startsWith('image/')
          ? html`<img src="${uri}" alt="${name}" />`
          : undefined;
      const ways =
        uri === undefined
          ? html`<span class="note">The copy of this file is gone.</span>`
          : html`${link('Open', 'glovebox.history.openArtifact', artifact.name)}
            ${link('Save As…', 'glovebox.history.saveArtifact', artifact.name)}`;
      return html`<figure>
        ${picture}
        <figcaption>${name} · ${bytes(artifact.bytes)} ${ways}</figcaption>
      </figure>`;
    })}`;
}

/** Text with the parts between backticks as code. */
function withCode(text: string): readonly Html[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function findingsPart(record: RunRecord): Html {
  const row = (finding: Finding): Html =>
    html`<li class="${finding.severity}">
      <b>${finding.severity}</b> line ${finding.range.startLine + 1}:
      ${withCode(neutralLine(finding.message, 400))}
      ${finding.route.length === 0 ? undefined : html`<br /><small>${withCode(neutralLine(finding.route.join(' → '), 600))}</small>`}
      <code>${finding.rule}</code>
    </li>`;
  const { findings } = record.report;
  return html`<h2>Findings</h2>
    ${
      findings.length === 0
        ? html`<p class="note">The validator found nothing.</p>`
        : html`<ul>
            ${findings.map(row)}
          </ul>`
    }`;
}

function decisionLine({ decision, report }: RunRecord): string {
  const said = decisionText(decision);
  if (decision.kind !== 'run') return said;
  return `${said} (verdict: ${report.verdict}; code ${decision.hash.slice(0, 12)}).`;
}

function inputsPart({ files }: RunRecord): Html | undefined {
  if (files.length === 0) return undefined;
  const rows = files.map((file) => html`<li>${exactLine(file.name)} · ${bytes(file.bytes)}</li>`);
  return html`<h2>Input files</h2>
    <ul>
      ${rows}
    </ul>`;
}

function metricsPart({ decision, result }: RunRecord): Html | undefined {
  if (result === undefined || decision.kind !== 'run') return undefined;
  const rows = metricsBlock(result).map(
    ([name, value]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${neutralLine(value)}</td>
      </tr>`,
  );
  return html`<h2>Metrics</h2>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

/** Head and tail of what is too long for a page: the end is mostly what a run was for. */
function short(text: string): string {
  if (text.length <= longestText) return text;
  const half = longestText / 2;
  const head = cutWhole(text, half);
  const tail = text.slice(-half).replace(/^[\udc00-\udfff]/, '');
  const left = text.length - head.length - tail.length;
  return `${head}\n… ${left.toLocaleString('en')} characters are not shown on this page …\n${tail}`;
}
