import type { Scope } from "../../domain/indieauth/Scope.js"
import type { lifetimeChoices } from "../../domain/indieauth/TokenLifetime.js"
import { counting } from "../Counted.js"

const count = counting("en")

/** Texts about apps: their sign-in, their tokens and their requests. */
export const apps = {
  /** What each scope allows. */
  scopes: {
    create: "Publish new posts. With `update`, also publish or hide existing posts",
    draft: "Create drafts",
    update: "Read all posts, including private posts and drafts, and edit them",
    delete: "Read all posts, including private posts and drafts, and delete or restore them",
    undelete: "Restore deleted posts",
    media: "Upload photos, videos and recordings",
    profile: "See your name, your photo and the URL of your site",
    email: "See your e-mail address, if the settings have one"
  } satisfies Record<Scope, string>,
  lifetime: "Expiry",
  lifetimes: {
    unlimited: "Until revoked",
    renewed: "30 days, renewed while the app is in use, one year at most",
    month: "30 days",
    day: "One day"
  } satisfies Record<keyof typeof lifetimeChoices, string>,
  renewal: "Many apps cannot renew a token and stop working when it expires.",
  permissions: "Permissions",
  consent: {
    title: ({ app }: { readonly app: string }): string => `Sign in to ${app}`,
    question: "Sign in to {app}?",
    app: "App",
    about: "Website of the app: {address}",
    youAre: "You sign in as",
    sentTo: "You'll be sent back to",
    unprotected:
      "**This app signs in without PKCE.** Anyone who intercepts the response can use it instead of the app. Allow it only if you have just started this sign-in yourself, at {host}.",
    allow: "Allow",
    deny: "Deny",
    notYou: "If you did not start this sign-in yourself, deny it.",
    onDevice: "the app on this device that handles {protocol}",
    onComputer: ", an app on this computer",
    otherAddress: "This is a different address than the app's. The app lists it as its own.",
    identityOnly: "The app only checks your identity. It gets no access to your site.",
    otherSites: "For other sites",
    otherSitesAdvice:
      "These scopes have no effect on this site. Other sites that trust your sign-in, such as a social reader, use them.",
    label: "Name in the list of tokens"
  },
  fault: {
    title: "This app cannot sign in",
    lead: "{app} ({id}) sent an invalid request. Nothing was sent to the app, and nothing was changed.",
    error: "Error",
    advice:
      "If you did not start this sign-in yourself, close this page. Otherwise go back to the app at {app} and send it this error."
  },
  tokens: {
    title: "Tokens",
    notCreated: "The token was not created",
    none: "No app has access to your site. When you sign in to an app with your site's address, its token appears here.",
    created: "The token {label}",
    copy: "Copy it now. It is not stored and will not be shown again.",
    manual: "Created manually",
    allows: ({ scopes }: { readonly scopes: string }): string => `Permissions: ${scopes}`,
    allowsNothing: "none on this site",
    elsewhere: ({ scopes }: { readonly scopes: string }): string => `For other sites: ${scopes}`,
    createdOn: ({ day }: { readonly day: string }): string => `Created ${day}`,
    neverUsed: "never used",
    lastUsed: ({ time }: { readonly time: string }): string => `last used ${time}`,
    unlimited: "valid until revoked",
    expired: ({ day }: { readonly day: string }): string => `expired ${day}`,
    expires: ({ day }: { readonly day: string }): string => `expires ${day}`,
    expiresUnlessRenewed: ({ day }: { readonly day: string }): string => `expires ${day} unless renewed`,
    rename: "Rename",
    newName: ({ label }: { readonly label: string }): string => `New name of ${label}`,
    revoke: "Revoke",
    revokeAll: (tokens: number): string => count(tokens, { other: "Revoke all # tokens of this app" }),
    create: "Create a token",
    createLead: "For scripts and for apps that cannot sign in.",
    name: "Name",
    submit: "Create token",
    faults: {
      label: "Enter a name for the token.",
      scopes: "Choose at least one permission.",
      lifetime: "Choose an expiry."
    }
  },
  activity: {
    title: "Activity",
    lead: "Requests of apps and sign-ins, newest first. Kept for 30 days. Content and tokens are never stored.",
    lost: (requests: number): string =>
      count(requests, {
        one: "One request is missing here, because it could not be stored when it arrived. It is in the access log.",
        other:
          "# requests are missing here, because they could not be stored when they arrived. They are in the access log."
      }),
    filter: "Filter requests",
    all: "All",
    rejected: "Rejected only",
    noneRejected: "No rejected requests",
    none: "No requests yet",
    noneRejectedAdvice: "Rejected requests of apps appear here with the reason.",
    noneAdvice: "Requests of apps to sign in, post or upload appear here. Rejected requests show the reason.",
    connect: "To connect an app, give it your address, {site}. If it asks for the Micropub endpoint, use {endpoint}.",
    from: ({ address }: { readonly address: string }): string => `from ${address}`,
    unknownAddress: "an unknown address",
    accepted: "Accepted",
    failed: "Failed",
    refused: "Refused",
    unknownApp: "An unknown app",
    signIn: "Sign-in"
  }
}
