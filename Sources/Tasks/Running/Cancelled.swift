package import ErrorModel

/// The run was asked to end, and has undone its work.
package struct Cancelled: Diagnosable {
    package let reason: CancellationToken.Reason

    package init(reason: CancellationToken.Reason) {
        self.reason = reason
    }

    package var text: DisplayText {
        switch reason {
        case .signal(2): "interrupted (Ctrl-C); what was not committed was undone"
        case .signal(15): "cancelled by SIGTERM; what was not committed was undone"
        case .signal(1): "cancelled by SIGHUP, because the terminal was closed; what was not committed was undone"
        case .signal(let number): "cancelled by signal \(number); what was not committed was undone"
        case .request(let who): "cancelled by \(who); what was not committed was undone"
        case .revoked:
            "another run presumed this one dead and has taken over; this one changed nothing more and stops"
        }
    }

    package var category: ErrorCategory {
        switch reason {
        case .signal(let number): number == 2 ? .interrupted : .terminated
        case .request: .terminated
        case .revoked: .busy
        }
    }

    package var remedy: Remedy? { nil }
}
