import { texts } from "../../texts/Texts.js"

/** The text that a bookmarklet writes about a page: fields of the editor, each as a JavaScript expression. */
const fields: Readonly<Record<keyof typeof texts.share.buttons, Readonly<Record<string, string>>>> = {
  post: { content: "q" },
  reply: { "in-reply-to": "u", content: "q" },
  like: { "like-of": "u" },
  bookmark: { "bookmark-of": "u", name: "t", content: "q" },
  quote: { content: 'q+(q?"\\n\\n":"")+"— ["+t.replace(/[\\[\\]]/g," ")+"]("+u+")\\n\\n"' }
}

/** A link that opens the editor in a new tab, filled with what the browser shows. */
export interface Bookmarklet {
  readonly label: string
  /** `javascript:…` */
  readonly href: string
}

/** Bookmarklets for a site at this address, without a trailing slash. */
export const bookmarklets = (siteUrl: string): ReadonlyArray<Bookmarklet> =>
  Object.entries(fields).map(([name, parameters]) => {
    const query = Object.entries(parameters)
      .map(([field, value]) => `"${field}":${value}`)
      .join(",")
    const script = `(()=>{const u=location.href,t=document.title,s=String(getSelection()).trim(),q=s?s.split("\\n").map(l=>"> "+l).join("\\n")+"\\n\\n":"";open(${JSON.stringify(`${siteUrl}/admin/new?`)}+new URLSearchParams({${query}}),"_blank")})()`
    return { label: texts.share.buttons[name as keyof typeof fields], href: `javascript:${encodeURI(script)}` }
  })
