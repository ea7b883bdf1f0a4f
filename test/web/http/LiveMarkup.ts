import { type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5"

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** Elements that run, frame, restyle or redirect, or into which somebody could type. */
const forbidden: ReadonlySet<string> = new Set([
  ...["script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "template"],
  ...["noscript", "textarea", "select", "marquee", "math", "animate", "use", "foreignobject", "area"]
])

/** Elements of the theme: nothing of them comes from a post. */
const themes: ReadonlySet<string> = new Set([
  "form",
  "input",
  "button",
  "link",
  "meta",
  "svg",
  "path",
  "title",
  "label"
])

const addresses: ReadonlySet<string> = new Set([
  ...["href", "src", "action", "formaction", "poster", "cite", "data", "background", "ping", "srcdoc", "xlink:href"],
  "srcset"
])

const safe: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "tel:"])

const isElement = (node: Node): node is Element => "tagName" in node

function* elementsIn(node: Node): Generator<Element> {
  if (isElement(node)) yield node
  if ("childNodes" in node) for (const child of node.childNodes) yield* elementsIn(child)
}

/** What a browser would run, follow or be restyled by; with `page`, the theme's own elements are left aside. */
const faultsIn = (root: Node, base: string): ReadonlyArray<string> =>
  [...elementsIn(root)].flatMap((element) => {
    const faults = element.attrs.flatMap(({ name, value }) => {
      if (/^on/i.test(name)) return [`handler ${name}`]
      if (name === "style" || name === "srcdoc" || name === "ping") return [name]
      if (name === "http-equiv") return [`${name}=${value}`]
      if (!addresses.has(name)) return []
      const parts = name === "srcset" ? value.split(",").map((part) => part.trim().split(/\s+/)[0] ?? "") : [value]
      return parts
        .filter((part) => !URL.canParse(part, base) || !safe.has(new URL(part, base).protocol))
        .map((part) => `${name}=${part}`)
    })
    return [...(forbidden.has(element.tagName) ? ["element"] : []), ...faults].map(
      (fault) => `<${element.tagName}>: ${fault}`
    )
  })

/** What is live in a piece of HTML that came from a post. */
export const liveInFragment = (html: string, base: string): ReadonlyArray<string> => {
  const root = parseFragment(html)
  const foreign = [...elementsIn(root)].filter(({ tagName }) => themes.has(tagName))
  return [...faultsIn(root, base), ...foreign.map(({ tagName }) => `<${tagName}>: element`)]
}

/** What is live in a page, read as a browser reads it: nothing, and no element of the theme inside a post. */
export const liveInPage = (html: string, base: string): ReadonlyArray<string> => {
  const root = parse(html)
  const articles = [...elementsIn(root)].filter(({ tagName }) => tagName === "article")
  const foreign = articles.flatMap((article) => [...elementsIn(article)].filter(({ tagName }) => themes.has(tagName)))
  return [...faultsIn(root, base), ...foreign.map(({ tagName }) => `<${tagName}>: element in a post`)]
}
