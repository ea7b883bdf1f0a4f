import type { OriginForeign } from "../../errors/Access.js"
import type { AddressMalformed } from "../../errors/Address.js"
import type { Overloaded, RateLimited } from "../../errors/Availability.js"
import type { AutosaveRefused } from "../../errors/Editor.js"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import type {
  CodeWrong,
  PasskeyRefused,
  PassphraseRefused,
  SetupLinkInvalid,
  TooManyAttempts
} from "../../errors/Login.js"
import type { MediaDamaged, MediaTooLarge, MediaUnsupported } from "../../errors/Media.js"
import type { MediaStoreRefused, MediaUnavailable } from "../../errors/MediaStorage.js"
import type { PagePathTaken } from "../../errors/Page.js"
import type { BodyTooLarge } from "../../errors/Request.js"
import type { SearchQueryInvalid } from "../../errors/Search.js"
import type { SessionExpired } from "../../errors/Session.js"

/** Words of a failure. */
export type Words = Pick<ErrorInfo, "message" | "suggestion" | "troubleshooting">

/** The catalogue's words. */
const catalogued = ({ info: { message, suggestion, troubleshooting } }: { readonly info: ErrorInfo }): Words => ({
  message,
  suggestion,
  troubleshooting
})

/** Words of failures that depend on the failure's data, by code. Their `ErrorInfo` holds the failure. */
export const failureVariants = {
  "auth.code_wrong": (failure: CodeWrong) => catalogued(failure),
  "auth.origin_foreign": (failure: OriginForeign) => catalogued(failure),
  "auth.passkey_refused": (failure: PasskeyRefused) => catalogued(failure),
  "auth.passphrase_refused": (failure: PassphraseRefused) => catalogued(failure),
  "auth.setup_link_invalid": (failure: SetupLinkInvalid) => catalogued(failure),
  "auth.too_many_attempts": (failure: TooManyAttempts) => catalogued(failure),
  "editor.autosave_refused": (failure: AutosaveRefused) => catalogued(failure),
  "http.address_malformed": (failure: AddressMalformed) => catalogued(failure),
  "http.body_too_large": (failure: BodyTooLarge) => catalogued(failure),
  "http.overloaded": (failure: Overloaded) => catalogued(failure),
  "http.rate_limited": (failure: RateLimited) => catalogued(failure),
  "media.damaged": (failure: MediaDamaged) => catalogued(failure),
  "media.store_refused": (failure: MediaStoreRefused) => catalogued(failure),
  "media.too_large": (failure: MediaTooLarge) => catalogued(failure),
  "media.unavailable": (failure: MediaUnavailable) => catalogued(failure),
  "media.unsupported": (failure: MediaUnsupported) => catalogued(failure),
  "page.path_taken": (failure: PagePathTaken) => catalogued(failure),
  "search.query_invalid": (failure: SearchQueryInvalid) => catalogued(failure),
  "session.expired": (failure: SessionExpired) => catalogued(failure)
}
