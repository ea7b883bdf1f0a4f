/** Texts of links to drafts. */
export const drafts = {
  title: "Share this draft",
  link: "Share",
  back: "Back to the post",
  explained:
    "With a link, people without a login can read the current state of this draft. They cannot change it, and it stays out of feeds, search and archives.",
  ends: "The link ends when you end it, make a new one, or delete the post. Once the post is published, the link opens the post.",
  create: "Create a link",
  renew: "Replace the link",
  end: "End the link",
  exists:
    "A link was made {time}. Its address is not stored, so it cannot be shown again: replace the link if you need the address.",
  created: "Your link",
  copy: "Copy it now. It is shown only this time.",
  open: "Open in a new tab",
  ended: "The link has ended.",
  published: "This post is published and needs no link for drafts: {post}",
  publishedPost: "View the post",
  draft: "A draft",
  shared: ({ author }: { readonly author: string }): string =>
    `This is a draft that ${author} shared with you. It may still change.`
}
