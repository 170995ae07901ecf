// A file in JSON -> model.

import type { Problem } from "../source.js";
import { fileOf } from "./file.js";
import { commentsIn, contentOfJson } from "./from-json.js";
import { readJsonText } from "./json.js";
import { deepestBrackets, nothing } from "./lexical.js";
import type { Expression, TerraformFile } from "./model.js";

/** Reads the text of a file whose name ends in ".json"; `readTemplate` reads what stands in strings with interpolations. */
export function fileOfJson(path: string, text: string, readTemplate: (template: string) => Expression): TerraformFile {
  const { node, fault } = readJsonText(text, deepestBrackets);
  if (fault?.deep) return fileOf(path, text, nothing, [], `nested deeper than ${deepestBrackets} levels`);
  // An empty file is one that somebody has just made.
  const problems: readonly Problem[] = fault && text.trim() !== "" ? [fault] : [];
  const { kind } = fileOf(path, text, nothing, []);
  const content = contentOfJson({ text, readTemplate }, kind, node);
  return fileOf(path, text, { comments: commentsIn(text, node), problems, depth: 0 }, [content]);
}
