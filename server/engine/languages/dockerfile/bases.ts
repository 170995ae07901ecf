// Which published images start as another user than root: a table, for nothing in a Dockerfile says so.

import { type ImageReference, matchesImage, repositoryOf } from "../../image.js";

/**
 * Images whose own configuration names a user other than root. Patterns as in `matchesImage`. Source: the USER of each
 * image's published Dockerfile, or its publisher's documentation; an image that starts as root and steps down in its
 * entrypoint is not listed.
 */
export const nonRootImages: readonly string[] = [
  // Built to run without root
  "gcr.io/distroless/*:*nonroot*",
  "cgr.dev/*",
  "dhi.io/*",
  "*/nginx-unprivileged",
  "ghcr.io/*/nginx-unprivileged",
  "public.ecr.aws/*/nginx-unprivileged",
  "quay.io/*/nginx-unprivileged",
  "docker:*rootless*",
  "moby/buildkit:*rootless*",
  "bitnami/*",
  "bitnamilegacy/*",
  "bitnamisecure/*",
  "public.ecr.aws/bitnami/*",
  // .NET: the small variants name the user "app" (mcr.microsoft.com/dotnet, "chiseled" and "distroless")
  "mcr.microsoft.com/dotnet/*:*chiseled*",
  "mcr.microsoft.com/dotnet/*:*distroless*",
  "mcr.microsoft.com/dotnet/*:*nanoserver*",
  "mcr.microsoft.com/powershell:*nanoserver*",
  "mcr.microsoft.com/windows/nanoserver",
  // Red Hat's language images run as 1001 or 185; plain ubi, ubi-minimal and ubi-micro as root
  ...[
    "nodejs-*",
    "python-*",
    "openjdk-*",
    "php-*",
    "ruby-*",
    "perl-*",
    "nginx-*",
    "httpd-*",
    "go-toolset*",
    "dotnet-*",
  ].flatMap((name) => [`registry.access.redhat.com/ubi*/${name}`, `registry.redhat.io/ubi*/${name}`]),
  // Docker official images
  ...["adminer", "elasticsearch", "fluentd", "groovy", "haproxy", "jenkins", "kibana", "kong", "logstash", "memcached"],
  ...["open-liberty", "solr", "spark", "varnish", "websphere-liberty"],
  // Publishers
  "apache/airflow",
  "apache/kafka",
  "apache/nifi",
  "apache/spark",
  "apache/superset",
  "cimg/*",
  "confluentinc/cp-*",
  "docker.elastic.co/*",
  "dpage/pgadmin4",
  "fluent/fluentd",
  "ghcr.io/puppeteer/puppeteer",
  "grafana/*",
  "icr.io/appcafe/*",
  "jboss/*",
  "jenkins/*",
  "jupyter/*",
  "quay.io/jupyter/*",
  "mcr.microsoft.com/devcontainers/universal",
  "mcr.microsoft.com/vscode/devcontainers/universal",
  "payara/*",
  "prom/*",
  "quay.io/keycloak/*",
  "quay.io/prometheus/*",
  "quay.io/wildfly/*",
  "selenium/*",
  "sonatype/nexus3",
  "sonarsource/sonar-scanner-cli",
  "zenika/alpine-chrome",
];

/** Variants of the images above that start as root after all. Source: as above. */
const rootVariants: readonly string[] = [
  "cgr.dev/*/wolfi-base",
  "dhi.io/*:*-dev",
  "dhi.io/*:*-sdk",
  "cgr.dev/*/chainguard-base",
];

/** Images outside the official ones that are known to start as root. Source: as above. */
const rootImages: readonly string[] = [
  // The official images by architecture
  ...["amd64", "arm32v5", "arm32v6", "arm32v7", "arm64v8", "i386", "ppc64le", "riscv64", "s390x"].flatMap((name) => [
    `${name}/alpine`,
    `${name}/buildpack-deps`,
    `${name}/debian`,
    `${name}/golang`,
    `${name}/node`,
    `${name}/python`,
    `${name}/ubuntu`,
  ]),
  "container-registry.oracle.com/os/oraclelinux",
  "ghcr.io/oracle/oraclelinux",
  "mcr.microsoft.com/dotnet/*",
  "mcr.microsoft.com/windows",
  "mcr.microsoft.com/windows/server",
  "mcr.microsoft.com/windows/servercore",
  "public.ecr.aws/docker/library/*",
  "public.ecr.aws/lambda/*",
  "gcr.io/distroless/*",
  "registry.access.redhat.com/ubi*/ubi*",
];

/** Users that an image brings, for a suggestion. Source: as above. */
const providedUsers: readonly (readonly [image: string, user: string])[] = [
  ["node", "node"],
  ["nginx", "nginx"],
  ["httpd", "www-data"],
  ["php", "www-data"],
  ["gcr.io/distroless/*", "nonroot"],
  ["mcr.microsoft.com/dotnet/*", "$APP_UID"],
  ["mcr.microsoft.com/windows/*", "ContainerUser"],
];

/** Who an image starts as when no USER is set. "unlisted": it is in no table. */
export type Start = "root" | "non-root" | "unlisted" | "unknown";

/**
 * What the tables say of an image; `more` adds patterns of images that start as another user. "unknown" where a variable
 * or a digest hides what the tables ask for.
 */
export function startOf(image: ImageReference, more: readonly string[] = []): Start {
  const name = repositoryOf(image);
  if (name === undefined) return "unknown";
  if (more.some((pattern) => matchesImage(image, pattern))) return "non-root";
  if (nonRootImages.some((pattern) => matchesImage(image, pattern)))
    return rootVariants.some((pattern) => matchesImage(image, pattern)) ? "root" : "non-root";
  const hidden = image.tag ? !image.tag.known : image.digest !== undefined;
  if (hidden && nonRootImages.some((pattern) => matchesImage(image, pattern.replace(/:[^:/]*$/, "")))) return "unknown";
  // Docker's official images have public, reviewed sources, and the tables were made over all of them.
  return name.startsWith("docker.io/library/") || rootImages.some((pattern) => matchesImage(image, pattern))
    ? "root"
    : "unlisted";
}

/** A user that the image brings along, or a number that no other user has. */
export const suggestedUser = (image: ImageReference | undefined): string =>
  providedUsers.find(([pattern]) => image && matchesImage(image, pattern))?.[1] ?? "10001";
