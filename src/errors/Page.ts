import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

const owner: Record<PagePathTaken["by"], string> = {
  site: "the site itself",
  post: "another post",
  former: "a post or file of your former site"
}

/** The requested address of a page is in use. `free` is a similar path that is not. */
export class PagePathTaken extends TaggedFailure<PagePathTaken>()(
  "PagePathTaken",
  {
    path: Schema.String,
    by: Schema.Literal("site", "post", "former"),
    free: Schema.optional(Schema.String)
  },
  { path: "/search", by: "site", free: "/search-2" }
) {
  get info(): ErrorInfo {
    const { by, free, path } = this
    return {
      code: "page.path_taken",
      failure: this,
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: `The address ${brief(path)} belongs to ${owner[by]}`,
      suggestion: free === undefined ? "Choose another address" : `Choose another address. ${brief(free)} is free`,
      troubleshooting: ["A page has an address of one segment, such as /about. Nothing was changed"]
    }
  }
}
