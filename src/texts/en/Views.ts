import { counting } from "../Counted.js"

const counted = counting("en")

/** Texts about numbers of views. */
export const views = {
  title: "Views",
  back: "All posts",
  all: "Views of all posts",
  off: "Views are not counted.",
  turnOn: "Turn it on in Settings",
  period: "Period",
  periods: { days: "30 days", months: "12 months" },
  within: {
    days: ({ views }: { readonly views: string }): string => `${views} in the last 30 days`,
    months: ({ views }: { readonly views: string }): string => `${views} in the last 12 months`
  },
  total: ({ number }: { readonly number: string }): string => `${number} views in all`,
  posts: "Most viewed",
  views: (count: number): string => counted(count, { one: "# view", other: "# views" }),
  none: "No views in this period",
  most: ({ when, views }: { readonly when: string; readonly views: string }): string => `Most: ${when}, ${views}`,
  scale: ({ top }: { readonly top: string }): string => `0 to ${top}`,
  table: "As a table",
  when: "When",
  about:
    "A view is counted each time a browser opens a post's page, even if the same person opens it again. You, search engines and other programs, prefetches, feeds and lists are not counted. Only a number for each post and day is stored. No cookie, no address and nothing else about readers is stored or sent. The numbers are rough: programs can pretend to be browsers.",
  clearLink: "Delete all numbers",
  clearQuestion: "Delete all view counts?",
  clearMeaning:
    "The numbers of all posts and days are deleted permanently. Existing backups and exports still contain them. If counting is on, it continues.",
  clear: "Delete the numbers",
  cancel: "Cancel",
  cleared: "The numbers were deleted."
}
