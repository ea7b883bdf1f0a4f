import type { DatabaseFailure } from "./failure/Database.js"
import type { HttpFailure } from "./failure/Http.js"
import type { MaintenanceFailure } from "./failure/Maintenance.js"
import type { MediaFailure } from "./failure/Media.js"
import type { MicropubFailure } from "./failure/Micropub.js"
import type { OutboundFailure } from "./failure/Outbound.js"
import type { IdentityFailure } from "./failure/Provider.js"
import type { SearchFailure } from "./failure/Search.js"
import type { SessionFailure } from "./failure/Session.js"
import type { StartupFailure } from "./failure/Startup.js"

/** Everything that can go wrong, as data. Each tag has its words in the `Catalogue`. */
export type Failure =
  | DatabaseFailure
  | HttpFailure
  | IdentityFailure
  | MaintenanceFailure
  | MediaFailure
  | MicropubFailure
  | OutboundFailure
  | SearchFailure
  | SessionFailure
  | StartupFailure
