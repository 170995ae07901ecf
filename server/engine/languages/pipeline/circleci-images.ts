// Images of a CircleCI configuration: the first of a `docker` list runs the job, the others stand beside it.

import { entriesAt, itemsAt, nodeAt, scalarAt, type YamlNode, type YamlScalar } from "../yaml/model.js";
import { contentSpan } from "./matrix.js";
import type { ImageUse, Text } from "./model.js";

/** Every image that the file names in jobs and executors, those of inline orbs included. */
export function circleImages(root: YamlNode | undefined): readonly ImageUse[] {
  const owners = [root, ...entriesAt(root, "orbs").map(({ value }) => value)];
  return owners.flatMap((owner) =>
    ["executors", "jobs"].flatMap((kind) =>
      entriesAt(owner, kind).flatMap(({ key, value }) => imagesOf(root, kind, key.text, value)),
    ),
  );
}

const imagesOf = (root: YamlNode | undefined, kind: string, id: string, owner: YamlNode): readonly ImageUse[] =>
  itemsAt(owner, "docker").flatMap((item, i) => {
    const image = scalarAt(item, "image");
    return image
      ? expand(image, i === 0 ? "job" : "service", (name) => (kind === "jobs" ? valuesOf(root, id, owner, name) : []))
      : [];
  });

/** Values that workflows give a parameter of a job, and its default where one of them gives none. */
function valuesOf(root: YamlNode | undefined, id: string, job: YamlNode, name: string): readonly Text[] {
  const values: YamlScalar[] = [];
  let omitted = false;
  const uses = entriesAt(root, "workflows").flatMap(({ value }) => itemsAt(value, "jobs"));
  for (const use of uses) {
    if (use.type === "scalar" ? use.text !== id : entriesAt(use)[0]?.key.text !== id) continue;
    const own = nodeAt(use, id);
    const given = [...itemsAt(own, "matrix", "parameters", name), nodeAt(own, name)].flatMap((node) =>
      node?.type === "scalar" && node.style !== "missing" ? [node] : [],
    );
    values.push(...given);
    omitted ||= given.length === 0;
  }
  const standard = omitted ? scalarAt(job, "parameters", name, "default") : undefined;
  return [...values, ...(standard ? [standard] : [])]
    .filter(({ text }) => !text.includes("<<"))
    .map((value) => ({ text: value.text, span: contentSpan(value) }));
}

/** The image once for every value of the first parameter in it; others stay unknown. */
function expand(
  image: YamlScalar,
  kind: ImageUse["kind"],
  valuesHere: (name: string) => readonly Text[],
): readonly ImageUse[] {
  const written: ImageUse = { text: image.text, span: contentSpan(image), kind };
  const [place, name = ""] = /<<\s*parameters\.([\w-]+)\s*>>/.exec(image.text) ?? [];
  const values = place === undefined ? [] : valuesHere(name);
  if (place === undefined || values.length === 0) return [written];
  return values.map(({ text, span }) => ({ text: image.text.replace(place, () => text), span, kind, from: name }));
}
