/** Texts around the owner's pages. */
export const admin = {
  menu: "Menu",
  write: "Write",
  navigation: "Your site",
  sections: {
    posts: "Posts",
    media: "Media",
    tokens: "Tokens",
    sessions: "Sessions",
    activity: "Activity",
    metrics: "Metrics",
    security: "Security",
    settings: "Settings",
    data: "Data"
  },
  viewSite: "View site",
  logout: "Log out",
  /** Sentences of the script for passkeys. */
  passkeyScript: {
    none: "No passkey was used. Try again, or use the passphrase.",
    known: "This device already has a passkey for this site.",
    insecure: "Passkeys need https and a host name. Open the site at its configured address.",
    failed: "The passkey failed. Try again.",
    invalid: "The server sent an invalid response. Try again."
  }
}
