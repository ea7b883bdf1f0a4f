const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&amp;": "&",
  "&#39;": "'"
}

const unescaped = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? "")

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found === null ? undefined : unescaped(found[1] ?? "")
}

/** The fields that a browser without script would send for the page's post form, buttons and files aside. */
export const fieldsIn = (html: string): Array<[name: string, value: string]> => {
  const form = (/<form class="form wide editor".*?<\/form>/s.exec(html)?.[0] ?? "").replace(
    /<template.*?<\/template>/gs,
    ""
  )
  const controls = form.matchAll(
    /<input(?:[^>"]|"[^"]*")*>|<textarea(?:[^>"]|"[^"]*")*>.*?<\/textarea>|<select[^>]*>.*?<\/select>/gs
  )
  return [...controls].flatMap(([control]): Array<[string, string]> => {
    const [tag = ""] = /^<(?:[^>"]|"[^"]*")*>/.exec(control) ?? []
    const name = attribute(tag, "name")
    if (name === undefined || attribute(tag, "type") === "file") return []
    if (tag.startsWith("<input")) return [[name, attribute(tag, "value") ?? ""]]
    if (tag.startsWith("<textarea")) {
      const text = control.slice(tag.length, -"</textarea>".length)
      return [[name, unescaped(text).replace(/^\n/, "").replaceAll("\n", "\r\n")]]
    }
    const options = control.match(/<option[^>]*>/g) ?? []
    const chosen = options.find((option) => attribute(option, "selected") !== undefined) ?? options[0] ?? ""
    return [[name, attribute(chosen, "value") ?? ""]]
  })
}

/** The value of one field of `fieldsIn`. */
export const fieldIn = (html: string, name: string): string | undefined =>
  fieldsIn(html).find(([candidate]) => candidate === name)?.[1]

/** A form as a browser sends it with files: the page's fields, some of them filled in, and the button that was pressed. */
export const filledIn = (
  html: string,
  filled: Readonly<Record<string, string | ReadonlyArray<string>>>,
  intent?: string,
  files: ReadonlyArray<File> = []
): FormData => {
  const body = new FormData()
  const taken = new Map<string, number>()
  for (const [name, value] of fieldsIn(html)) {
    const place = taken.get(name) ?? 0
    taken.set(name, place + 1)
    const replacement = filled[name]
    body.append(name, (typeof replacement === "string" ? replacement : replacement?.[place]) ?? value)
  }
  if (intent !== undefined) body.append("intent", intent)
  for (const file of files) body.append("files", file)
  // What browsers send for a file field that was left empty.
  if (files.length === 0) body.append("files", new File([], "", { type: "application/octet-stream" }))
  return body
}
