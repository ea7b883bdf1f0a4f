import { counting } from "../Counted.js"

const counted = counting("en")

/** Texts of the pages about former states of a post. */
export const revisions = {
  title: "Revisions",
  link: "Revisions",
  back: "Back to the post",
  all: "All revisions",
  count: ({ count }: { readonly count: number }): string => counted(count, { one: "# change", other: "# changes" }),
  kept: "The newest 50 changes are kept, up to 4 MB. Changes to a draft within ten minutes count as one.",
  none: "This post has not been changed since it was written.",
  changed: "Changed ",
  by: ({ name }: { readonly name: string }): string => `with ${name}`,
  change: "Change",
  fields: {
    slug: "Address",
    status: "Status",
    visibility: "Visible to",
    publishedAt: "Published",
    type: "Type",
    photo: "Pictures",
    video: "Videos",
    audio: "Recordings"
  },
  added: "added:",
  removed: "removed:",
  end: "end",
  nothing: "Nothing that you can see was changed.",
  restore: "Restore the state before this change",
  restoreHint:
    "Restores text and properties. Address, time and visibility stay as they are now. You can undo this here.",
  restored: "Restored."
}
