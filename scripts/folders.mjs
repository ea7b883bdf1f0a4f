/** Folders with one subfolder for each feature, engine or tier. */
const shelves = new Set([
  ...["src/domain", "src/web", "layers/sql", "layers/sqlite", "layers/postgres"],
  ...["test/unit", "test/layers", "test/web"]
])

/**
 * The folder of a file, one for each feature, engine or job, including its subfolders. A file directly in `src`,
 * `layers` or `scripts` is its own folder.
 * @param {string} path
 */
export const folderOf = (path) => {
  const parts = path.split("/")
  if (parts.length <= 2) return path
  const shelf = parts.slice(0, 2).join("/")
  return shelves.has(shelf) && parts.length > 3 ? parts.slice(0, 3).join("/") : shelf
}

/**
 * Import cycles between folders; each is the sorted list of its folders.
 * @param {ReadonlyArray<{ readonly source: string, readonly dependencies: ReadonlyArray<{ readonly resolved: string }>
 * }>} modules
 * @returns {ReadonlyArray<ReadonlyArray<string>>}
 */
export const folderCircles = (modules) => {
  /** @type {Map<string, Set<string>>} */
  const imports = new Map()
  const sources = new Set(modules.map(({ source }) => source))
  for (const { dependencies, source } of modules) {
    const from = folderOf(source)
    const targets = imports.get(from) ?? new Set()
    for (const { resolved } of dependencies) {
      const to = folderOf(resolved)
      if (sources.has(resolved) && to !== from) targets.add(to)
    }
    imports.set(from, targets)
  }

  /** @type {(from: string) => Set<string>} */
  const reachable = (from) => {
    const seen = new Set()
    const open = [from]
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      for (const next of imports.get(folder) ?? []) {
        if (!seen.has(next)) {
          seen.add(next)
          open.push(next)
        }
      }
    }
    return seen
  }

  const reach = new Map([...imports.keys()].map((folder) => [folder, reachable(folder)]))
  const circles = new Map()
  for (const [folder, there] of reach) {
    if (!there.has(folder)) continue
    const circle = [...there].filter((other) => reach.get(other)?.has(folder)).toSorted()
    circles.set(circle.join(" "), circle)
  }
  return [...circles.values()]
}
