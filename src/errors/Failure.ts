import type { AccessFailure } from "./failure/Access.js"
import type { DatabaseFailure } from "./failure/Database.js"
import type { EditorFailure } from "./failure/Editor.js"
import type { HttpFailure } from "./failure/Http.js"
import type { IndieAuthFailure } from "./failure/IndieAuth.js"
import type { LoginFailure } from "./failure/Login.js"
import type { MaintenanceFailure } from "./failure/Maintenance.js"
import type { AnyMediaFailure } from "./failure/Media.js"
import type { MicropubFailure } from "./failure/Micropub.js"
import type { OutboundFailure } from "./failure/Outbound.js"
import type { PortabilityFailure } from "./failure/Portability.js"
import type { IdentityFailure } from "./failure/Provider.js"
import type { SearchFailure } from "./failure/Search.js"
import type { SessionFailure } from "./failure/Session.js"
import type { StartupFailure } from "./failure/Startup.js"
import type { SupervisionFailure } from "./failure/Supervision.js"

/** Everything that can go wrong, as data. Each tag has its words in the `Catalogue`. */
export type Failure =
  | AccessFailure
  | DatabaseFailure
  | EditorFailure
  | HttpFailure
  | IdentityFailure
  | MaintenanceFailure
  | LoginFailure
  | IndieAuthFailure
  | AnyMediaFailure
  | MicropubFailure
  | OutboundFailure
  | PortabilityFailure
  | SearchFailure
  | SessionFailure
  | StartupFailure
  | SupervisionFailure
