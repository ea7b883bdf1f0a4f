import type { MediaKind } from "../../domain/media/Media.js"
import { counting } from "../Counted.js"

const counted = counting("en")

/** Texts of the pages about the owner's files. */
export const library = {
  title: "Media",
  kinds: { image: "Picture", video: "Video", audio: "Recording" } satisfies Record<MediaKind, string>,
  /** Name of a file without a description. */
  named: ({ day, kind }: { readonly kind: string; readonly day: string }): string => `${kind} of ${day}`,
  summary: ({ count, size }: { readonly count: number; readonly size: string }): string =>
    `${counted(count, { one: "# file", other: "# files" })}, ${size}`,
  filter: "Filter files",
  filters: { all: "All", unused: "Not used", undescribed: "Without description" },
  uses: ({ count }: { readonly count: number }): string => counted(count, { one: "# post", other: "# posts" }),
  inSettings: "site settings",
  unused: "Not used",
  photo: "Your photo is kept with your profile:",
  photoLink: "photo in Settings",
  none: {
    all: "No files yet. Add pictures, videos and recordings while you write.",
    unused: "Every file is used.",
    undescribed: "Every picture in your posts has a description."
  },
  noMatch: "No file matches your search.",
  showAll: "Show all files",
  search: "Search names and descriptions",
  add: {
    label: "Add files",
    upload: "Upload",
    drop: "You can also drop them on this page.",
    privacy: "Location data is removed from pictures.",
    list: "Uploads in progress",
    done: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# file uploaded.", other: "# files uploaded." })
  },
  write: "Write a post",
  pages: "Pages",
  newer: "Newer files",
  older: "Older files",
  file: {
    title: "File",
    back: "All files",
    open: "Open the file",
    description: "Description (alt text)",
    descriptionHint: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "For people who do not see or hear it. Saved in the post that shows it.",
        other: "For people who do not see or hear it. Saved in all # posts that show it."
      }),
    noDescription: "A file gets its description in the post that shows it. No post shows this one.",
    save: "Save description",
    saved: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "Saved in # post.", other: "Saved in # posts." }),
    size: "Size",
    uploaded: "Uploaded",
    usedIn: "Used in",
    more: ({ count }: { readonly count: number }): string => counted(count, { one: "and # more", other: "and # more" }),
    deletedPost: "deleted post",
    markdown: "Markdown",
    delete: "Delete file"
  },
  delete: {
    question: "Delete this file?",
    forGood: "The file and its smaller versions are removed for good. Existing backups still contain it.",
    caches: "Browsers and proxies that loaded it may show it for a while.",
    gap: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "It is used in # post, which stays as it is and shows a gap:",
        other: "It is used in # posts, which stay as they are and show a gap:"
      }),
    inSettings: "The settings of your site name it.",
    changed: "The uses of this file have changed since you opened this page. Nothing was deleted.",
    delete: "Delete for good",
    cancel: "Cancel"
  },
  deleted: "File deleted."
}
