import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { TaggedFailure } from "./TaggedFailure.js"

const reasons: Record<ServiceManagerUnreachable["reason"], { details: string; first: string }> = {
  program_missing: {
    details: "`systemd-notify` was not found in PATH",
    first: "Install it (package systemd on Debian and Ubuntu), or use `Type=exec` without `WatchdogSec=`"
  },
  refused: {
    details: "`systemd-notify` failed",
    first: "Set `NotifyAccess=all` in the unit, and include `AF_UNIX` in its `RestrictAddressFamilies=`"
  },
  timeout: {
    details: "`systemd-notify` did not finish within ten seconds",
    first: "Run `systemctl status` to check whether systemd responds"
  }
}

/** The service manager could not be notified. `detail` is for the operator only. */
export class ServiceManagerUnreachable extends TaggedFailure<ServiceManagerUnreachable>()(
  "ServiceManagerUnreachable",
  {
    reason: Schema.Literal("program_missing", "refused", "timeout"),
    detail: Schema.String
  },
  {
    reason: "refused",
    detail: "Failed to notify init system: Permission denied"
  }
) {
  get info(): ErrorInfo {
    const { detail, reason } = this
    return {
      code: "supervision.manager_unreachable",
      status: 500,
      fault: "system",
      retryable: false,
      message: "The service manager could not be notified",
      suggestion: "Visitors are not affected; only the operator has to act",
      troubleshooting: ["The operator of this site can find the cause in the site's log"],
      operator: {
        details: `NOTIFY_SOCKET is set, but ${reasons[reason].details}: ${detail}`,
        troubleshooting: [
          reasons[reason].first,
          "Without READY=1, systemd stops the service after TimeoutStartSec; without WATCHDOG=1, after WatchdogSec",
          "docs/deployment/systemd.md has a working unit"
        ]
      }
    }
  }
}

/** Failures of the connection to the service manager. */
export type SupervisionFailure = ServiceManagerUnreachable
