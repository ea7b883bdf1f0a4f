import { ServiceManagerUnreachable, type SupervisionFailure } from "../failure/Supervision.js"
import type { Entries } from "./Entry.js"

const reasons: Record<ServiceManagerUnreachable["reason"], { details: string; first: string }> = {
  program_missing: {
    details: "`systemd-notify` was not found in PATH",
    first:
      "Install it (on Debian and Ubuntu it is part of the package systemd), or use `Type=exec` without `WatchdogSec=`"
  },
  refused: {
    details: "`systemd-notify` failed",
    first: "`NotifyAccess=all` has to stand in the unit, and `AF_UNIX` in its `RestrictAddressFamilies=`"
  },
  timeout: {
    details: "`systemd-notify` did not end within ten seconds",
    first: "`systemctl status` shows whether systemd itself answers"
  }
}

/** What the operator is told when systemd cannot be: the site itself serves on. */
export const supervision: Entries<SupervisionFailure> = {
  ServiceManagerUnreachable: {
    example: new ServiceManagerUnreachable({
      reason: "refused",
      detail: "Failed to notify init system: Permission denied"
    }),
    explain: ({ detail, reason }) => ({
      code: "supervision.manager_unreachable",
      status: 500,
      fault: "system",
      retryable: false,
      message: "The service manager could not be told how the site is",
      suggestion: "Nothing of what you asked for depends on it",
      troubleshooting: ["The owner of the site has to look into it"],
      operator: {
        details: `NOTIFY_SOCKET is set, but ${reasons[reason].details}: ${detail}`,
        troubleshooting: [
          reasons[reason].first,
          "Without READY=1 systemd ends the service when TimeoutStartSec is over, without WATCHDOG=1 when WatchdogSec is",
          "docs/deployment/systemd.md has a unit that works"
        ]
      }
    })
  }
}
