// What Secrets and ConfigMaps hold: their entries, with base64 taken off, and whether they are encrypted or filled in by
// somebody else. Source: Kubernetes API reference, Secret v1 and ConfigMap v1.

import type { Span } from "../../text.js";
import { entryOf } from "../yaml/model.js";
import { look, type Tree, textOf } from "./look.js";
import type { KubernetesObject } from "./model.js";
import { placeholder } from "./template.js";

export interface DataEntry {
  readonly key: string;
  /** Without base64; undefined for bytes that are no text. */
  readonly value: string | undefined;
  /** Where the value is written as base64. */
  readonly encoded: boolean;
  /** The value, or its key where the value has lines of its own. */
  readonly place: Span;
  /** The value as it is written. */
  readonly span: Span;
}

/** Whether an object is a Secret of Kubernetes itself; other systems have kinds of the same name. */
export const isSecret = ({ apiVersion, kind }: KubernetesObject): boolean => apiVersion === "v1" && kind === "Secret";

export const isConfigMap = ({ apiVersion, kind }: KubernetesObject): boolean =>
  apiVersion === "v1" && kind === "ConfigMap";

/** Whether SOPS has encrypted an object: it leaves its own key beside the object's. */
export const isEncrypted = ({ tree }: KubernetesObject): boolean => entryOf(tree.node, "sops") !== undefined;

/** Whether the cluster itself fills a Secret in (`kubernetes.io/service-account-token`), so that its text holds nothing. */
export function isFilledByCluster({ tree }: KubernetesObject): boolean {
  const type = textOf(look(tree, "type"));
  return type.state === "set" && type.value === "kubernetes.io/service-account-token";
}

/** The entries of a Secret or a ConfigMap that stand in the text; what a template writes is left out. */
export const dataOf = ({ kind, tree }: KubernetesObject): readonly DataEntry[] =>
  kind === "Secret" ? [...entriesIn(tree, "data", true), ...entriesIn(tree, "stringData")] : entriesIn(tree, "data");

function entriesIn(tree: Tree, field: string, encoded = false): readonly DataEntry[] {
  const found = look(tree, field);
  if (typeof found === "string" || found.node.type !== "map") return [];
  return found.node.entries.flatMap(({ key, value, merged }) => {
    const text = merged || key.text.includes(placeholder) ? undefined : textOf(look(found, key.text));
    if (text?.state !== "set" || value.type !== "scalar") return [];
    const decoded = encoded ? decodeBase64(text.value) : undefined;
    const isEncoded = decoded !== undefined;
    const place = value.style === "block" ? key.span : text.span;
    const plain = isEncoded ? textOfBytes(decoded) : text.value;
    return [{ key: key.text, value: plain, encoded: isEncoded, place, span: text.span }];
  });
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The bytes of a base64 text (RFC 4648, section 4; lines may be broken).
 * @returns undefined where the text is none: the API server refuses it, so it is a plain value or a mark to be filled in
 */
export function decodeBase64(text: string): readonly number[] | undefined {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  const bytes: number[] = [];
  let [bits, width] = [0, 0];
  for (const digit of digits.replace(/=+$/, "")) {
    bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xffff;
    width += 6;
    if (width < 8) continue;
    width -= 8;
    bytes.push((bits >> width) & 0xff);
  }
  return bytes;
}

/** Bytes as UTF-8 text; undefined where they are none, or hold control characters that no text has. */
export function textOfBytes(bytes: readonly number[]): string | undefined {
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127)) return undefined;
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  } catch {
    return undefined;
  }
}
