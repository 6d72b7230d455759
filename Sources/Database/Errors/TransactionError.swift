package import ErrorModel

/// A transaction that failed and could not be rolled back either: both errors.
///
/// The engine undoes it when the connection closes, so nothing half-done stays.
package struct TransactionError: Diagnosable {
    package var cause: any Error
    package var rollback: any Error

    package var text: DisplayText {
        "\(cause); undoing it by hand failed too (\(rollback)), the database undoes it when the connection closes"
    }

    package var category: ErrorCategory { ErrorCategory(of: cause) }
    package var remedy: Remedy? { Remedy(for: cause) }
}
