/** Texts of the page about the site's data. */
export const data = {
  title: "Data",
  lead: "Everything on this site is yours. Take it with you, whenever you like.",
  everything: {
    title: "Download everything",
    about:
      "One zip file with every post as Markdown, drafts and deleted posts included, every picture and file, and your settings. Other programs can read it, and StarPunk can import it again.",
    without: "Passphrases, sessions and access of apps are not in it.",
    button: "Download everything",
    confirm: "Confirm your identity",
    confirmFirst: "to download. A borrowed browser must not take your drafts with it."
  }
}
