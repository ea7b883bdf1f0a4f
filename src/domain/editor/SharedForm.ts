import type { PostForm } from "./PostForm.js"

/** Maximum length of a text that may be a title, in UTF-16 code units. */
const longestTitle = 200

/** Maximum length of an address, in UTF-16 code units. */
const longestAddress = 8_192

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

/**
 * Makes the form for a page, text or picture that a phone shares. Most apps put the address of a page at the end of the
 * text instead of in its own field. An address makes a bookmark with the page's title. A title without an address is
 * ignored, because text and pictures already contain it.
 */
export const asShared = (form: PostForm): PostForm => {
  const text = form.content.trim()
  // A regular expression over the whole text would take time that grows with its square.
  const last = text.slice(-longestAddress).split(/\s/).at(-1) ?? ""
  const ownField = form["bookmark-of"].trim()
  const address = isAddress(ownField) ? ownField : isAddress(last) ? last : undefined
  if (address === undefined) return { ...form, name: "", content: text, "bookmark-of": "" }
  const rest = (last === address ? text.slice(0, -last.length) : text).trim()
  const given = form.name.trim()
  // Browsers share the title of a page as the text before its address.
  const isTitle = given === "" && !rest.includes("\n") && rest.length <= longestTitle
  return {
    ...form,
    name: isTitle ? rest : given,
    content: isTitle || rest === given ? "" : rest,
    "bookmark-of": address
  }
}
