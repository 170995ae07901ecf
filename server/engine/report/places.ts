// Places in files, in few words.

export interface ReportPlace {
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly what: string;
}

/** How many places are named before the others are only counted. */
const named = 3;

/** "infra/network.tf:12 aws_vpc.main, … and 4 more"; empty for none. */
export function placesText(places: readonly ReportPlace[]): string {
  const first = places.slice(0, named).map(placeText);
  const more = places.length - first.length;
  return more > 0 ? `${first.join(", ")} and ${more} more` : first.join(", ");
}

export const placeText = ({ path, line, what }: ReportPlace): string =>
  what === "" ? `${path}:${line + 1}` : `${path}:${line + 1} ${what}`;
