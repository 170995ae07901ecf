// What counts as a secret's name and as a secret's value, and what only looks like one.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the files that are judged

import { describe, expect, it } from "vitest";
import { secretWordIn, secretWords, wordsOf } from "../../server/engine/secret-names.js";
import {
  isDefaultCredential,
  isHarmlessValue,
  isKeptElsewhere,
  isNameLike,
  isPlaceholder,
  secretValuesIn,
} from "../../server/engine/secrets.js";

it("splits names into words", () => {
  expect(wordsOf("dbPassword")).toEqual(["db", "password"]);
  expect(wordsOf("AWS_SECRET-access.KEY")).toEqual(["aws", "secret", "access", "key"]);
  expect(wordsOf("myHTTPToken2")).toEqual(["my", "http", "token2"]);
  expect(wordsOf("__")).toEqual([]);
});

describe("names of secrets", () => {
  it.each([
    ["DB_PASSWORD", "password"],
    ["dbPassword", "password"],
    ["PGPASSWORD", "password"],
    ["DB_PASSWORD2", "password"],
    ["API_KEY", "api key"],
    ["APIKEY", "api key"],
    ["stripeApiKey", "api key"],
    ["AWS_SECRET_ACCESS_KEY", "access key"],
    ["GITHUB_TOKEN", "token"],
    ["githubtoken", "token"],
    ["RABBITMQ_DEFAULT_PASS", "pass"],
    ["MYSQL_PWD", "pwd"],
    ["NPM_AUTH", "auth"],
    ["DEPLOY_KEY", "key"],
    ["FILE_ENCRYPTION_KEY", "encryption key"],
    ["ID_TOKEN", "token"],
  ])("%s by %s", (name, word) => expect(secretWordIn(name)).toBe(word));

  it.each([
    ["PUBLIC_KEY"],
    ["DB_PASSWORD_FILE"],
    ["SECRETS_DIR"],
    ["DB_SECRET_NAME"],
    ["TLS_SECRET_KEY_PATH"],
    ["AWS_ACCESS_KEY_ID"],
    ["TOKEN_URL"],
    ["TOKEN_EXPIRE_SECONDS"],
    ["SECRET_LOCATION"],
    ["TOKEN_OWNER"],
    ["KEY_SIZE"],
    ["KEY_VERSION"],
    ["SECRET_VERSION"],
    ["ALLOW_EMPTY_PASSWORD"],
    ["passwordPattern"],
    ["admin.passwordMtime"],
    ["resource.includeEventLabelKeys"],
    ["MAX_TOKENS"],
    ["TOKENIZERS_PARALLELISM"],
    ["GPG_KEY"],
    ["CACHE_KEY"],
    ["BYPASS"],
    ["COMPASS"],
    ["PWD"],
    ["KEY"],
    ["AUTHOR"],
    ["AUTH_TYPE"],
    ["KEYBOARD_LAYOUT"],
    ["DOCKER_EMAIL"],
    ["TRAVIS_OS_NAME"],
    ["PATH"],
    ["Filters__0__Key"],
    [""],
  ])("%s is none", (name) => expect(secretWordIn(name)).toBeUndefined());

  it("takes other lists", () => {
    const lists = { ...secretWords, secret: ["kennwort", ""], secretLast: ["pin"] };
    expect(secretWordIn("DB_KENNWORT", lists)).toBe("kennwort");
    expect(secretWordIn("PIN", lists)).toBe("pin");
    expect(secretWordIn("DB_PASSWORD", lists)).toBeUndefined();
    expect(
      secretWordIn("DB_PASSWORD", { secret: [], secretLast: [], harmless: [], harmlessBehind: [] }),
    ).toBeUndefined();
  });
});

describe("values", () => {
  it.each([
    "",
    "  ",
    "true",
    "No",
    "/run/secrets/db",
    "resetPassword.sh",
    "./key.pem",
    "~/.ssh/id",
    "C:\\keys\\a",
    "https://vault.example",
  ])("%j shows that no secret is meant", (value) => expect(isHarmlessValue(value)).toBe(true));
  it.each(["hunter2", "123456", "/+aGVsbG8=", "https://user:pa55w0rd@host/"])("%j may be one", (value) =>
    expect(isHarmlessValue(value)).toBe(false),
  );
  it.each([
    "<token>",
    "${TOKEN}",
    "$TOKEN",
    "{{ token }}",
    "xxx",
    "***",
    "example",
    "your-key-here",
    "__TOKEN__",
    "dummy",
  ])("%j is a placeholder", (value) => expect(isPlaceholder(value)).toBe(true));
  it.each(["changeme", "hunter2", "exampled", "x", "yourself"])("%j is none", (value) =>
    expect(isPlaceholder(value)).toBe(false),
  );
  it.each([
    "vault:secret/data/db#password",
    "arn:aws:secretsmanager:eu-west-1:1:secret:db",
    "op://team/db/password",
    "ref+vault://db/password",
    "ENC[AES256_GCM,data:p7f=,iv:x,tag:y,type:str]",
    "-----BEGIN PGP MESSAGE-----\n\nhQEM",
    "$(USER):$(PASSWORD)",
    "bot-${TOKEN}",
    "prod/db/password",
    "/shop/api-token",
    "asm:prod/db",
    "$sso-client:clientSecret",
  ])("%j is kept elsewhere", (value) => expect(isKeptElsewhere(value)).toBe(true));
  it.each(["hunter2", "vault", "secret", "a:b", "wJalrXUt/K7MDENG", "$2y$10$abc", "pa$$word"])("%j is not", (value) =>
    expect(isKeptElsewhere(value)).toBe(false),
  );
  it.each([
    "db-credentials",
    "API_TOKEN",
    "required",
    "CustomerSecret",
    "OAuth2",
    "web1-key2",
    "3",
    "v1.2.0",
    "ada@example.org",
  ])("%j is like a name", (value) => expect(isNameLike(value)).toBe(true));
  it.each(["S3cr3t!", "4f8a91c2", "abc123def", "x7-Gh29-kk", "p@ss"])("%j is not like one", (value) =>
    expect(isNameLike(value)).toBe(false),
  );
  it("knows default credentials", () => {
    expect(isDefaultCredential("ChangeMe")).toBe(true);
    expect(isDefaultCredential("hunter2")).toBe(false);
    expect(isDefaultCredential("Hunter2", ["hunter2"])).toBe(true);
  });
});

describe("secrets by their shape", () => {
  // Put together here so that no scanner takes this file for a leak.
  const of = (...pieces: readonly string[]): string => pieces.join("");
  const hex = "8f4b7a1c93e05d26b8f7a4c1093e5d62";
  it.each([
    [of("AKIA", "Z7VRSQ2KTNJPLEWB"), "AWS access key"],
    [of("ghp_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"), "GitHub token"],
    [of("glpat-", "aB3dE6gH9jK2mN5pQ8sT"), "GitLab token"],
    [of("xoxb-", "2345678901-aBcDeFgHiJ"), "Slack token"],
    [of("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiJhYmMifQ", ".c2lnbmF0dXJl"), "JSON Web Token"],
    [of("-----BEGIN RSA ", "PRIVATE KEY-----"), "private key"],
    [of("-----BEGIN ", "PRIVATE KEY-----"), "private key"],
    [of("xapp-1-", "A0B1C2D3E4F5-6071829304-aBcDeF"), "Slack token"],
    [of("SK", hex), "Twilio key"],
    [of("dapi", hex), "Databricks token"],
    [of("shpat_", hex), "Shopify token"],
    [of("glsa_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF_", hex.slice(0, 8)), "Grafana token"],
    [of(hex, "-us12"), "Mailchimp key"],
    [of("NRAK-", "7B2QK9XW4TZ6NM1PV8RC5HD3JFA"), "New Relic key"],
    [of("AKCp", hex, hex, "aB3dE"), "Artifactory token"],
    [of("sq0csp-", "aB3dE6gH9jK2mN5pQ8sT1vW"), "Square token"],
    [of("https://discord.com/api/webhooks/", "824193746281946372/", hex, hex), "Discord webhook"],
    [of("rubygems_", hex, hex.slice(0, 16)), "RubyGems key"],
    [of("ATATT3", "xFfGF0", hex, hex.slice(0, 16), "=1A2B"), "Atlassian token"],
    [of("CCIPAT_", "aB3dE6gH9jK2mN5pQ8sT1v", "_", hex, hex.slice(0, 8)), "CircleCI token"],
    [of("lin_api_", hex, hex.slice(0, 8)), "Linear key"],
    [of("PMAK-", hex.slice(0, 24), "-", hex, "a1"), "Postman key"],
    [of("pul-", hex, hex.slice(0, 8)), "Pulumi token"],
    [of("dp.pt.", hex, hex.slice(0, 11)), "Doppler token"],
    [of("sntrys_", hex, hex), "Sentry token"],
    [of('"auth": "', "cm9ib3Q6V2ludDNyU3Rvcm0="), "registry login"],
    [of("AGE-SECRET-", "KEY-1", hex.toUpperCase(), hex.toUpperCase().slice(0, 26)), "age key"],
  ])("%s", (text, what) =>
    expect(secretValuesIn(`a=${text}`)).toEqual([{ what, span: { start: 2, end: 2 + text.length } }]),
  );

  it("finds the password in a URL, and all in order", () => {
    const text = "git clone https://bot:s3cr3t!@host/x && curl postgres://u:p4ss@db";
    expect(secretValuesIn(text).map(({ span }) => text.slice(span.start, span.end))).toEqual(["s3cr3t!", "p4ss"]);
  });

  it.each([
    ["AKIAIOSFODNN7EXAMPLE"],
    ["ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
    ["https://user@host/"],
    ["https://$USER:$TOKEN@host/"],
    ["https://user:password@host/"],
    ["https://user:<password>@host/"],
    ["http://[::1]:80/a@b"],
    ["-----BEGIN PUBLIC KEY-----"],
    ["SHAKIAZ7VRSQ2KTNJPLEWB"],
  ])("%s is none", (text) => expect(secretValuesIn(text)).toEqual([]));

  // What takes more than linear time does not come to its end before the runner's limit.
  it("survives hostile texts", () => {
    const pieces = [
      "eyJ-",
      "://a:",
      "AKIA",
      "-----BEGIN ",
      "sk-",
      "ghp_",
      "SG.",
      "a1",
      "SK",
      "dapi",
      ";pwd=",
      "server=",
    ];
    for (const piece of pieces) expect(secretValuesIn(piece.repeat(200_000)), piece).toEqual([]);
  });

  it("takes no password of a database on the machine itself for one", () => {
    const found = (server: string) => secretValuesIn(`x: "Server=${server};User Id=sa;Password=heron-44-lake"`).length;
    expect(["localhost", "127.0.0.1,1433", "(localdb)\\v11", "."].map(found)).toEqual([0, 0, 0, 0]);
    expect(["db.example.com", "localhost.example.com"].map(found)).toEqual([1, 1]);
  });
});
