// By which flags, settings and variables programs stop verifying certificates.

import type { Command, ShellWord } from "./shell.js";

export interface Insecure {
  readonly word: ShellWord;
  /** `undefined` where the word says it by itself: a variable. */
  readonly program: string | undefined;
}

interface Kind {
  readonly program: RegExp;
  /** What the word looks like. */
  readonly flag: RegExp;
  /** The setting that the word turns off, where the two stand apart. */
  readonly among?: RegExp;
}

/** Source: the manuals of the programs. */
const kinds: readonly Kind[] = [
  { program: /^curl$/, flag: /^(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure|--proxy-insecure)$/ },
  { program: /^wget2?$/, flag: /^--no-check-certificate$/ },
  { program: /^(?:pip[\d.]*|python[\d.]*|uv)$/, flag: /^--trusted-host(?:=|$)/ },
  { program: /^(?:npm|yarn|pnpm)$/, flag: /^(?:--no-strict-ssl|--strict-ssl=false|strict-ssl=false)$/ },
  { program: /^(?:npm|yarn|pnpm)$/, flag: /^false$/, among: /^(?:strict-ssl|strictSsl|enableStrictSsl)$/ },
  { program: /^git$/, flag: /^http\.(?:\S+\.)?sslVerify=(?:false|0|no|off)$/i },
  { program: /^git$/, flag: /^(?:false|0|no|off)$/i, among: /^http\.(?:\S+\.)?sslVerify$/i },
  {
    program: /^(?:yum|yum-config-manager|dnf|microdnf|tdnf)$/,
    flag: /^--setopt=(?:\S+\.)?sslverify=(?:0|false|no)$/i,
  },
  { program: /^(?:apt|apt-get)$/, flag: /^(?:-o)?Acquire::https?::(?:\S+::)?Verify-(?:Peer|Host)=(?:false|0|no)$/i },
  { program: /^(?:kubectl|helm|oc|argocd)$/, flag: /^--insecure-skip-tls-verify(?:=true)?$/ },
  { program: /^(?:mvn|mvnw|java)$/, flag: /^-Dmaven\.wagon\.http\.ssl\.(?:insecure|allowall)=true$/ },
  // Written into the settings of yum and dnf
  { program: /^(?:echo|printf|sed)$/, flag: /(?:^|[^\w.])sslverify\s*=\s*(?:0|false|no|off)\b/i },
  { program: /^composer$/, flag: /^true$/, among: /^disable-tls$/ },
  { program: /^(?:conda|mamba)$/, flag: /^false$/i, among: /^ssl_verify$/ },
  { program: /^az$/, flag: /^--disable-connection-verify$/ },
  { program: /^aws$/, flag: /^--no-verify-ssl$/ },
];

/** Flags of curl that take a value in the same word: a "k" behind them is none of its own. */
const curlValueFlag = /^-[a-zA-Z]*?[AbcCdDeEFhHKmoPQrtTuUwxXyYz]/;

/** The word by which a command stops verifying; none where all it talks to are `hosts`. */
export function insecureFlag({ program, words, prefix }: Command, hosts: readonly string[]): Insecure | undefined {
  const set = [...prefix, ...(program === "export" ? words.slice(1) : [])].find(({ value }) => {
    const [, name, given] = /^(\w+)=(.*)$/s.exec(value) ?? [];
    return name !== undefined && given !== undefined && insecureVariable(name, given);
  });
  if (set) return { word: set, program: undefined };
  for (const kind of kinds) {
    if (!kind.program.test(program)) continue;
    const word = words.slice(1).find(({ value }) => kind.flag.test(value) && !isValueFlag(program, value));
    const setting = kind.among && words.find(({ value }) => kind.among?.test(value));
    if (!word || (kind.among && !setting)) continue;
    return talksOnlyTo(words, hosts) ? undefined : { word: setting ?? word, program };
  }
  return undefined;
}

/** `-oklm` writes to a file "klm". */
function isValueFlag(program: string, flag: string): boolean {
  if (program !== "curl" || flag.startsWith("--")) return false;
  const end = curlValueFlag.exec(flag)?.[0].length;
  return end !== undefined && !flag.slice(0, end).includes("k");
}

function talksOnlyTo(words: readonly ShellWord[], hosts: readonly string[]): boolean {
  const named = words.flatMap(
    ({ value }) => /^(?:\w+:\/\/)(?:[^/@\s]*@)?(\[[^\]]*\]|[^/:?#\s]+)/.exec(value)?.[1] ?? [],
  );
  return named.length > 0 && named.every((host) => hosts.includes(host.replace(/^\[|\]$/g, "")));
}

const off = /^(?:0|false|no|off)$/i;
const on = /^(?:1|true|yes|on)$/i;

/** Variables that turn verification off, with the values that do. */
const variables: readonly (readonly [name: string, value: RegExp])[] = [
  ["NODE_TLS_REJECT_UNAUTHORIZED", /^0$/],
  ["PYTHONHTTPSVERIFY", /^0$/],
  ["GIT_SSL_NO_VERIFY", on],
  ["NPM_CONFIG_STRICT_SSL", off],
  ["YARN_ENABLE_STRICT_SSL", off],
  ["PIP_TRUSTED_HOST", /\S/],
  ["UV_INSECURE_HOST", /\S/],
  ["CONDA_SSL_VERIFY", off],
  ["HELM_KUBEINSECURE_SKIP_TLS_VERIFY", on],
];

export const insecureVariable = (name: string, value: string): boolean =>
  variables.some(([known, means]) => known === name.toUpperCase() && means.test(value.trim()));
