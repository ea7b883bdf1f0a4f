import {
  type IdentityFailure,
  MeMismatch,
  ProviderUnavailable,
  ProviderUnusable,
  SignInRefused
} from "../failure/Provider.js"
import { brief, type Entries } from "./Entry.js"

const asked: Record<ProviderUnavailable["question"], string> = {
  profile: "the owner's page",
  metadata: "the provider's metadata",
  token: "whose token it was",
  code: "who signed in"
}

const silence: Record<ProviderUnavailable["reason"], string> = {
  refused: "its address is not public",
  unreachable: "it could not be reached",
  timeout: "it did not answer in time",
  status: "it answered with an error",
  malformed: "its answer was not what the standards ask for"
}

const unusable: Record<ProviderUnusable["reason"], { readonly details: string; readonly remedy: string }> = {
  no_endpoint: {
    details: "names no authorization endpoint",
    remedy: 'Put `<link rel="indieauth-metadata" href="…">` of your provider into the page\'s head'
  },
  insecure: {
    details: "or an endpoint that it names is not on https",
    remedy:
      "Use https:// in STARPUNK_ADMIN_ME and for the provider; a host of your own network may be named in STARPUNK_OUTBOUND_ALLOW"
  },
  issuer: {
    details: "names metadata whose issuer is not an https address that the metadata's own address begins with",
    remedy: "Correct `issuer` in the provider's metadata (IndieAuth, section 4.1.1)"
  }
}

const again = "Start again from the login page of this site"

const refusal: Record<SignInRefused["reason"], { readonly message: string; readonly suggestion: string }> = {
  unknown: { message: "This sign-in is not known here, or has already been used", suggestion: again },
  expired: { message: "This sign-in took longer than ten minutes", suggestion: again },
  browser: {
    message: "This sign-in was not started in this browser, or another one was started after it",
    suggestion: `${again}, and finish in the same browser`
  },
  issuer: {
    message: "The answer did not come from the provider that was asked",
    suggestion: `${again}; if it happens again, do not go on`
  },
  denied: { message: "The provider says that the sign-in was declined", suggestion: `${again}, and approve it there` },
  provider: { message: "The provider could not sign you in", suggestion: again },
  code: { message: "The provider did not accept the code that it had given", suggestion: again }
}

/** What people are told when somebody else's word about who they are is missing, or not enough. */
export const provider: Entries<IdentityFailure> = {
  ProviderUnavailable: {
    example: new ProviderUnavailable({ host: "provider.example", question: "token", reason: "timeout" }),
    explain: ({ host, question, reason, status }) => ({
      code: "indieauth.provider_unavailable",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 10,
      message: "The owner's IndieAuth provider did not answer as it should",
      suggestion:
        question === "code"
          ? `${again}, in a moment`
          : "Please try again in a moment; nothing is wrong with your token or your password",
      troubleshooting: ["Check whether the provider's own site can be reached"],
      operator: {
        details: `${host} was asked for ${asked[question]}: ${silence[reason]}${status === undefined ? "" : ` (${status})`}`,
        troubleshooting: [
          "Open STARPUNK_ADMIN_ME in a browser, and the endpoints that the page names",
          "A provider in your own network has to be named in STARPUNK_OUTBOUND_ALLOW",
          "Tokens that were made here, and the login of this site itself, do not need the provider"
        ]
      }
    })
  },
  ProviderUnusable: {
    example: new ProviderUnusable({ page: "https://ada.example/", reason: "no_endpoint" }),
    explain: ({ page, reason }) => ({
      code: "indieauth.provider_unusable",
      status: 502,
      fault: "system",
      retryable: false,
      message: "The owner's own page leads to no IndieAuth provider that can be used",
      suggestion: "Log in here in another way, or tell the owner of this site",
      troubleshooting: ["Whoever runs the site finds the reason in its log"],
      operator: {
        details: `${brief(page)} ${unusable[reason].details}`,
        troubleshooting: [unusable[reason].remedy, "https://indieauth.spec.indieweb.org/#discovery"]
      }
    })
  },
  MeMismatch: {
    example: new MeMismatch({ expected: "https://ada.example/", given: "https://eve.example/" }),
    explain: ({ expected, given }) => ({
      code: "auth.me_mismatch",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "forbidden",
      message: `You are signed in as ${brief(given)}, but this site belongs to ${brief(expected)}`,
      suggestion: `Sign in again as ${brief(expected)}`,
      troubleshooting: ["Sign out at your provider first, if it does not ask who you are"],
      operator: {
        details: `The provider vouched for ${brief(given)}; the owner is ${brief(expected)}`,
        troubleshooting: ["STARPUNK_ADMIN_ME has to be the address that the provider answers as `me`"]
      }
    })
  },
  SignInRefused: {
    example: new SignInRefused({ reason: "unknown" }),
    explain: ({ error, reason }) => ({
      code: "indieauth.sign_in_refused",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "forbidden",
      message: refusal[reason].message,
      suggestion: refusal[reason].suggestion,
      troubleshooting: [
        ...(error === undefined ? [] : [`The provider calls it \`${brief(error)}\``]),
        "Allow cookies for this site",
        "The login page of this site offers other ways to log in"
      ],
      operator: {
        details: `A sign-in through the owner's provider was refused (${reason}${error === undefined ? "" : `: ${brief(error)}`})`,
        troubleshooting: ["If it happens to you, look at the provider's log as well"]
      }
    })
  }
}
