// What the value of a secret looks like, in all languages: its shape, and all that only stands in the place of one.

import { list } from "./secret-names.js";
import { contains, type Span } from "./text.js";

/** Whether a value under a secret's name shows that the name means something else: nothing, a switch, a place. */
export function isHarmlessValue(value: string): boolean {
  const text = value.trim();
  if (text === "" || /^(?:true|false|yes|no|on|off|none|null|nil|0|1)$/i.test(text)) return true;
  if (
    /^[\w.-]{1,100}\.(?:sh|bash|ps1|bat|py|rb|pl|js|json|ya?ml|toml|ini|conf|cfg|txt|pem|crt|cer|key|pub|p12|pfx|jks|env|tpl|tftpl|zip)$/i.test(
      text,
    )
  )
    return true; // a file's name
  if (/^(?:\.{0,2}|~)\/[\w@./+-]*$/.test(text) || /^[A-Za-z]:[\\/]/.test(text)) return true;
  return /^[a-z][a-z0-9+.-]{1,20}:\/\/\S*$/i.test(text) && secretValuesIn(text).length === 0;
}

/** Whether a value only says that a person or a tool has yet to fill it in: `<token>`, `${TOKEN}`, `xxx`, `your-key-here`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  return (
    /^(?:<[^<>]*>|\[[^[\]]*\]|\$\{[^{}]*\}|\$\([^()]*\)|\$\w+|\{\{.*\}\}|%\w+%|__\w+__|@\w+@|#\{[^{}]*\}#?)$/s.test(
      text,
    ) ||
    /^(?:x{3,}|\*{3,}|\.{3,}|-{3,}|_{3,}|0{4,})$/i.test(text) ||
    /^(?:dummy|fake|example|sample|placeholder|redacted|todo|tbd|fixme|unset|undefined|unused|notused|n\/a|ignored)$/i.test(
      text,
    ) ||
    /^(?:your|my|the|insert|enter|put|replace|fill)[-_ ].*(?:here|key|token|secret|password|value|it|me|this)$/i.test(
      text,
    ) ||
    /^(?:dummy|fake|example|placeholder)[-_ ]/i.test(text) ||
    /[-_ ](?:here|placeholder|example)$/i.test(text)
  );
}

/** Values that products ship with, or that everybody tries first. Source: CWE-1392, OWASP "Testing for Default Credentials". */
export const defaultCredentials: readonly string[] = list(
  `admin, administrator, root, password, passwd, passw0rd, p@ssw0rd, password1, password123, pass, secret, changeme,
  change_me, change-me, changeit, default, guest, test, toor, letmein, welcome, qwerty, 1234, 12345, 123456, 12345678,
  123456789, postgres, mysql, rabbitmq, minio, minioadmin, minio123, elastic, grafana, user, demo, master, sa, oracle`,
);

/** Whether a value is a default credential; `more` adds to the known ones. */
export function isDefaultCredential(value: string, more: readonly string[] = []): boolean {
  const text = value.trim().toLowerCase();
  return defaultCredentials.includes(text) || more.some((other) => other.toLowerCase() === text);
}

export interface SecretValue {
  /** What it is, for a message: "AWS access key". */
  readonly what: string;
  /** Where it stands in the text handed in. */
  readonly span: Span;
}

/**
 * Formats that their issuers document, each with letters of its own, so that no guess by randomness is needed. Quantifiers
 * are bounded: the time stays linear on any input.
 */
const shapes: readonly (readonly [what: string, pattern: string])[] = [
  ["AWS access key", "(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])"],
  ["private key", "-----BEGIN (?:[A-Z0-9]{2,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"],
  ["GitHub token", "gh[pousr]_[A-Za-z0-9]{36,255}"],
  ["GitHub token", "github_pat_[A-Za-z0-9_]{22,255}"],
  ["GitLab token", "gl(?:pat|ptt|dt|rt|soat|cbt)-[A-Za-z0-9_-]{20,255}"],
  ["Slack token", "xox[abeoprs]-[A-Za-z0-9-]{10,255}"],
  ["Slack webhook", "https://hooks\\.slack\\.com/services/T[A-Z0-9]{6,20}/B[A-Z0-9]{6,20}/[A-Za-z0-9]{16,64}"],
  ["JSON Web Token", "eyJ[A-Za-z0-9_-]{8,2000}\\.eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{8,2000}"],
  ["Google API key", "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"],
  ["Stripe key", "[sr]k_live_[A-Za-z0-9]{16,255}"],
  ["npm token", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"],
  ["PyPI token", "pypi-AgE[A-Za-z0-9_-]{50,1000}"],
  ["SendGrid key", "SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}"],
  ["Docker Hub token", "dckr_pat_[A-Za-z0-9_-]{20,64}"],
  ["Vault token", "hv[sbr]\\.[A-Za-z0-9_-]{24,255}"],
  ["DigitalOcean token", "do[opr]_v1_[a-f0-9]{64}"],
  ["Hugging Face token", "hf_[A-Za-z]{34}(?![A-Za-z0-9])"],
  ["OpenAI key", "sk-[A-Za-z0-9_-]{0,100}T3BlbkFJ[A-Za-z0-9_-]{20,200}"],
  ["Anthropic key", "sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{60,200}"],
  ["Azure storage key", "AccountKey=[A-Za-z0-9+/]{86}=="],
  ["Slack token", "xapp-\\d-[A-Za-z0-9-]{20,255}"],
  ["Twilio key", "SK[0-9a-f]{32}(?![0-9A-Za-z])"],
  ["Databricks token", "dapi[0-9a-f]{32}(?![0-9A-Za-z])"],
  ["Shopify token", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"],
  ["Grafana token", "glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}"],
  ["Mailchimp key", "[0-9a-f]{32}-us\\d{1,2}(?![0-9A-Za-z])"],
  ["New Relic key", "NRAK-[A-Z0-9]{27}"],
  ["Artifactory token", "AKCp[A-Za-z0-9]{69}"],
  ["Square token", "sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}"],
  ["Discord webhook", "https://discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[A-Za-z0-9_-]{60,80}"],
  ["RubyGems key", "rubygems_[0-9a-f]{48}"],
  ["Atlassian token", "ATATT3[A-Za-z0-9_=-]{50,400}"],
  ["CircleCI token", "CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}"],
  ["Linear key", "lin_api_[A-Za-z0-9]{40}"],
  ["Postman key", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"],
  ["Pulumi token", "pul-[0-9a-f]{40}"],
  ["Doppler token", "dp\\.(?:pt|st|sa|ct)\\.[A-Za-z0-9.]{40,80}"],
  ["Sentry token", "sntrys_[A-Za-z0-9+/=_]{60,400}"],
  ["registry login", '"auth\\\\?"\\s{0,9}:\\s{0,9}\\\\?"[A-Za-z0-9+/]{20,400}={0,2}'],
  ["age key", "AGE-SECRET-KEY-1[0-9A-Z]{58}"],
];

const shape = new RegExp(`(?<![A-Za-z0-9])(?:${shapes.map(([, pattern]) => `(${pattern})`).join("|")})`, "g");
const connection =
  /;[ \t]*(?:password|pwd|accountkey|sharedaccesskey)[ \t]*=[ \t]*([^\s;"'`<>{}$%]{4,200})(?=[;"'\s]|$)/gi;
const userinfo = /:\/\/[^\s/?#:@"'<>]{0,200}:([^\s/?#@"'<>]{1,200})@/g;

/** Every secret that a text gives away by its shape alone, in order; documentation examples and placeholders are none. */
export function secretValuesIn(text: string): readonly SecretValue[] {
  const found: SecretValue[] = [];
  for (const match of text.matchAll(shape)) {
    const what = shapes[match.slice(1).findIndex((group) => group !== undefined)]?.[0];
    const span = { start: match.index, end: match.index + match[0].length };
    if (what && !isExample(match[0])) found.push({ what, span });
  }
  for (const match of text.matchAll(userinfo)) {
    const password = match[1] ?? "";
    const end = match.index + match[0].length - 1;
    if (/[$%{]/.test(password) || isPlaceholder(password) || isExample(password)) continue;
    if (/^(?:pass|password|passwd|pw|pwd|secret|token)$/i.test(password)) continue;
    found.push({ what: "password in a URL", span: { start: end - password.length, end } });
  }
  for (const match of text.matchAll(connection)) {
    const password = match[1] ?? "";
    const end = match.index + match[0].length;
    const span = { start: end - password.length, end };
    if (isPlaceholder(password) || isExample(password) || found.some((one) => contains(one.span, span))) continue;
    if (leadsToItself(text, match.index)) continue;
    found.push({ what: "password in a connection string", span });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Whether the connection string up to an offset names the machine that it is used on: a database that is made for a test. */
function leadsToItself(text: string, end: number): boolean {
  const before = text.slice(Math.max(0, end - 300), end);
  const own = before.slice(before.search(/[^\r\n"'`]*$/));
  return /(?:server|data source|host|addr(?:ess)?)[ \t]*=[ \t]*(?:\(local|\.(?:[\\;]|$)|localhost(?![\w.])|127\.)/i.test(
    own,
  );
}

/** AKIAIOSFODNN7EXAMPLE, ghp_xxxxxxxx…: what manuals print. */
const isExample = (text: string): boolean => /EXAMPLE|x{8}|X{8}|\*{3}|0{12}|1234567890123/.test(text);

/**
 * Whether a value is no secret itself but says where one is kept (`vault:path#key`, `arn:aws:secretsmanager:…`, `op://…`), or
 * is one that is encrypted (SOPS, age, PGP, Ansible Vault), or is put together from variables when it is used.
 */
export function isKeptElsewhere(value: string): boolean {
  const text = value.trim();
  return (
    /^(?:vault|ssm|secretsmanager|asm|awssm|gcpsm|sops|op|bao|keyvault|ref\+\w+):\/?\/?[\w./]|^secrets?:\/\//i.test(
      text,
    ) ||
    /^(?:[a-z][a-z_.-]*)?(?:\/[a-zA-Z0-9_.%{}*-]+)+$/.test(text) || // the path of a secret, or of a key
    /^\$[A-Za-z_][\w-]*:[\w.-]+$/.test(text) || // Argo CD: "$secret:key"
    /^(?:arn:|@Microsoft\.KeyVault|ENC\[|\$ANSIBLE_VAULT;|\?\{\w+:)/.test(text) ||
    /^-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)-----/.test(text) ||
    /\$\{[^{}]*\}|\$\([^()]*\)|\{\{|<%|%\(\w+\)/.test(text)
  );
}

/**
 * Whether a value reads like what people name things: words of letters in one case with few digits, words in any case with
 * next to none, a number, a version, addresses.
 */
export const isNameLike = (value: string): boolean =>
  /^v?\d+(?:\.\d+)*$/.test(value) ||
  /^[a-z]+\d{0,2}(?:[-_.:/ ][a-z]*\d{0,2})*$/.test(value) ||
  /^[A-Z]+\d{0,2}(?:[-_.:/ ][A-Z]*\d{0,2})*$/.test(value) ||
  /^[A-Za-z]+(?:[-_.:/ ][A-Za-z]*)*\d{0,2}$/.test(value) ||
  /^[^\s@,]+@[^\s@,]+\.[a-zA-Z]+(?:,\s*[^\s@,]+@[^\s@,]+)*$/.test(value);
