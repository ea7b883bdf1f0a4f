import { Effect } from "effect"
import { BoundedMap } from "../../../src/domain/BoundedMap.js"
import type { DatabaseCorrupt } from "../../../src/errors/Database.js"

/** Maximum number of remembered rows: those of ten pages of a list. */
const capacity = 200

/** Maximum length of a column of a remembered row, in characters: a note. Longer ones would fill the memory. */
const maxLength = 8_192

type Row = Readonly<Record<string, unknown>>

const isRow = (row: unknown): row is Row & { readonly id: number } =>
  typeof row === "object" && row !== null && "id" in row && typeof row.id === "number"

const isShort = (row: Row): boolean =>
  Object.values(row).every((value) => typeof value !== "string" || value.length <= maxLength)

/** Compares every column, because a row with the same id may have changed. */
const isSame = (one: Row, other: Row): boolean => {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

/**
 * Decodes rows that have an `id`, and returns the same object as last time for a row whose columns have not changed.
 * Lists show the same posts repeatedly, and pages cache their views by object.
 */
export const rememberingKnown = <A>(
  decode: (rows: ReadonlyArray<unknown>) => Effect.Effect<ReadonlyArray<A>, DatabaseCorrupt>
): ((rows: ReadonlyArray<unknown>) => Effect.Effect<ReadonlyArray<A>, DatabaseCorrupt>) => {
  const known = new BoundedMap<number, { readonly row: Row; readonly value: A }>(capacity)

  const valueOf = (row: unknown): A | undefined => {
    const found = isRow(row) ? known.get(row.id) : undefined
    return found !== undefined && isSame(found.row, row as Row) ? found.value : undefined
  }

  return (rows) => {
    const values = rows.map(valueOf)
    const missing = rows.filter((_, place) => values[place] === undefined)
    if (missing.length === 0) return Effect.succeed(values as ReadonlyArray<A>)
    return Effect.map(decode(missing), (decoded) => {
      missing.forEach((row, place) => {
        const value = decoded[place]
        if (value !== undefined && isRow(row) && isShort(row)) known.set(row.id, { row, value })
      })
      let next = 0
      return values.map((value) => value ?? decoded[next++]) as ReadonlyArray<A>
    })
  }
}
