// Every resource that can be tagged is tagged: by itself or by its provider.

import { addressOf, attributeOf, type Block } from "../../languages/terraform/model.js";
import { written } from "../../languages/terraform/module.js";
import { overridden, overridesFor } from "../../languages/terraform/override.js";
import { type Tagging, taggingOf } from "../../languages/terraform/taggable.js";
import { at, option, type Place, type Resolved, resolved, rule, snippet } from "../../rule.js";
import { addTags, type Tags, tagsOf } from "./_tags.js";

export default rule({
  on: "terraform",
  title: "Tag all resources",
  why: "Tags say whose a resource is and what it is for. Without them nobody can split the bill, find the owner in an incident, or dare to delete what is left over. Default tags of the provider reach every resource at once.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, Infrastructure as Code Standards",
  alsoKnownAs: ["tflint aws_resource_missing_tags", "kics e38a8e0a"],
  options: {
    keys: option.strings([], 'Keys that every resource must have; while empty, any tag beside "Name" will do'),
    types: option.strings(
      [],
      'Further resource types, as "type", or as "type.argument" where the argument is not "tags" ("labels" for Google Cloud)',
    ),
    except: option.strings([], "Resource types that need no tags"),
  },

  *check(file, { keys, types, except }, workspace) {
    if (file.override) return;
    const overrides = overridesFor(file, workspace);
    for (const own of file.blocks) {
      const resource = overridden(own, overrides);
      const type = resource.labels[0]?.text ?? "";
      if (resource.type !== "resource" || except.includes(type)) continue;
      const tagging = taggingOf(type, types);
      if (!tagging) continue;
      const tags = tagsOf(file, resource, tagging, workspace);
      if (tags.own.open || tags.given.open) continue;
      const missing = missingKeys(keys, tags, tagging);
      if (missing === "none") continue;
      const wanted = keys.length > 0 ? missing : ["Environment", "Owner"];
      const spelt = wanted.map((key) => spelling(key, tagging));
      const origin = attributeOf(resource, tagging.attribute)?.origin;
      const edits = origin === undefined ? addTags(file, own, tagging, spelt) : undefined;
      const by = origin === undefined ? "" : ` (set in ${origin})`;
      const message = `"${addressOf(resource)}" ${lack(missing, tags, tagging)}${by}`;
      const fixes = edits ? [snippet(`Add ${tagging.attribute}`, ...edits)] : [];
      yield at(placeOf(resource, tagging), message, ...fixes, effective(tags, tagging));
    }
  },
});

/** The keys that are missing; an empty list where any key would do and there is none. */
function missingKeys(keys: readonly string[], { own, given }: Tags, tagging: Tagging): readonly string[] | "none" {
  const there = new Set([...own.keys, ...given.keys].map((key) => compared(key, tagging)));
  if (keys.length === 0) return [...there].some((key) => key.toLowerCase() !== "name") ? "none" : [];
  const missing = keys.filter((key) => !there.has(compared(key, tagging)));
  return missing.length > 0 ? missing : "none";
}

/**
 * A key as its cloud compares it: AWS by every letter, Azure without case; Google takes small letters, digits, "_" and "-"
 * alone, so that one word is spelt in several ways.
 */
function compared(key: string, { cloud }: Tagging): string {
  if (cloud === "google") return key.toLowerCase().replace(/[^a-z0-9]/g, "");
  return cloud === "azure" ? key.toLowerCase() : key;
}

const spelling = (key: string, { cloud }: Tagging): string =>
  cloud === "google"
    ? key
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .replace(/[^a-z0-9_-]/g, "_")
    : key;

function lack(missing: readonly string[], { own, given, provider }: Tags, tagging: Tagging): string {
  const { attribute, cloud, blocks } = tagging;
  const word = attribute.slice(0, -1);
  if (missing.length > 0) {
    const names = missing.map((key) => {
      const near = own.keys.find((other) => other.toLowerCase() === key.toLowerCase());
      return near === undefined ? `"${key}"` : `"${key}" (it has "${near}")`;
    });
    return `lacks the ${names.length > 1 ? attribute : word} ${names.join(", ")}`;
  }
  const said = own.keys.length + given.keys.length > 0 ? `no ${word} beside "Name"` : `no ${attribute}`;
  if (blocks !== undefined) return `has ${said}, and default tags do not reach this type`;
  const gives = cloud === "aws" || cloud === "google";
  return gives ? `has ${said}, and provider "${written(provider)}" adds none` : `has ${said}`;
}

/** All keys that the resource ends up with, and where they come from. */
function effective({ own, given, provider }: Tags, { attribute }: Tagging): Resolved {
  const list = (keys: readonly string[]): string => (keys.length > 0 ? keys.join(", ") : "none");
  const byDefault = provider.name === "" ? "" : `; from provider "${written(provider)}": ${list(given.keys)}`;
  return resolved(`own ${attribute}: ${list(own.keys)}${byDefault}`);
}

function placeOf(resource: Block, { attribute }: Tagging): Place {
  const own = attributeOf(resource, attribute);
  if (own) return own.nameSpan;
  const [first, last] = [resource.labels[0], resource.labels.at(-1)];
  return first && last ? { start: first.span.start, end: last.span.end } : resource.head;
}
