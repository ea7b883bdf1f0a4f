/** What the author did with something that has one line in a list. */
export const rowTexts: Readonly<Record<string, string>> = {
  "like-of": "Liked",
  "favorite-of": "Liked",
  "repost-of": "Reposted",
  "bookmark-of": "Bookmarked",
  checkin: "Checked in at"
}

/** Texts around posts. */
export const entryTexts = {
  minutes: (minutes: number): string => `${minutes} min read`,
  readOn: "Read on",
  readOnOf: (name: string): string => `Read on: ${name}`,
  tags: "Tags",
  subscribe: "Subscribe",
  replyByMail: "Reply by e-mail",
  edited: "Edited ",
  links: (day: string): string => `Links of ${day}`
}

/** Texts of error pages. */
export const errorTexts = {
  home: "Go to the home page",
  details: "Technical details",
  status: ({ status }: { readonly status: number }): string => `Status ${status}`,
  request: "Request"
}

/** Texts for the owner on public pages. */
export const ownerTexts = {
  label: "Owner",
  edit: "Edit",
  write: "New",
  drafts: "Drafts",
  settings: "Settings",
  draft: "Draft.",
  private: "Private post.",
  scheduled: ({ time }: { readonly time: string }): string => `Scheduled for ${time}.`,
  onlyYou: "Only you see this."
}
