// Images of an Azure pipeline: container resources, containers of jobs, and the values that a matrix gives them.

import { entriesAt, nodeAt, scalarAt, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { entriesIn, itemsIn } from "./azure-steps.js";
import { contentSpan } from "./matrix.js";
import type { ImageUse, Text } from "./model.js";

/** Every image that the file names. A job that names a container resource brings no image of its own. */
export function azureImages(root: YamlNode | undefined): readonly ImageUse[] {
  const containers = itemsIn(nodeAt(root, "resources", "containers"));
  const aliases = new Set(containers.flatMap((item) => scalarAt(item, "container")?.text ?? []));
  const jobs = [root, ...jobsIn(root)];
  const services = new Set(
    jobs.flatMap((job) =>
      entriesAt(job, "services").flatMap(({ value }) => (value.type === "scalar" ? value.text : [])),
    ),
  );
  const declared = containers.flatMap((item): readonly ImageUse[] => {
    const image = scalarAt(item, "image");
    const kind = services.has(scalarAt(item, "container")?.text ?? "") ? "service" : "job";
    // The registry of a service connection stands nowhere in the text.
    return image ? [{ text: image.text, span: contentSpan(image), kind }] : [];
  });
  return [...declared, ...jobs.flatMap((job) => imagesOfJob(job, aliases))];
}

/** Every job, whatever the stages and expressions round it. */
function jobsIn(root: YamlNode | undefined): readonly YamlNode[] {
  const lists = [root, ...itemsIn(nodeAt(root, "stages"))].map((node) => nodeAt(node, "jobs"));
  return lists.flatMap((list) => itemsIn(list));
}

function imagesOfJob(job: YamlNode | undefined, aliases: ReadonlySet<string>): readonly ImageUse[] {
  const container = entriesIn(job).find(({ key }) => key.text === "container")?.value;
  const image =
    container?.type === "scalar" && container.style !== "missing" ? container : scalarAt(container, "image");
  if (!image || aliases.has(image.text)) return [];
  return expand(image, entriesAt(job, "strategy", "matrix"), aliases);
}

/** `$(name)` and `$[ variables['name'] ]` once for every value that the matrix has for it. */
function expand(image: YamlScalar, matrix: readonly YamlEntry[], aliases: ReadonlySet<string>): readonly ImageUse[] {
  const written: ImageUse = { text: image.text, span: contentSpan(image), kind: "job" };
  const place = /\$\(\s*([\w.]+)\s*\)|\$\[\s*variables(?:\['([\w.]+)'\]|\.(\w+))\s*\]/.exec(image.text);
  const name = place?.[1] ?? place?.[2] ?? place?.[3];
  if (!place || name === undefined) return [written];
  const values = matrix.flatMap(({ value }): readonly Text[] => {
    const one = entriesAt(value).find(({ key }) => key.text === name)?.value;
    return one?.type === "scalar" && !one.text.includes("$") && one.text !== ""
      ? [{ text: one.text, span: contentSpan(one) }]
      : [];
  });
  if (values.length === 0) return [written];
  return values
    .map(
      (value): ImageUse => ({
        text: image.text.replace(place[0], () => value.text),
        span: value.span,
        kind: "job",
        from: name,
      }),
    )
    .filter(({ text }) => !aliases.has(text));
}
