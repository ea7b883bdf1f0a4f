/**
 * Tells whether the diagram covers a file; it leaves out services for tests, benches, generators of documents and build
 * scripts.
 */
const isPictured = (/** @type {string} */ path) =>
  /^(?:src|layers|scripts)\//.test(path) &&
  !/\.mjs$|\.d\.ts$|^layers\/(?:memory\/|Test(?:ing|Database|Instances)\.ts$)|^scripts\/(?:bench|docs)/.test(path)

/**
 * Reads the boxes and arrows of a document's Mermaid diagram. A box is `name["Title<br/>folder, folder"]`, an arrow is
 * `a & b --> c & d`. An arrow from a subgraph begins at each of its boxes.
 * @param {string} document
 */
const read = (document) => {
  const picture = /```mermaid\n([\s\S]*?)```/.exec(document)?.[1] ?? ""
  /** @type {Map<string, ReadonlyArray<string>>} */
  const boxes = new Map()
  for (const [, name = "", folders = ""] of picture.matchAll(/^\s*(\w+)\["[^"]*<br\/>([^"]*)"\]$/gm)) {
    boxes.set(name, folders.split(", "))
  }
  /** @type {Map<string, ReadonlyArray<string>>} */
  const groups = new Map()
  for (const [, name = "", body = ""] of picture.matchAll(/^\s*subgraph (\w+)\n([\s\S]*?)^\s*end$/gm)) {
    groups.set(
      name,
      [...body.matchAll(/^\s*(\w+)\[/gm)].map(([, box = ""]) => box)
    )
  }
  /** @type {Set<string>} */
  const arrows = new Set()
  for (const [, from = "", to = ""] of picture.matchAll(/^\s*([\w &]+) --> ([\w &]+)$/gm)) {
    const sources = from.split(" & ").flatMap((name) => groups.get(name) ?? [name])
    for (const one of sources) for (const other of to.split(" & ")) arrows.add(`${one} → ${other}`)
  }
  return { boxes, arrows }
}

/**
 * Differences between the diagram of docs/architecture.md and the imports: files in no box, imports without an arrow,
 * arrows without an import, and more than twelve boxes.
 * @param {string} document
 * @param {ReadonlyArray<{ readonly source: string, readonly dependencies: ReadonlyArray<{ readonly resolved: string }>
 * }>} modules
 * @returns {ReadonlyArray<string>}
 */
export const pictureFaults = (document, modules) => {
  const { arrows, boxes } = read(document)
  const boxOf = (/** @type {string} */ path) =>
    [...boxes].find(([, folders]) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`)))?.[0]

  const faults = boxes.size > 0 && boxes.size <= 12 ? [] : [`The picture has ${boxes.size} boxes instead of 1 to 12.`]
  /** @type {Map<string, string>} each arrow that the imports need, with an import as its example */
  const needed = new Map()
  for (const { dependencies, source } of modules.filter(({ source }) => isPictured(source))) {
    const from = boxOf(source)
    if (from === undefined) faults.push(`${source} is in no box of the picture.`)
    for (const { resolved } of dependencies.filter(({ resolved }) => isPictured(resolved))) {
      const to = boxOf(resolved)
      if (from !== to) needed.set(`${from} → ${to}`, `${source} imports ${resolved}`)
    }
  }
  for (const [arrow, example] of needed) if (!arrows.has(arrow)) faults.push(`The picture lacks ${arrow}: ${example}.`)
  for (const arrow of arrows) if (!needed.has(arrow)) faults.push(`No import stands for the picture's ${arrow}.`)
  return faults
}
