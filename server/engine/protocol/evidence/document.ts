// Evidence in documents: one exists, or a section of it says more than a placeholder, or all of its boxes are ticked.

import type { Evidence } from "../model.js";
import { sameTitle } from "../words.js";
import { type Evaluator, found, missing, notFound, unknown } from "./result.js";

type Document = Extract<Evidence, { readonly kind: "document" }>;

export const document: Evaluator<Document> = (evidence, { outputs, aliases, complete }) => {
  const { file, section, ticked = false } = evidence;
  const output = outputs.get(file);
  if (!output) return notFound(evidence, `no ${file}`, complete() ? [] : ["not every file has been read yet"]);
  const { path, sections, partial } = output;
  if (section === undefined) return found(evidence, file, [{ path, line: 0, what: file }]);
  const named = sections.filter(({ title }) => sameTitle(title, [section, ...aliases(file, section)]));
  const places = named.map(({ line, title }) => ({ path, line, what: title }));
  const [boxed] = named.filter(({ boxes }) => boxes);
  if (ticked && boxed?.boxes) {
    const { done, total } = boxed.boxes;
    const text = `${done} of ${total} boxes ticked in section "${section}" of ${file}`;
    const place = [{ path, line: boxed.line, what: boxed.title }];
    return done === total ? found(evidence, text, place) : missing(evidence, text, place);
  }
  const [filled] = ticked ? [] : named.filter((one) => one.filled);
  if (filled)
    return found(evidence, `section "${section}" of ${file}`, [{ path, line: filled.line, what: filled.title }]);
  if (partial)
    return unknown(evidence, `no section "${section}" is seen in ${file}, but it was not read whole`, places);
  return named.length > 0
    ? missing(evidence, `section "${section}" of ${file} ${ticked ? "has no boxes" : "says nothing yet"}`, places)
    : missing(evidence, `no section "${section}" in ${file}`);
};
