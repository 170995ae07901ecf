// Tables that are known by the columns in their header, in whatever order those stand.

import type { Table, TableCell, TableRow } from "../languages/markdown/model.js";
import { normalise } from "./words.js";

/** The position of each column; absent where the table lacks it. */
export type Columns<Name extends string> = { readonly [N in Name]?: number };

/** The first table with all needed columns; where it has the others as well, their positions are known too. */
export function firstWith<Name extends string>(
  tables: readonly Table[],
  headers: Readonly<Record<Name, string>>,
  needed: readonly NoInfer<Name>[],
): (Table & { readonly columns: Columns<Name> }) | undefined {
  for (const table of tables) {
    const titles = table.header.cells.map(({ text }) => normalise(text));
    const columns: { [N in Name]?: number } = {};
    for (const name of Object.keys(headers) as Name[]) {
      const position = titles.indexOf(normalise(headers[name]));
      if (position >= 0) columns[name] = position;
    }
    if (needed.every((name) => columns[name] !== undefined)) return { ...table, columns };
  }
  return undefined;
}

/** The cell of a row in a column; undefined where the table lacks the column or the row ends before it. */
export const cellAt = (row: TableRow, column: number | undefined): TableCell | undefined =>
  column === undefined ? undefined : row.cells[column];
