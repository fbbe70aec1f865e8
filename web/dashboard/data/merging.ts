/** How two people's edits of one thing come together. */

export interface Merged<Draft> {
  draft: Draft;
  /** Fields both sides changed to something else; the draft holds ours. */
  conflicts: (keyof Draft)[];
}

export type Same<Draft> = (a: Draft, b: Draft, field: keyof Draft) => boolean;

/** The fields that are not the same in both. */
export function changedIn<Draft extends object>(
  before: Draft,
  after: Draft,
  same: Same<Draft>,
): (keyof Draft)[] {
  const fields = Object.keys(before) as (keyof Draft)[];
  return fields.filter((field) => !same(before, after, field));
}

/** Bring what somebody else stored into a draft that started from `base`. */
export function mergedWith<Draft extends object>(
  base: Draft,
  ours: Draft,
  theirs: Draft,
  same: Same<Draft>,
): Merged<Draft> {
  const mine = changedIn(base, ours, same);
  const draft = { ...theirs, ...only(ours, mine) };
  const conflicts = mine.filter(
    (field) => !same(base, theirs, field) && !same(ours, theirs, field),
  );
  return { draft, conflicts };
}

/** Some fields of a draft. */
export function only<Draft>(draft: Draft, fields: readonly (keyof Draft)[]): Partial<Draft> {
  return Object.fromEntries(fields.map((field) => [field, draft[field]])) as Partial<Draft>;
}
