// Tables that are known by the columns in their header, in whatever order those stand.

import { plainText, type Table, type TableCell, type TableRow } from "../languages/markdown/model.js";
import { createWordReader } from "./words.js";

/** The position of each column; absent where the table lacks it. */
export type Columns<Name extends string> = { readonly [N in Name]?: number };

/** The first table with all needed columns; where it has the others as well, their positions are known too. */
export function firstWith<Name extends string>(
  tables: readonly Table[],
  headers: Readonly<Record<Name, string>>,
  needed: readonly NoInfer<Name>[],
): (Table & { readonly columns: Columns<Name> }) | undefined {
  const names = Object.keys(headers) as Name[];
  const nameOf = createWordReader(names.map((value) => ({ word: plainText(headers[value]), value })));
  for (const table of tables) {
    const columns: { [N in Name]?: number } = {};
    table.header.cells.forEach(({ text }, position) => {
      const name = nameOf(text);
      if (name !== undefined) columns[name] ??= position;
    });
    if (needed.every((name) => columns[name] !== undefined)) return { ...table, columns };
  }
  return undefined;
}

/** The cell of a row in a column; undefined where the table lacks the column or the row ends before it. */
export const cellAt = (row: TableRow, column: number | undefined): TableCell | undefined =>
  column === undefined ? undefined : row.cells[column];
