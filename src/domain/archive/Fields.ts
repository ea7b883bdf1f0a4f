import { isObject } from "../posts/Microformats.js"

/** Normalizes a field name: `publishDate`, `publish_date` and `Publish-Date` are equal. */
const folded = (name: string): string => (/^[a-z]+$/.test(name) ? name : name.toLowerCase().replace(/[\s_-]+/g, ""))

/** A value and the original name of its field. */
export interface Field {
  readonly name: string
  readonly value: unknown
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== ""

/**
 * The fields of a file's front matter by normalized name. Fields in `extra` (Zola) and `params` (Hugo) come after those
 * at the top; inherited fields from folders or the configuration come last.
 */
export class Fields {
  readonly #fields = new Map<string, Field>()
  readonly #read = new Set<string>()
  #ignored: ReadonlySet<string> = new Set()
  readonly #ownCount: number

  constructor(
    own: { readonly [name: string]: unknown },
    inherited: ReadonlyArray<{ readonly [name: string]: unknown }> = []
  ) {
    this.#add(own, "")
    this.#ownCount = this.#fields.size
    for (const fields of inherited) this.#add(fields, "")
  }

  #add(fields: { readonly [name: string]: unknown }, prefix: string): void {
    for (const [name, value] of Object.entries(fields)) {
      const key = folded(name)
      if (!this.#fields.has(key)) this.#fields.set(key, { name: prefix + name, value })
    }
    if (prefix !== "") return
    for (const [name, value] of Object.entries(fields)) {
      if ((name === "extra" || name === "params") && isObject(value)) this.#add(value, `${name}.`)
    }
  }

  /** Whether the file itself has any fields. */
  get areGiven(): boolean {
    return this.#ownCount > 0
  }

  /** Returns the first of these fields that has a value. Names are lower case without separators. */
  first(...names: ReadonlyArray<string>): Field | undefined {
    for (const name of names) {
      const field = this.#fields.get(name)
      if (field === undefined) continue
      this.#read.add(name)
      if (isPresent(field.value)) return field
    }
    return undefined
  }

  /** Returns those of these fields that have a value, in the order of the file. */
  among(names: ReadonlyMap<string, unknown>): ReadonlyArray<readonly [key: string, field: Field]> {
    const found: Array<readonly [string, Field]> = []
    for (const [key, field] of this.#fields) {
      if (!names.has(key)) continue
      this.#read.add(key)
      if (isPresent(field.value)) found.push([key, field])
    }
    return found
  }

  /** Returns all of these fields that have a value. */
  all(...names: ReadonlyArray<string>): ReadonlyArray<Field> {
    return names.flatMap((name) => this.first(name) ?? [])
  }

  /** Sets the fields that are known although they have no effect. */
  ignore(names: ReadonlySet<string>): void {
    this.#ignored = names
  }

  /** Names of fields that were never read. */
  get unread(): ReadonlyArray<string> {
    return [...this.#fields].flatMap(([key, { name, value }]) =>
      this.#read.has(key) || this.#ignored.has(key) || !isPresent(value) ? [] : [name]
    )
  }
}

/** A text, a number or a boolean as text. */
export const textIn = (value: unknown): string | undefined => {
  if (typeof value === "string") return value.trim() === "" ? undefined : value
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined
}

/** A list, or a single value as a list of one. */
export const listIn = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [value])
