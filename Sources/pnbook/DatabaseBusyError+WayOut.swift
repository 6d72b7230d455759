import Tasks

extension DatabaseBusyError {
    /// What to type next.
    var wayOut: String {
        guard let holder else { return "wait for it with --wait, or try again" }
        return
            "wait for it with --wait, see 'pnbook task show \(holder.id)', or stop it with 'pnbook task cancel \(holder.id)'"
    }
}
