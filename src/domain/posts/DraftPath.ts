/** Path of the page of a draft for people with its link; the secret follows. */
export const draftPath = "/drafts/"
