import type { ChangeResult, PermissionAnswer, PermissionRequest } from '../../core/permission.ts';
import { inEachForm } from '../../core/secretPath.ts';
import type { PermissionCard } from '../../protocol/permission.ts';
import { cutWhole, neutralLine } from '../output/controlText.ts';
import { lineDiff } from './lineDiff.ts';

const longestLine = 500;

/**
 * The card of a question that waits for an answer to exactly this. Its path and its lines stay as they
 * are: what is approved may lose nothing, and the page writes out what can't be seen.
 */
export function askedCard(request: PermissionRequest): PermissionCard {
  const shared = {
    kind: 'permission',
    id: request.id,
    path: request.path,
    hash: request.hash,
    status: 'waiting',
    undoable: false,
  } as const;
  if (request.kind === 'secret')
    return { ...shared, asks: 'secret', purpose: '', lines: [], added: 0, removed: 0 };
  const diff = lineDiff(request.before ?? '', request.after);
  const long = diff.cut || diff.lines.some(({ text }) => text.length > longestLine);
  const cautions = [cautionFor(request.path), long ? notAll : undefined].filter((one) => one !== undefined);
  return {
    ...shared,
    asks: request.before === undefined ? 'create' : 'edit',
    purpose: neutralLine(request.purpose, 500),
    lines: diff.lines.map(({ sign, text }) => ({ sign, text: shownLine(text) })),
    added: diff.added,
    removed: diff.removed,
    ...(cautions.length === 0 ? {} : { caution: cautions.join(' ') }),
  };
}

const notAll = 'This is not all of the change: open the diff to see the whole.';

function shownLine(text: string): string {
  return text.length > longestLine ? `${cutWhole(text, longestLine)}…` : text;
}

/** The card after the answer; one that is past it stays as it is. */
export function answeredCard(card: PermissionCard, answer: PermissionAnswer): PermissionCard {
  if (card.status !== 'waiting' && card.status !== 'lapsed') return card;
  if (answer.kind === 'refuse')
    return { ...card, status: 'refused', ...(answer.reason === undefined ? {} : { reason: answer.reason }) };
  return { ...card, status: card.asks === 'secret' ? 'done' : 'allowed' };
}

/** The card after the change was written, or could not be. */
export function changedCard(card: PermissionCard, result: ChangeResult): PermissionCard {
  if (!result.written) return { ...card, status: 'failed', reason: neutralLine(result.reason, 500) };
  const done = { ...card, status: 'done', undoable: true } as const;
  if (result.saved === undefined) return done;
  return { ...done, caution: card.caution === undefined ? savedMore : `${card.caution} ${savedMore}` };
}

const savedMore =
  'When it was saved, your editor changed more of the file than this, by its settings (a formatter, for example). The diff has all of it.';

const tells = [
  /\/\./,
  /\/(package\.json|(gnu)?makefile|justfile|rakefile|gemfile|dockerfile|lefthook(-local)?\.(ya?ml|toml|json))$/,
  /\/(setup|conftest|sitecustomize|usercustomize|noxfile)\.py$/,
  // Editors load the settings of linters and tests, and the builds of Java and Rust, when a folder is opened.
  /\.config\.[cm]?[jt]s$/,
  /\/((build|settings|init)\.gradle(\.kts)?|build\.rs)$/,
  /\.(code-workspace|sh|bat|cmd|ps1|pth)$/,
];

/** Files that tools read and act on without being asked deserve a second look. */
function cautionFor(path: string): string | undefined {
  return inEachForm(path).some((parts) => tells.some((pattern) => pattern.test(`/${parts.join('/')}`)))
    ? 'Tools on your machine may run or obey this file without asking, outside of the sandbox.'
    : undefined;
}
