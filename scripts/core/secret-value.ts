/** Formats that only a key has, by the name of what it opens. */
const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[0-9A-Za-z]{36}|\bgithub_pat_[0-9A-Za-z_]{60}/],
  ['a GitLab token', /\bglpat-[0-9A-Za-z_-]{20}/],
  ['a Slack token', /\bxox[abeoprs]-[0-9A-Za-z-]{10}/],
  ['a Stripe key', /\b[rs]k_live_[0-9A-Za-z]{20}/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['an npm token', /\bnpm_[0-9A-Za-z]{36}\b/],
  ['a JSON Web Token', /\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{16}/],
  ['a password in a URL', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@$]{1,100}:(?!\*+@|x+@|<)[^\s:/@${}()<>]{3,}@/],
];

/** What one of them begins with or holds: one look at a value that has none. */
const HINT =
  /-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|k_live_|AIza|npm_|eyJ|:\/\/[^\s/@]{1,200}@/;

/** What the text holds, `an AWS access key`; undefined where it has the format of no key. */
export function keyIn(text: string): string | undefined {
  // All of them are longer than this, and most values of a manifest are not.
  if (text.length < 12 || !HINT.test(text)) return undefined;
  for (const [name, format] of FORMATS) if (format.test(text)) return name;
  return undefined;
}

const SECRET_NAME =
  /pass(?:word|wd|phrase)|secret|token|bearer|api_?key|access_?key|private_?key|credentials?$/i;
/** Names of what leads to a secret, or bounds it, and is none itself. */
const NO_SECRET_NAME =
  /(?:file|path|dir|directory|name|namespace|url|uri|endpoint|ref|id|type|kind|ttl|timeout|interval|period|expir\w*|length|size|count|limit|enabled?|disabled?|required|policy|algorithm|issuer|audience|header|prefix|suffix|provider|mode|version|field|arn|max|min|mount|store|engine|host|port|budget|lifetime|duration)s?$/i;

const SECRET_WORD =
  /pass(?:word|wd|phrase)|secret|token|bearer|api_?key|access_?key|private_?key|credential|auth/i;

/** A hash of a password, or a long word of capitals, small letters and digits. */
const RANDOM =
  /\$(?:apr1|2[aby]|5|6)\$|(?=[A-Za-z0-9+/]{20})(?=[^\s]*[A-Z])(?=[^\s]*[a-z])(?=[^\s]*\d)[A-Za-z0-9+/]{20,}/;

/** Whether a text so much as names a secret, or holds what looks like one. */
export function maySpeakOfSecret(text: string): boolean {
  return SECRET_WORD.test(text) || RANDOM.test(text);
}

/** A name that announces a secret: `DB_PASSWORD`, and not `DB_PASSWORD_FILE`. */
export function soundsSecret(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name);
}

/** A value that can be one: not a path, an address, a number, a switch, or a reference to something else. */
export function canBeSecret(value: string): boolean {
  const text = value.trim();
  if (text.length < 3 || /^(?:true|false|yes|no|on|off|none|null|[\d.]+[a-z]{0,2})$/i.test(text))
    return false;
  if (/^(?:\/|\.\/|https?:\/\/|\$|<|\{\{|vault:|ref\+|arn:|projects\/|ENC\[)/.test(text)) return false;
  // A sentence, or settings of several lines, is no single value.
  return !/\s/.test(text);
}

const SETTING =
  /^[ \t]*(?:export[ \t]+)?["']?([\w.-]*(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key)[\w.-]*)["']?[ \t]*[:=][ \t]*["']?([^\s"'#,;]+)/gim;

/** The settings of a file (`db.password=hunter2`, `token: abc1`) that give a secret in plain text, by their names. */
export function settingsWithSecrets(text: string): readonly string[] {
  const names: string[] = [];
  for (const [, name = '', value = ''] of text.matchAll(SETTING)) {
    // A word without a digit is more often a choice (`credentials: include`) than a secret.
    if (soundsSecret(name) && canBeSecret(value) && /\d/.test(value) && /[a-z]/i.test(value))
      names.push(name);
  }
  return names;
}
