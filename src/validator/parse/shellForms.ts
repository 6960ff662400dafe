/**
 * Forms that bash takes and the grammar refuses, with an equal form of the same length: every offset stays.
 * In texts and comments the rewriting changes a letter that no finding depends on.
 */
const forms: readonly (readonly [hint: string, form: RegExp, equal: string])[] = [
  // `for i do …` goes over the arguments as `for i; do …` does.
  ['for', /(\bfor[ \t]+[A-Za-z_]\w*)[ \t](?=[ \t]*do(?:[ \t;]|$))/gm, '$1;'],
  // `n=$((1)) 2>x` assigns, and opens a file: two commands in one.
  [
    '=',
    /^([ \t]*[A-Za-z_]\w*\+?=(?:\$\(\([^()\n]*\)\)|\$\([^()\n]*\)|"[^"\n]*"|'[^'\n]*'|[^\s"'()<>;&|]){1,200})[ \t](?=[ \t]*[0-2]?>{1,2}[ \t]*[^\s;&|<>()]+[ \t]*(?:[;&|}]|$))/gm,
    '$1;',
  ],
  // The home folder in a comparison is a text that is only compared; no command may begin before it.
  [
    '~',
    /((?:^|[;&|({!]|\b(?:if|while|until|elif|then|do|else))[ \t]*\[\[?[ \t]+(?:(?:[^\]\n"'\\;&|()`]|"[^"\n]{0,60}"|'[^'\n]{0,60}'){0,120}[ \t])?)~(?=[ \t]+(?:\]|[=!&|-]))/gm,
    '$1_',
  ],
  // A default in braces ends at the first closing one; the second is a letter after it.
  ['{', /(\$\{\w+:?[-=+?])\{(?=[^{}\n]{0,400}\})/g, '$1_'],
  // A text that is given as input reads alike before and after where the output goes.
  [
    '<<<',
    /(\d?>{1,2}[ \t]*(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s;&|<>()"'`]{1,200}))([ \t]+)(<<<[ \t]*(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|[^\s;&|<>()"'`]{1,200}))(?=[\s;&|)]|$)/g,
    '$3$2$1',
  ],
  // The base of a number that a variable holds.
  ['#', /(\(\([^()\n]{0,200}\b\d+)#(?=\$)/g, '$1+'],
  // Compared as texts, not as numbers.
  ['\\', /(\[[ \t][^\]\n]{0,200}[ \t])\\([<>])(?=[ \t])/g, '$1!='],
];

/** What is longer is hardly written by hand, and would be searched for long. */
const longest = 200_000;

/** The script in forms that the grammar reads. */
export function inKnownForms(text: string): string {
  if (text.length > longest) return text;
  let known = text;
  for (const [hint, form, equal] of forms) if (known.includes(hint)) known = known.replace(form, equal);
  return known;
}
