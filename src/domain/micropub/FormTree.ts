/**
 * The parts of a form field's name: `category[0][properties][name][]` is `category`, `0`, `properties`, `name` and ``.
 */
export interface FieldPath {
  readonly name: string
  readonly keys: ReadonlyArray<string>
}

const wellFormed = /^[^[\]]+(?:\[[^[\]]*\])*$/

/** Parses a field's name. A name whose brackets do not match is taken literally. */
export const readFieldPath = (field: string): FieldPath => {
  if (!wellFormed.test(field)) return { name: field, keys: [] }
  const [name = "", ...keys] = field.split("[")
  return { name, keys: keys.map((key) => key.slice(0, -1)) }
}

const isIndex = (key: string): boolean => /^\d{1,9}$/.test(key)

/**
 * A value built from fields with bracketed names, by PHP's rules, with one exception from Rack: successive fields with
 * empty brackets and different names belong to one element, where PHP would make an element of each.
 */
export class FormTree {
  readonly #children = new Map<string, string | FormTree>()
  #next = 0
  /** The element that empty brackets add to: its key, its names, and the last of them. */
  #open: { readonly key: string; readonly names: Set<string>; last: string } | undefined

  /** Adds a leaf under these keys. An empty key, or a number as last key, adds an element. */
  add([key = "", ...rest]: ReadonlyArray<string>, leaf: string): void {
    if (rest.length === 0) {
      if (key === "" || isIndex(key)) this.#children.set(this.#nextKey(), leaf)
      else this.#put(key, leaf)
      return
    }
    const child = key === "" ? this.#openKey(rest) : key
    if (isIndex(child)) this.#next = Math.max(this.#next, Number(child) + 1)
    const known = this.#children.get(child)
    const tree = known instanceof FormTree ? known : new FormTree()
    if (typeof known === "string") tree.add([""], known)
    tree.add(rest, leaf)
    this.#children.set(child, tree)
  }

  /** A list if all keys are numbers, in order of arrival; otherwise an object. */
  toValue(): unknown {
    const entries = [...this.#children].map(
      ([key, child]) => [key, child instanceof FormTree ? child.toValue() : child] as const
    )
    return entries.every(([key]) => isIndex(key)) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
  }

  #nextKey(): string {
    const key = String(this.#next)
    this.#next += 1
    return key
  }

  /** A repeated name has several values. */
  #put(key: string, leaf: string): void {
    const known = this.#children.get(key)
    if (known === undefined) {
      this.#children.set(key, leaf)
      return
    }
    const list = known instanceof FormTree ? known : new FormTree()
    if (typeof known === "string") list.add([""], known)
    list.add([""], leaf)
    this.#children.set(key, list)
  }

  /**
   * The key of the element that a field with empty brackets belongs to: the open one, until one of its names repeats.
   */
  #openKey(rest: ReadonlyArray<string>): string {
    const name = rest.join("][")
    const open = this.#open
    const goesOn = rest.at(-1) === "" && open?.last === name
    if (open === undefined || (open.names.has(name) && !goesOn)) {
      this.#open = { key: this.#nextKey(), names: new Set([name]), last: name }
      return this.#open.key
    }
    open.names.add(name)
    open.last = name
    return open.key
  }
}
