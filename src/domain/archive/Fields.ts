import { isObject } from "../posts/Microformats.js"

/** A name in the form in which names are compared: `publishDate`, `publish_date` and `Publish-Date` are one. */
const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "")

/** A value, and the name under which it was given. */
export interface Field {
  readonly name: string
  readonly value: unknown
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== ""

/**
 * The fields of a file's front matter by their names, whatever their case and however their words are joined. What stands
 * in `extra` (Zola) and `params` (Hugo) counts as well, after what stands at the top; fields that a folder or the
 * configuration gives come last.
 */
export class Fields {
  readonly #fields = new Map<string, Field>()
  readonly #read = new Set<string>()
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

  /** Whether the file itself gives any. */
  get areGiven(): boolean {
    return this.#ownCount > 0
  }

  /** The first of these that says something. Names are given in small letters without anything between their words. */
  first(...names: ReadonlyArray<string>): Field | undefined {
    for (const name of names) {
      const field = this.#fields.get(name)
      if (field === undefined) continue
      this.#read.add(name)
      if (isPresent(field.value)) return field
    }
    return undefined
  }

  /** Those that say something and are among these names, in the order of the file. */
  among(names: ReadonlyMap<string, unknown>): ReadonlyArray<readonly [key: string, field: Field]> {
    const found: Array<readonly [string, Field]> = []
    for (const [key, field] of this.#fields) {
      if (!names.has(key)) continue
      this.#read.add(key)
      if (isPresent(field.value)) found.push([key, field])
    }
    return found
  }

  /** All of these that say something. */
  all(...names: ReadonlyArray<string>): ReadonlyArray<Field> {
    return names.flatMap((name) => this.first(name) ?? [])
  }

  /** Marks fields as understood although nothing is made of them. */
  ignore(names: Iterable<string>): void {
    for (const name of names) this.#read.add(name)
  }

  /** The names of those that nobody asked for. */
  get unread(): ReadonlyArray<string> {
    return [...this.#fields].flatMap(([key, { name, value }]) =>
      this.#read.has(key) || !isPresent(value) ? [] : [name]
    )
  }
}

/** A text, a number or a truth value as text. */
export const textIn = (value: unknown): string | undefined => {
  if (typeof value === "string") return value.trim() === "" ? undefined : value
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined
}

/** A list, or one value as a list of one. */
export const listIn = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [value])
